"""What an error looks like to clients: one table from error class to status, and the one problem shape.

Every answer of 400 and above is made here (RFC 9457), whatever raised it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import JsonValue
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app import errors
from app.api import settled, validation
from app.errors import LociError
from app.services import memories

_log = structlog.get_logger("loci.api")

MEDIA_TYPE = "application/problem+json"
_UNPROCESSABLE_PREFIXES = ("/mcp", "/spaces")
"""The second dialect answers 422 where `/v1` answers 400."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """The status and code of an error class; `title` is the status phrase of RFC 9110."""

    status: int
    code: str
    title: str


TABLE: Mapping[type[LociError], ProblemKind] = {
    errors.InvalidInput: ProblemKind(400, "validation_error", "Bad Request"),
    errors.Unauthorized: ProblemKind(401, "unauthorized", "Unauthorized"),
    errors.QuotaExceeded: ProblemKind(402, "quota_exceeded", "Payment Required"),
    errors.Forbidden: ProblemKind(403, "forbidden", "Forbidden"),
    errors.NotFound: ProblemKind(404, "not_found", "Not Found"),
    errors.MethodNotAllowed: ProblemKind(405, "method_not_allowed", "Method Not Allowed"),
    errors.Conflict: ProblemKind(409, "conflict", "Conflict"),
    errors.Repeated: ProblemKind(409, "conflict", "Conflict"),
    errors.Gone: ProblemKind(410, "gone", "Gone"),
    errors.PayloadTooLarge: ProblemKind(413, "payload_too_large", "Content Too Large"),
    errors.KeyReused: ProblemKind(422, "idempotency_mismatch", "Unprocessable Content"),
    errors.RateLimited: ProblemKind(429, "rate_limited", "Too Many Requests"),
    errors.Unavailable: ProblemKind(503, "unavailable", "Service Unavailable"),
}
_UNPROCESSABLE = ProblemKind(422, "validation_error", "Unprocessable Content")
_INTERNAL = ProblemKind(500, "internal_error", "Internal Server Error")
_INTERNAL_SENTENCE = "Something went wrong inside the service; the log has it under this request_id"


def kind_of(error: Exception, *, path: str) -> ProblemKind:
    """The row of the error's class or of the nearest class above it; a bug is an internal error."""
    for ancestor in type(error).__mro__:
        if ancestor in TABLE:
            kind = TABLE[ancestor]
            return _UNPROCESSABLE if kind.status == 400 and _is_second_dialect(path) else kind
    return _INTERNAL


def members(error: LociError, *, upgrade_url: str | None) -> dict[str, JsonValue]:
    """The further members that the contract names for this error."""
    match error:
        case errors.InvalidInput():
            return {"fields": dict(error.fields)}
        case errors.QuotaExceeded():
            used = {"limit": error.limit, "used": error.used}
            return {"plan": memories.PLAN, **used, "upgrade_url": upgrade_url}
        case errors.Conflict(existing_id=str(existing_id)):
            return {"id": existing_id}
        case _:
            return {}


def answer(error: Exception, request: Request, *, further: Mapping[str, JsonValue] | None = None) -> Response:
    """The problem for any error; what is not ours is logged here and answered without internals."""
    raised = _translated(error)
    kind = kind_of(raised, path=request.url.path)
    if kind is _INTERNAL:
        _log.error("unhandled error", request_id=_request_id(request), exc_info=error)
    sentence = _INTERNAL_SENTENCE if kind is _INTERNAL else str(raised)
    extra = (
        members(raised, upgrade_url=settled.limits(request).upgrade_url)
        if isinstance(raised, LociError)
        else {}
    )
    body: dict[str, JsonValue] = {
        "type": "about:blank",
        "title": kind.title,
        "status": kind.status,
        "code": kind.code,
        "detail": sentence,
        "error": sentence,
        "request_id": _request_id(request),
        **extra,
        **(further or {}),
    }
    headers = _headers(raised, request)
    return Response(to_json(body), status_code=kind.status, headers=headers, media_type=MEDIA_TYPE)


async def on_error(request: Request, error: Exception) -> Response:
    """`answer` in the shape that the framework calls."""
    return answer(error, request)


def _translated(error: Exception) -> Exception:
    # The framework raises its own classes for what it finds out before any route of ours runs.
    if isinstance(error, RequestValidationError):
        return validation.invalid_input(error.errors(), within=1)
    if isinstance(error, HTTPException) and error.status_code == 404:
        return errors.NotFound("There is nothing at this address; GET /docs lists the routes")
    if isinstance(error, HTTPException) and error.status_code == 405:
        return errors.MethodNotAllowed("This address does not take this method; see the header Allow")
    return error


def _headers(error: Exception, request: Request) -> dict[str, str]:
    match error:
        case errors.Unauthorized():
            return {"WWW-Authenticate": "Bearer"}
        case errors.MethodNotAllowed():
            return {"Allow": ", ".join(_allowed_methods(request))}
        case errors.Unavailable() | errors.RateLimited():
            return {"Retry-After": str(error.retry_after_seconds)}
        case _:
            return {}


def _allowed_methods(request: Request) -> list[str]:
    # The framework names the methods of the first route only, but several routes share an address.
    found: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        match, _ = route.original_route.matches(request.scope)
        if match is not Match.NONE:
            found |= route.methods or set()
    return sorted(found)


def _request_id(request: Request) -> str:
    return str(request.state.request_id)


def _is_second_dialect(path: str) -> bool:
    return any(path == prefix or path.startswith(prefix + "/") for prefix in _UNPROCESSABLE_PREFIXES)
