"""The ASGI application: settings in, application out."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import api, wiring
from app.services import Services
from app.settings import Settings


def create_app(settings: Settings, *, services: Services | None = None) -> FastAPI:
    """The application. Without `services` it opens everything itself, for as long as it runs.

    Raises: StartupError, when it starts, where it has to open things itself.
    """

    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncGenerator[None]:
        if services is not None:
            application.state.services = services
            yield
            return
        async with wiring.open_services(settings) as running:
            application.state.services = running.services
            yield

    limits = api.ApiLimits(
        body_bytes=settings.body_limit_bytes,
        request_timeout_seconds=settings.request_timeout_seconds,
        upgrade_url=settings.upgrade_url,
    )
    return api.create_api(lifespan=lifespan, limits=limits)
