"""Routes that look at decisions about memories, and undo them."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.judgements import HistoryRead, JudgementRead
from app.api.schemas.memories import MemoryCreate, MemoryRead

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Memories"])

MemoryId = Annotated[str, Path(description="The memory's id.")]


@router.post(
    "/v1/memories/judge",
    response_model=JudgementRead,
    response_description="What storing the fact would do.",
    responses=documented.problem_answers(403, 404),
)
async def judge_memory(body: MemoryCreate, services: InServices, tenant_id: InTenant) -> Response:
    """Say what storing a fact would do and why, and write nothing; the tenant's limit is not looked at."""
    return answers.json(JudgementRead.of(await services.preview.judge(body.draft(), tenant_id=tenant_id)))


@router.get(
    "/v1/memories/{memory_id:memory_id}/history",
    response_model=HistoryRead,
    responses=documented.problem_answers(404),
)
async def read_history(memory_id: MemoryId, services: InServices, tenant_id: InTenant) -> Response:
    """Read everything that a memory took the place of and that took its place."""
    return answers.json(HistoryRead.of(await services.history.of(tenant_id=tenant_id, memory_id=memory_id)))


@router.post(
    "/v1/memories/{memory_id:memory_id}/restore",
    response_model=MemoryRead,
    response_description="The memory is active; what was active in its place is its history.",
    responses=documented.problem_answers(402, 404, 409),
)
async def restore_memory(
    memory_id: MemoryId, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Undo that a memory was replaced or deleted; 409 when it is active or an active one says the same."""
    return await sending.answered(
        lambda once: services.restore.memory(tenant_id=tenant_id, memory_id=memory_id, once=once),
        by=lambda detail: answers.json(MemoryRead.of(detail)),
    )
