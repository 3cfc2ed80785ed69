"""Every error that the clients raise on purpose.

LociError
├── ConnectionFailed        no answer came; nothing is known about what the service did
├── InvalidAnswer           an answer came, but not one of Loci; often another program or a proxy
└── ApiError                the service refused, or could not serve, the request
    ├── InvalidInput        400, 422: a value is outside its limits; `fields` names each
    ├── Unauthorized        401: no key, or not a valid one
    ├── QuotaExceeded       402: no more memories fit; `members` has `limit` and `used`
    ├── Forbidden           403: a valid key, but this is not allowed
    ├── NotFound            404: nothing of this tenant has that id
    ├── Conflict            409: something equal exists already; `existing_id` names it
    ├── Gone                410: it existed and can never be used again
    ├── PayloadTooLarge     413: the body is larger than the service accepts
    ├── IdempotencyMismatch 422: the idempotency key was used before, for another request
    ├── RateLimited         429: too many requests, and retrying did not help
    └── Unavailable         503: the service cannot answer now, and retrying did not help

Wrong arguments that no request could carry, such as a time without an offset, are a `ValueError`.
"""

from collections.abc import Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})


class LociError(Exception):
    """The root. `str(error)` and `detail` are one sentence; `code` is stable, for programs.

    `status` is the HTTP status, 0 when no answer came. `request_id` finds the request in the log of the
    service. `retry_after_seconds` is the wait that the service asked for, if any. `fields` maps each refused
    field to the reason. `members` holds all that the service said.
    """

    # Every argument but the first has a default, because unpickling calls with the first alone.
    def __init__(
        self,
        detail: str,
        *,
        status: int = 0,
        code: str = "",
        request_id: str | None = None,
        retry_after_seconds: float | None = None,
        members: Mapping[str, object] = _NOTHING,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status
        self.code = code
        self.request_id = request_id
        self.retry_after_seconds = retry_after_seconds
        self.members = dict(members)

    @property
    def fields(self) -> dict[str, str]:
        """Each refused field with the reason; empty where the error is not about fields."""
        return _texts(self.members.get("fields"))


class ConnectionFailed(LociError):
    """No answer came: the service is not there, or took too long, or the connection broke."""


class InvalidAnswer(LociError):
    """Something answered, but not in the words of Loci; check that `base_url` leads to it."""


class ApiError(LociError):
    """The service answered with a problem; each class below stands for one or two statuses."""


class InvalidInput(ApiError):
    """A value is outside its limits."""


class Unauthorized(ApiError):
    """The request carried no valid key."""


class QuotaExceeded(ApiError):
    """The tenant holds as many memories as it may."""


class Forbidden(ApiError):
    """The key is valid, but does not allow this."""


class NotFound(ApiError):
    """No object of the tenant has that id."""


class Conflict(ApiError):
    """Something equal exists already."""

    @property
    def existing_id(self) -> str | None:
        """The id of what exists, where it has one."""
        existing = self.members.get("id")
        return existing if isinstance(existing, str) else None


class Gone(ApiError):
    """It existed once and can never be used again."""


class PayloadTooLarge(ApiError):
    """The body is larger than the service accepts."""


class IdempotencyMismatch(ApiError):
    """The idempotency key belongs to another request; this one needs a key of its own."""


class RateLimited(ApiError):
    """Too many requests."""


class Unavailable(ApiError):
    """The service cannot answer now."""


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {str(name): str(reason) for name, reason in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # anything may come over the wire
