"""What an application was made with, as its routes and middlewares find it."""

from dataclasses import dataclass

from fastapi import Request

from app.errors import Unavailable
from app.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLimits:
    """How much one request may ask for, and where a client is sent who wants more."""

    body_bytes: int = 1_048_576
    request_timeout_seconds: float = 30.0
    upgrade_url: str | None = None


def limits(request: Request) -> ApiLimits:
    """The limits of the application that serves this request."""
    found: ApiLimits = request.app.state.limits
    return found


def services(request: Request) -> Services:
    """The use cases. Raises: Unavailable before the application has started."""
    found: Services | None = getattr(request.app.state, "services", None)
    if found is None:
        raise Unavailable("The service is still starting; try again in a moment")
    return found
