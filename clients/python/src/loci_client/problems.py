"""Turns what the service says went wrong into the error tree."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from loci_client import errors
from loci_client.errors import ApiError

_CLASSES: Mapping[int, type[ApiError]] = {
    400: errors.InvalidInput,
    401: errors.Unauthorized,
    402: errors.QuotaExceeded,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    410: errors.Gone,
    413: errors.PayloadTooLarge,
    422: errors.InvalidInput,
    429: errors.RateLimited,
    503: errors.Unavailable,
}
_CLASSES_OF_CODES: Mapping[str, type[ApiError]] = {"idempotency_mismatch": errors.IdempotencyMismatch}
"""Codes that mean something else than other problems of their status."""


def of_answer(
    status: int, body: object, *, request_id: str | None = None, retry_after_seconds: float | None = None
) -> ApiError:
    """The error for an answer of status 400 or above, whatever its body holds.

    >>> of_answer(404, {"code": "not_found", "detail": "Memory not found"})
    NotFound('Memory not found')
    """
    members = cast(dict[str, object], body) if isinstance(body, dict) else {}
    code = _text(members, "code") or "unknown"
    kind = _CLASSES_OF_CODES.get(code) or _CLASSES.get(status, ApiError)
    return kind(
        _text(members, "detail") or _text(members, "error") or f"The service answered {_phrase(status)}",
        status=status,
        code=code,
        request_id=_text(members, "request_id") or request_id,
        retry_after_seconds=retry_after_seconds,
        members=members,
    )


def of_batch_item(item: object) -> ApiError | None:
    """The error of an item that was refused; None for one that was stored or known."""
    if not isinstance(item, dict):
        return None
    status = cast(dict[str, object], item).get("status")
    if not isinstance(status, int) or status < 400:
        return None
    return of_answer(status, cast(object, item))


def _text(members: Mapping[str, object], name: str) -> str | None:
    value = members.get(name)
    return value if isinstance(value, str) else None


def _phrase(status: int) -> str:
    known = status in {one.value for one in HTTPStatus}
    return f"{status} {HTTPStatus(status).phrase}" if known else str(status)
