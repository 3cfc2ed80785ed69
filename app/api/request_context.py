"""The outermost layer: names each request, and writes one line about it when it is over.

The line never holds texts, queries or keys.
"""

import re
import time
import uuid
from typing import cast

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = structlog.get_logger("loci.api")

_HEADER = "X-Request-Id"
_SOUND_ID = re.compile(r"[A-Za-z0-9._\-]{1,128}", re.ASCII)
_CLIENT_LEFT = 499
"""The status written for a request that nobody waited for, as nginx does."""


class RequestContext:
    """ASGI middleware: a request id in the scope's state, in the answer's header and in every log line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; anything but HTTP is passed on untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get(_HEADER))
        scope.setdefault("state", {})["request_id"] = request_id
        status = _CLIENT_LEFT
        started = time.perf_counter()

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = request_id
            await send(message)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self._app(scope, receive, send_named)
        finally:
            _write_line(scope, status=status, duration_seconds=time.perf_counter() - started)


def _write_line(scope: Scope, *, status: int, duration_seconds: float) -> None:
    _log.info(
        "request",
        method=scope["method"],
        route=cast(str | None, getattr(scope.get("route"), "path_format", None)),
        status=status,
        duration_ms=round(duration_seconds * 1000, 2),
        request_id=scope["state"]["request_id"],
        tenant_id=scope["state"].get("tenant_id"),
    )


def _request_id(given: str | None) -> str:
    if given is not None and _SOUND_ID.fullmatch(given):
        return given
    return str(uuid.uuid4())
