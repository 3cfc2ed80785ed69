"""Routes of a tenant's settings."""

from fastapi import APIRouter, Response

from app.api import answers, documented
from app.api.deps import InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.tenant_settings import SettingsRead, SettingsUpdate

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Settings"])


@router.get("/v1/settings", response_model=SettingsRead)
async def read_settings(services: InServices, tenant_id: InTenant) -> Response:
    """Read what the tenant has decided for all its requests."""
    return answers.json(SettingsRead.of(await services.tenant_settings.get(tenant_id=tenant_id)))


@router.patch("/v1/settings", response_model=SettingsRead, responses=documented.problem_answers(404))
async def change_settings(body: SettingsUpdate, services: InServices, tenant_id: InTenant) -> Response:
    """Change what the tenant has decided for all its requests."""
    changed = await services.tenant_settings.change(tenant_id=tenant_id, on_conflict=body.on_conflict)
    return answers.json(SettingsRead.of(changed))
