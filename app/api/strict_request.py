"""Requests read as the contract says: bodies are JSON whatever their type, and all text is UTF-8."""

from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import JsonValue
from pydantic_core import from_json
from starlette.datastructures import Headers, MutableHeaders, QueryParams

from app.errors import InvalidInput, PayloadTooLarge

_METHODS_WITH_BODY = ("POST", "PATCH", "PUT")
_NO_BODY = b"{}"


class StrictRequest(Request):
    """A request whose body and query were read and found sound before any route looks at them."""

    def __init__(self, request: Request, *, body: bytes, document: JsonValue, query: QueryParams) -> None:
        super().__init__(request.scope, request.receive)
        self._given_body = body
        self._document = document
        self._query = query

    async def body(self) -> bytes:
        """The body; an absent one counts as an empty object."""
        return self._given_body

    async def json(self) -> JsonValue:
        """The body as parsed."""
        return self._document

    @property
    def query_params(self) -> QueryParams:
        """The query; of a repeated name the last value counts."""
        return self._query

    @property
    def headers(self) -> Headers:
        """The headers, with the type of the body set to what it was read as."""
        given = MutableHeaders(raw=list(super().headers.raw))
        given["content-type"] = "application/json"
        return given


async def read(request: Request, *, body_limit_bytes: int) -> StrictRequest:
    """The request with its body and query parsed.

    Raises: PayloadTooLarge, InvalidInput for what is not a JSON object or not UTF-8.
    """
    _refuse_announced_size(request, body_limit_bytes)
    body = _NO_BODY
    if request.method in _METHODS_WITH_BODY:
        body = await _received(request, body_limit_bytes) or _NO_BODY
    query = _query(request.scope["query_string"])
    return StrictRequest(request, body=body, document=_document(body), query=query)


def _refuse_announced_size(request: Request, limit: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)


async def _received(request: Request, limit: int) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > limit:
            raise _too_large(limit)
    return bytes(received)


def _too_large(limit: int) -> PayloadTooLarge:
    return PayloadTooLarge(f"The body is larger than the {limit} bytes that one request may have")


def _document(body: bytes) -> dict[str, JsonValue]:
    try:
        document: JsonValue = from_json(body, allow_inf_nan=False)
    except ValueError as malformed:
        raise _unsound("body", f"is not valid JSON: {malformed}") from None
    if not isinstance(document, dict):
        raise _unsound("body", "must be a JSON object")
    return document


def _query(query_string: bytes) -> QueryParams:
    try:
        pairs = parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise _unsound("query", "must be UTF-8, percent-encoded") from None
    return QueryParams(dict(pairs))


def _unsound(part: str, reason: str) -> InvalidInput:
    return InvalidInput(f"The {part} {reason}", fields={part: reason})
