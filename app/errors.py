"""Every error that Loci raises on purpose, without any knowledge of HTTP.

LociError
├── CallerError             the request cannot be served as it is
│   ├── InvalidInput        a value is outside its limits; names each field
│   ├── Unauthorized        no key, or not a valid one
│   ├── Forbidden           a valid key, but this is not allowed
│   ├── NotFound            nothing of this tenant has that id
│   ├── MethodNotAllowed    the address exists, the method does not
│   ├── KeyReused           an idempotency key was used before, for another request
│   ├── PayloadTooLarge     the body is larger than the limit
│   ├── QuotaExceeded       the tenant may hold no more memories
│   └── RateLimited         too many requests; says when to try again
├── StateConflict           the request is sound, the stored state is against it
│   ├── Conflict            something equal exists already; names its id
│   ├── Repeated            the request was answered before; carries that answer
│   └── Gone                it existed and can never be used again
├── OutsideFailure          a part outside this process failed
│   └── Unavailable         the database, the model or time ran out; try again later
└── StartupError            the service cannot run as it is set up; says what to do
    ├── InvalidSetting      a setting has a value that cannot work
    ├── IncompatibleStore   the database holds another schema or another embedding model
    ├── DownloadFailed      an artefact could not be fetched or does not match its digest
    ├── JavaMissing         no Java that this Neo4j runs on
    ├── DatabaseNotStarted  Neo4j did not come up, or is not what was asked for
    └── ModelInvalid        the embedding model or the reranker is missing, or cannot be used

Bugs are ordinary exceptions and never appear here.
"""

from collections.abc import Mapping
from dataclasses import dataclass


class LociError(Exception):
    """The root; `str(error)` is one sentence for the person who has to act on it."""


class CallerError(LociError):
    """The caller can put it right by sending something else."""


class InvalidInput(CallerError):
    """One or more values are outside their limits.

    `fields` maps each field's name to the reason, in words for the caller.
    """

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields: Mapping[str, str] = dict(fields or {})


class Unauthorized(CallerError):
    """The request carries no valid key."""


class Forbidden(CallerError):
    """The key is valid, but does not allow this."""


class NotFound(CallerError):
    """No object of the tenant has that id. Foreign ids are answered the same way."""


class MethodNotAllowed(CallerError):
    """The address exists, but not with this method."""


class KeyReused(CallerError):
    """The idempotency key belongs to another request."""


class PayloadTooLarge(CallerError):
    """The body is larger than the service accepts."""


class QuotaExceeded(CallerError):
    """The tenant holds as many memories as it may: `used` of `limit`."""

    def __init__(self, message: str, *, limit: int, used: int) -> None:
        super().__init__(message)
        self.limit = limit
        self.used = used


class RateLimited(CallerError):
    """Too many requests; the next one may come after `retry_after_seconds`."""

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class StateConflict(LociError):
    """The request is sound, but the stored state stands against it."""


class Conflict(StateConflict):
    """Something equal exists already; `existing_id` names it where it has an id."""

    def __init__(self, message: str, *, existing_id: str | None = None) -> None:
        super().__init__(message)
        self.existing_id = existing_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """What was answered to a request: `fingerprint` stands for the request, `body` is JSON."""

    fingerprint: str
    status: int
    body: str


class Repeated(StateConflict):
    """The same key has been answered before, with `answer`; nothing was done this time."""

    def __init__(self, answer: RecordedAnswer) -> None:
        super().__init__("A request with this idempotency key has been answered already; send it again")
        self.answer = answer


class Gone(StateConflict):
    """It existed once and can never be used again."""


class OutsideFailure(LociError):
    """A part outside this process failed."""


class Unavailable(OutsideFailure):
    """The service cannot answer now; the same request may succeed after `retry_after_seconds`."""

    def __init__(self, message: str, *, retry_after_seconds: int = 2) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class StartupError(LociError):
    """The service cannot run as it is set up; the sentence says what to do."""


class InvalidSetting(StartupError):
    """A setting has a value that cannot work."""


class IncompatibleStore(StartupError):
    """The database holds a newer schema, or vectors of another embedding model."""


class DownloadFailed(StartupError):
    """An artefact could not be fetched, or what came does not match its digest."""


class JavaMissing(StartupError):
    """No Java was found that the pinned Neo4j runs on."""


class DatabaseNotStarted(StartupError):
    """Neo4j did not come up, is held by another process, or is not the version asked for."""


class ModelInvalid(StartupError):
    """The embedding model or the reranker is missing, incomplete or not the one it should be."""
