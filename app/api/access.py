"""Routes for operators: tenants, keys, statistics. The services check the operator's secret."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InServices, SetupSecret
from app.api.routing import OpenRoute
from app.api.schemas.access import (
    KeyCreate,
    KeyCreated,
    KeyList,
    KeyRead,
    SetupCreate,
    StatsRead,
    TenantCreate,
    TenantCreated,
)

router = APIRouter(route_class=OpenRoute, responses=documented.OPEN, tags=["Operation"])


@router.post(
    "/setup", status_code=201, response_model=TenantCreated, responses=documented.problem_answers(403, 410)
)
async def set_up(body: SetupCreate, services: InServices, secret: SetupSecret = None) -> Response:
    """Make the first tenant and its key, once."""
    key = await services.access.set_up(tenant_name=body.tenant_name, secret=secret)
    return answers.json(TenantCreated.of(key), status=201)


@router.post(
    "/admin/tenants",
    status_code=201,
    response_model=TenantCreated,
    responses=documented.problem_answers(403, 409),
)
async def create_tenant(body: TenantCreate, services: InServices, secret: SetupSecret = None) -> Response:
    """Make a further tenant and its first key."""
    key = await services.access.create_tenant(tenant_name=body.tenant_name, secret=secret)
    return answers.json(TenantCreated.of(key), status=201)


@router.post(
    "/admin/keys", status_code=201, response_model=KeyCreated, responses=documented.problem_answers(403, 404)
)
async def create_key(body: KeyCreate, services: InServices, secret: SetupSecret = None) -> Response:
    """Make a further key of a tenant."""
    key = await services.access.create_key(tenant_id=body.tenant_id, label=body.label, secret=secret)
    return answers.json(KeyCreated.of(key), status=201)


@router.get("/admin/keys", response_model=KeyList, responses=documented.problem_answers(403))
async def list_keys(
    services: InServices,
    tenant_id: Annotated[str | None, Query(description="Only keys of this tenant.")] = None,
    secret: SetupSecret = None,
) -> Response:
    """List keys, oldest first; the keys themselves are never shown."""
    keys = await services.access.keys(tenant_id=tenant_id, secret=secret)
    return answers.json(KeyList(keys=[KeyRead.of(key) for key in keys]))


@router.delete(
    "/admin/keys/{key_id}",
    status_code=204,
    response_description="The key opens nothing from now on.",
    responses=documented.problem_answers(403, 404),
)
async def revoke_key(
    key_id: Annotated[str, Path(description="The key's id.")],
    services: InServices,
    secret: SetupSecret = None,
) -> Response:
    """End a key for good."""
    await services.access.revoke(key_id=key_id, secret=secret)
    return answers.nothing()


@router.get("/admin/stats", response_model=StatsRead, responses=documented.problem_answers(403))
async def read_stats(services: InServices, secret: SetupSecret = None) -> Response:
    """Show the whole installation in numbers."""
    return answers.json(StatsRead.of(await services.access.stats(secret=secret)))
