"""Routes of single memories and their listing."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.access import UsageRead
from app.api.schemas.memories import (
    MemoryCreate,
    MemoryDuplicate,
    MemoryList,
    MemoryListQuery,
    MemoryRead,
    MemoryStored,
    MemoryUpdate,
    MemoryUpdated,
)
from app.services.remember import Action, Remembered

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Memories"])

MemoryId = Annotated[str, Path(description="The memory's id.")]


@router.post(
    "/v1/memories",
    status_code=201,
    response_model=MemoryStored,
    response_description="A new memory was written.",
    responses={200: {"model": MemoryDuplicate, "description": "The fact was known already."}}
    | documented.problem_answers(402, 403, 404),
)
async def store_memory(
    body: MemoryCreate, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Remember a fact."""
    return await sending.answered(
        lambda once: services.remember.one(body.draft(), tenant_id=tenant_id, once=once),
        by=lambda remembered: _stored(remembered, explain=body.explain),
    )


def _stored(remembered: Remembered, *, explain: bool) -> Response:
    if remembered.action is Action.DUPLICATE:
        return answers.json(MemoryDuplicate.of(remembered, explain=explain))
    return answers.json(MemoryStored.of(remembered, explain=explain), status=201)


@router.get("/v1/memories", response_model=MemoryList, responses=documented.problem_answers(403, 404))
async def list_memories(
    query: Annotated[MemoryListQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """List a user's memories, newest first."""
    page = await services.memories.page(query.request(tenant_id))
    return answers.json(MemoryList.of(page, query=query))


@router.get(
    "/v1/memories/{memory_id:memory_id}", response_model=MemoryRead, responses=documented.problem_answers(404)
)
async def read_memory(memory_id: MemoryId, services: InServices, tenant_id: InTenant) -> Response:
    """Read a memory with its history."""
    detail = await services.memories.get(tenant_id=tenant_id, memory_id=memory_id)
    return answers.json(MemoryRead.of(detail))


@router.patch(
    "/v1/memories/{memory_id:memory_id}",
    response_model=MemoryUpdated,
    responses=documented.problem_answers(403, 404),
)
async def change_memory(
    memory_id: MemoryId, body: MemoryUpdate, services: InServices, tenant_id: InTenant
) -> Response:
    """Change a memory's importance or who may find it."""
    memory = await services.memories.change(body.change(tenant_id, memory_id=memory_id))
    return answers.json(MemoryUpdated.of(memory))


@router.delete(
    "/v1/memories/{memory_id:memory_id}",
    status_code=204,
    response_description="The memory is gone, with its history.",
    responses=documented.problem_answers(404),
)
async def delete_memory(memory_id: MemoryId, services: InServices, tenant_id: InTenant) -> Response:
    """Forget a memory together with its history."""
    await services.memories.delete(tenant_id=tenant_id, memory_id=memory_id)
    return answers.nothing()


@router.get("/v1/usage", response_model=UsageRead)
async def read_usage(services: InServices, tenant_id: InTenant) -> Response:
    """Count the tenant's memories against its limit."""
    return answers.json(UsageRead.of(await services.memories.usage(tenant_id=tenant_id)))
