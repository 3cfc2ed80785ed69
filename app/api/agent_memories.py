"""Routes of what an agent itself remembers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.agent_memories import (
    AgentMemories,
    AgentMemoryCreate,
    AgentMemoryQuery,
    AgentMemoryStored,
)
from app.api.schemas.memories import MemoryDuplicate
from app.api.schemas.search import SearchResults
from app.services.remember import Action, Remembered

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Agents"])

AgentId = Annotated[str, Path(description="The agent's id.")]


@router.post(
    "/v1/agents/{agent_id}/memories",
    status_code=201,
    response_model=AgentMemoryStored,
    response_description="A new memory was written.",
    responses={200: {"model": MemoryDuplicate, "description": "The agent knew the fact already."}}
    | documented.problem_answers(402, 404),
)
async def store_agent_memory(
    agent_id: AgentId, body: AgentMemoryCreate, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Let an agent remember a fact about a user."""
    draft = body.draft(agent_id)
    return await sending.answered(
        lambda once: services.remember.one(draft, tenant_id=tenant_id, once=once),
        by=lambda remembered: _stored(remembered, explain=body.explain),
    )


@router.get(
    "/v1/agents/{agent_id}/memories",
    response_model=SearchResults | AgentMemories,
    responses=documented.problem_answers(404),
)
async def find_agent_memories(
    agent_id: AgentId,
    query: Annotated[AgentMemoryQuery, Query()],
    services: InServices,
    tenant_id: InTenant,
) -> Response:
    """Search what an agent knows of a user; without a query, list it, newest first."""
    search = query.search(tenant_id, agent_id=agent_id)
    if search is None:
        page = await services.memories.page(query.listing(tenant_id, agent_id=agent_id))
        return answers.json(AgentMemories.of(page))
    return answers.json(SearchResults.of(await services.recall.search(search)))


def _stored(remembered: Remembered, *, explain: bool) -> Response:
    if remembered.action is Action.DUPLICATE:
        return answers.json(MemoryDuplicate.of(remembered, explain=explain))
    return answers.json(AgentMemoryStored.of(remembered, explain=explain), status=201)
