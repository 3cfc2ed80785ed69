"""Routes of teams."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.teams import (
    TeamCreate,
    TeamCreated,
    TeamDeleteQuery,
    TeamList,
    TeamRead,
    TeamUpdate,
    TeamUpdated,
)

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Teams"])

TeamId = Annotated[str, Path(description="The team's id.")]


@router.post(
    "/v1/teams",
    status_code=201,
    response_model=TeamCreated,
    response_description="The team is founded.",
    responses=documented.problem_answers(409),
)
async def create_team(
    body: TeamCreate, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Found a team; who founds it becomes its admin."""
    return await sending.answered(
        lambda once: services.teams.create(body.draft(), tenant_id=tenant_id, once=once),
        by=lambda team: answers.json(TeamCreated.of(team), status=201),
    )


@router.get("/v1/teams", response_model=TeamList)
async def list_teams(services: InServices, tenant_id: InTenant) -> Response:
    """List the tenant's teams, oldest first."""
    return answers.json(TeamList.of(await services.teams.all(tenant_id=tenant_id)))


@router.get("/v1/teams/{team_id}", response_model=TeamRead, responses=documented.problem_answers(404))
async def read_team(team_id: TeamId, services: InServices, tenant_id: InTenant) -> Response:
    """Read a team with its members."""
    return answers.json(TeamRead.of(await services.teams.get(tenant_id=tenant_id, team_id=team_id)))


@router.patch(
    "/v1/teams/{team_id}",
    response_model=TeamUpdated,
    responses=documented.problem_answers(403, 404, 409),
)
async def change_team(
    team_id: TeamId, body: TeamUpdate, services: InServices, tenant_id: InTenant
) -> Response:
    """Change a team's name or slug, as an admin of it."""
    team = await services.teams.change(
        tenant_id=tenant_id, team_id=team_id, by=body.user_id, name=body.name, slug=body.slug
    )
    return answers.json(TeamUpdated.of(team))


@router.delete(
    "/v1/teams/{team_id}",
    status_code=204,
    response_description="The team is gone; its memories are private to their authors.",
    responses=documented.problem_answers(403, 404),
)
async def delete_team(
    team_id: TeamId,
    query: Annotated[TeamDeleteQuery, Query()],
    services: InServices,
    tenant_id: InTenant,
) -> Response:
    """Remove a team, as an admin of it; what was shared becomes private to who shared it."""
    await services.teams.delete(tenant_id=tenant_id, team_id=team_id, by=query.user_id)
    return answers.nothing()
