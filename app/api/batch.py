"""The route that stores many facts at once."""

from functools import partial

from fastapi import APIRouter, Request, Response

from app.api import answers, documented, refusals
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.batch import BatchCreate, BatchResults, ItemDuplicate, ItemStored
from app.api.schemas.memories import MemoryCreate
from app.domain import batches
from app.errors import LociError
from app.services.remember import Action, Draft, Outcomes, Remembered

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Memories"])


@router.post("/v1/memories/batch", response_model=BatchResults)
async def store_memories(
    body: BatchCreate, request: Request, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Remember up to 500 facts; an item that is refused does not touch the others."""
    drafts = [_draft(item) for item in body.memories]
    sound = batches.sound(drafts)
    shown = partial(_shown, explain=body.explain)

    def answer(outcomes: Outcomes) -> Response:
        merged = batches.merged(drafts, outcomes)
        return answers.json(BatchResults(results=refusals.beside(merged, request, shown=shown)))

    return await sending.answered(
        lambda once: services.remember.many(sound, tenant_id=tenant_id, once=once), by=answer
    )


def _draft(item: object) -> Draft | LociError:
    return refusals.sound(lambda: MemoryCreate.model_validate(item).draft())


def _shown(index: int, outcome: Remembered, *, explain: bool) -> ItemStored | ItemDuplicate:
    if outcome.action is Action.DUPLICATE:
        return ItemDuplicate.of(index, outcome, explain=explain)
    return ItemStored.of(index, outcome, explain=explain)
