"""Routes of conflicts between memories."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.conflicts import ConflictList, ConflictListQuery, ConflictResolve, ConflictResolved
from app.services.conflicts import ConflictRef

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Conflicts"])

ConflictId = Annotated[str, Path(description="The conflict's id.")]


@router.get("/v1/conflicts", response_model=ConflictList)
async def list_conflicts(
    query: Annotated[ConflictListQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """List pairs of memories that may contradict each other, newest first."""
    page = await services.conflicts.page(query.listing(tenant_id))
    return answers.json(ConflictList.of(page, query=query))


@router.post(
    "/v1/conflicts/{conflict_id}/resolve",
    response_model=ConflictResolved,
    response_description="The conflict is resolved.",
    responses=documented.problem_answers(404, 409),
)
async def resolve_conflict(
    conflict_id: ConflictId,
    body: ConflictResolve,
    services: InServices,
    tenant_id: InTenant,
    sending: InSending,
) -> Response:
    """Keep both memories, keep one, or put a new one in the place of both; 409 if resolved before."""
    conflict = ConflictRef(tenant_id=tenant_id, conflict_id=conflict_id)
    return await sending.answered(
        lambda once: body.settled(services.conflicts, conflict, once),
        by=lambda resolved: answers.json(ConflictResolved.of(resolved)),
    )
