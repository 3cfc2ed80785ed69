"""Probes: whether the process, the database, and everything a request needs are there."""

from fastapi import APIRouter, Request, Response
from pydantic import JsonValue

from app.api import answers, documented, problems
from app.api.deps import InServices
from app.api.routing import OpenRoute
from app.api.schemas.health import HealthRead, LiveRead, ReadyRead
from app.errors import Unavailable

router = APIRouter(route_class=OpenRoute, responses=documented.OPEN, tags=["Probes"])


@router.get("/health", response_model=HealthRead, responses=documented.problem_answers(503))
async def check_health(request: Request, services: InServices) -> Response:
    """Ask the database for a sign of life."""
    try:
        await services.health.ping()
    except Unavailable as down:
        return problems.answer(down, request, further={"db": "error"})
    return answers.json(HealthRead())


@router.get("/livez", response_model=LiveRead)
async def check_liveness() -> Response:
    """Tell that the process answers; the database is not asked."""
    return answers.json(LiveRead())


@router.get("/readyz", response_model=ReadyRead, responses=documented.problem_answers(503))
async def check_readiness(request: Request, services: InServices) -> Response:
    """Check everything that a request needs."""
    ready = ReadyRead.of(await services.health.readiness())
    failed = [check.name for check in ready.checks if not check.ok]
    if failed:
        down = Unavailable(f"Not ready: {', '.join(failed)}; see checks for what to do")
        checks: list[JsonValue] = [check.model_dump(mode="json") for check in ready.checks]
        return problems.answer(down, request, further={"checks": checks})
    return answers.json(ready)
