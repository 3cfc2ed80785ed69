"""Browsers on any origin may call: the keys are bearer tokens, so there is no cookie to protect."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = "GET, POST, PATCH, DELETE"
_EXPOSED = "X-Request-Id, Retry-After, WWW-Authenticate, Allow"
_PREFLIGHT_SECONDS = "600"


class Cors:
    """ASGI middleware: answers preflights and marks every answer as readable from any origin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; anything but HTTP is passed on untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(headers)(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                marked = MutableHeaders(scope=message)
                marked["Access-Control-Allow-Origin"] = "*"
                marked["Access-Control-Expose-Headers"] = _EXPOSED
            await send(message)

        await self._app(scope, receive, send_marked)


def _preflight(headers: Headers) -> Response:
    # The wildcard does not cover Authorization, so the asked headers are named back.
    allowed = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": headers.get("access-control-request-headers", "*"),
        "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
        "Vary": "Access-Control-Request-Headers",
    }
    return Response(status_code=204, headers=allowed)
