"""The last place where an error of a request can become an answer."""

import structlog
from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems

_log = structlog.get_logger("loci.api")


class ErrorBoundary:
    """ASGI middleware: whatever nobody else answered is logged and becomes a problem of status 500."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; anything but HTTP is passed on untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answered = False

        async def send_noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except ClientDisconnect:
            _log.debug("client left before the answer")
        except Exception as error:
            if answered:
                raise
            response = problems.answer(error, Request(scope, receive))
            await response(scope, receive, send)
