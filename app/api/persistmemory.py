"""Spaces and the memories in them: the routes that the PersistMemory tutorial's client calls, and more.

`/mcp` itself is no route of this dialect: exactly that path is left to a Model Context Protocol endpoint.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant, SpaceInPath
from app.api.routing import KeyedRoute
from app.api.schemas.persistmemory import (
    NewestQuery,
    SpaceList,
    SpaceListQuery,
    SpaceMemoriesFound,
    SpaceMemoryCreate,
    SpaceMemoryList,
    SpaceMemoryRead,
    SpaceSearch,
)
from app.services.spaces import Added

router = APIRouter(
    route_class=KeyedRoute, responses=documented.KEYED_SECOND_DIALECT, tags=["Spaces (PersistMemory)"]
)

MemoryId = Annotated[str, Path(description="The memory's id.")]


@router.post(
    "/mcp/addMemory",
    status_code=201,
    response_model=SpaceMemoryRead,
    response_description="A new memory was written.",
    responses={200: {"model": SpaceMemoryRead, "description": "The text was known already."}}
    | documented.problem_answers(402),
)
async def add_space_memory(
    body: SpaceMemoryCreate, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Store a text in a space."""
    return await sending.answered(
        lambda once: services.spaces.add(body.draft(), tenant_id=tenant_id, once=once), by=_added
    )


def _added(added: Added) -> Response:
    return answers.json(SpaceMemoryRead.of(added.memory, added.space), status=201 if added.is_new else 200)


@router.post("/mcp/search", response_model=SpaceMemoriesFound)
async def search_space(body: SpaceSearch, services: InServices, tenant_id: InTenant) -> Response:
    """Find a space's memories by meaning."""
    return answers.json(
        SpaceMemoriesFound.of(await services.spaces.search(body.query(), tenant_id=tenant_id))
    )


@router.get("/mcp/fetchMessages", response_model=SpaceMemoryList)
async def list_space_memories(
    query: Annotated[NewestQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """List a space's memories, newest first."""
    newest = await services.spaces.newest(tenant_id=tenant_id, space=query.space, limit=query.limit)
    return answers.json(SpaceMemoryList.of(newest))


@router.get(
    "/mcp/memories/{memory_id}", response_model=SpaceMemoryRead, responses=documented.problem_answers(404)
)
async def read_space_memory(memory_id: MemoryId, services: InServices, tenant_id: InTenant) -> Response:
    """Read a memory of any space."""
    found = await services.spaces.memory(tenant_id=tenant_id, memory_id=memory_id)
    return answers.json(SpaceMemoryRead.of(found.memory, found.space))


@router.delete(
    "/mcp/memories/{memory_id}",
    status_code=204,
    response_description="The memory is gone.",
    responses=documented.problem_answers(404),
)
async def delete_space_memory(memory_id: MemoryId, services: InServices, tenant_id: InTenant) -> Response:
    """Forget a memory of any space; the space stays, even when empty."""
    await services.spaces.delete_memory(tenant_id=tenant_id, memory_id=memory_id)
    return answers.nothing()


@router.get("/spaces", response_model=SpaceList)
async def list_spaces(
    query: Annotated[SpaceListQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """List the spaces by name."""
    sizes, total = await services.spaces.page(tenant_id=tenant_id, offset=query.offset, limit=query.limit)
    return answers.json(SpaceList.of(sizes, total, query=query))


@router.delete(
    "/spaces/{space:path}",
    status_code=204,
    response_description="The space is gone, with all its memories.",
    responses=documented.problem_answers(404),
)
async def delete_space(space: SpaceInPath, services: InServices, tenant_id: InTenant) -> Response:
    """Remove a space, by its id or its name, with all its memories."""
    await services.spaces.delete(tenant_id=tenant_id, id_or_name=space)
    return answers.nothing()
