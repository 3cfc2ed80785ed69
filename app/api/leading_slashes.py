"""A trailing slash in a client's base URL must do no harm: `//v1/…` is `/v1/…`."""

from starlette.types import ASGIApp, Receive, Scope, Send


class LeadingSlashes:
    """ASGI middleware: several slashes at the beginning of a path count as one; later ones stay."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and scope["path"].startswith("//"):
            scope["path"] = "/" + scope["path"].lstrip("/")
        await self._app(scope, receive, send)
