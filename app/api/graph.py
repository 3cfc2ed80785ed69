"""Routes of the links between memories."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas import graph as wire
from app.api.schemas.edges import EdgeCreate, EdgeRead
from app.api.schemas.graph import (
    PathQuery,
    PathRead,
    RelatedQuery,
    RelatedRead,
    SubgraphQuery,
    SubgraphRead,
    TraversalRead,
    TraverseQuery,
)

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Graph"])

MemoryId = Annotated[str, Path(description="The memory's id.")]


@router.post(
    "/v1/graph/connect",
    status_code=201,
    response_model=EdgeRead,
    response_description="The memories are joined.",
    responses=documented.problem_answers(404, 409),
)
async def connect_memories(
    body: EdgeCreate, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Join two memories by an edge."""
    return await sending.answered(
        lambda once: services.connect.connect(body.draft(), tenant_id=tenant_id, once=once),
        by=lambda link: answers.json(EdgeRead.of(link), status=201),
    )


@router.get(
    "/v1/graph/traverse/{memory_id}",
    response_model=TraversalRead,
    responses=documented.problem_answers(404),
)
async def traverse_memories(
    memory_id: MemoryId,
    query: Annotated[TraverseQuery, Query()],
    services: InServices,
    tenant_id: InTenant,
) -> Response:
    """Walk from a memory over edges, taken either way."""
    traversal = await services.traverse.traverse(
        tenant_id=tenant_id,
        memory_id=memory_id,
        depth=query.depth,
        relationship_type=query.relationship_type,
    )
    return answers.json(TraversalRead.of(traversal, root_id=memory_id, depth=query.depth))


@router.get(
    "/v1/graph/related/{memory_id}", response_model=RelatedRead, responses=documented.problem_answers(404)
)
async def list_related_memories(
    memory_id: MemoryId,
    query: Annotated[RelatedQuery, Query()],
    services: InServices,
    tenant_id: InTenant,
) -> Response:
    """List the edges of a memory with what they lead to."""
    related = await services.traverse.related(
        tenant_id=tenant_id,
        memory_id=memory_id,
        relationship_type=query.relationship_type,
        limit=query.limit,
    )
    return answers.json(RelatedRead.of(related, memory_id=memory_id))


@router.get("/v1/graph/path", response_model=PathRead, responses=documented.problem_answers(404))
async def find_path(
    query: Annotated[PathQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """Find the path between two memories whose weights have the highest product."""
    path = await services.traverse.path(
        tenant_id=tenant_id, from_memory_id=query.from_memory_id, to_memory_id=query.to_memory_id
    )
    return answers.json(PathRead.of(path))


@router.get("/v1/graph/subgraph", response_model=SubgraphRead, responses=documented.problem_answers(404))
async def read_subgraph(
    query: Annotated[SubgraphQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """Get the memories around some memories with the edges among them, to draw."""
    drawing = await services.traverse.drawing(
        tenant_id=tenant_id, memory_ids=wire.ids_of(query.ids), depth=query.depth, limit=query.limit
    )
    return answers.json(SubgraphRead.of(drawing, query=query))


@router.delete(
    "/v1/graph/edge/{edge_id}",
    status_code=204,
    response_description="The edge is gone.",
    responses=documented.problem_answers(404),
)
async def delete_edge(
    edge_id: Annotated[str, Path(description="The edge's id.")], services: InServices, tenant_id: InTenant
) -> Response:
    """Take an edge away."""
    await services.connect.disconnect(tenant_id=tenant_id, edge_id=edge_id)
    return answers.nothing()
