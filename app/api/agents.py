"""Routes of the register of agents."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.agents import (
    AgentCreate,
    AgentDetail,
    AgentList,
    AgentListQuery,
    AgentRead,
    AgentUpdate,
)

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Agents"])

AgentId = Annotated[str, Path(description="The agent's id.")]


@router.post(
    "/v1/agents",
    status_code=201,
    response_model=AgentRead,
    response_description="The agent is registered.",
)
async def register_agent(
    body: AgentCreate, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Register an agent; names need not be unique."""
    return await sending.answered(
        lambda once: services.agents.create(body.draft(), tenant_id=tenant_id, once=once),
        by=lambda agent: answers.json(AgentRead.of(agent), status=201),
    )


@router.get("/v1/agents", response_model=AgentList)
async def list_agents(
    query: Annotated[AgentListQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """List the tenant's agents, newest first."""
    agents = await services.agents.all(tenant_id=tenant_id, owner_id=query.owner_id)
    return answers.json(AgentList.of(agents))


@router.get("/v1/agents/{agent_id}", response_model=AgentDetail, responses=documented.problem_answers(404))
async def read_agent(agent_id: AgentId, services: InServices, tenant_id: InTenant) -> Response:
    """Read an agent."""
    return answers.json(AgentDetail.of(await services.agents.get(tenant_id=tenant_id, agent_id=agent_id)))


@router.patch("/v1/agents/{agent_id}", response_model=AgentRead, responses=documented.problem_answers(404))
async def change_agent(
    agent_id: AgentId, body: AgentUpdate, services: InServices, tenant_id: InTenant
) -> Response:
    """Change an agent's name, description, model or system prompt."""
    agent = await services.agents.change(body.change(), tenant_id=tenant_id, agent_id=agent_id)
    return answers.json(AgentRead.of(agent))


@router.delete(
    "/v1/agents/{agent_id}",
    status_code=204,
    response_description="The agent is gone, with its memories.",
    responses=documented.problem_answers(404),
)
async def delete_agent(agent_id: AgentId, services: InServices, tenant_id: InTenant) -> Response:
    """Remove an agent together with its memories."""
    await services.agents.delete(tenant_id=tenant_id, agent_id=agent_id)
    return answers.nothing()
