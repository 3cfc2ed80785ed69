"""Puts the edge together: the layers every request passes, and the routes."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib import metadata

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from app.api import (
    access,
    agent_memories,
    agents,
    batch,
    conflicts,
    documentation,
    edge_batch,
    graph,
    health,
    judgements,
    members,
    memories,
    persistmemory,
    problems,
    recall,
    search,
    signup,
    teams,
    tenant_settings,
    tool_call,
)
from app.api.cors import Cors
from app.api.error_boundary import ErrorBoundary
from app.api.leading_slashes import LeadingSlashes
from app.api.request_context import RequestContext
from app.api.settled import ApiLimits
from app.errors import LociError

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

_LAYERS = (RequestContext, Cors, ErrorBoundary, LeadingSlashes)
"""Outermost first: even an internal error has a request id and can be read by a browser."""
_ROUTERS = (
    agent_memories,
    agents,
    batch,
    search,
    recall,
    judgements,
    memories,
    conflicts,
    tenant_settings,
    persistmemory,
    graph,
    edge_batch,
    teams,
    members,
    tool_call,
    signup,
    access,
    health,
    documentation,
)
_ANSWERED = (LociError, HTTPException, RequestValidationError)


def _operation_id(route: APIRoute) -> str:
    return route.name


def create_api(*, lifespan: Lifespan, limits: ApiLimits | None = None) -> FastAPI:
    """The application; `lifespan` opens the outside and sets `app.state.services` before it yields."""
    application = FastAPI(
        title="Loci",
        version=metadata.version("loci"),
        lifespan=lifespan,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        middleware=[Middleware(layer) for layer in _LAYERS],
        exception_handlers=dict.fromkeys(_ANSWERED, problems.on_error),
    )
    application.state.limits = limits or ApiLimits()
    for routes in _ROUTERS:
        application.include_router(routes.router)
    return application
