"""The route that makes many links at once."""

from fastapi import APIRouter, Request, Response

from app.api import answers, documented, refusals
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.edges import EdgeBatch, EdgeCreate, EdgeMade, EdgeResults
from app.domain import batches
from app.errors import LociError
from app.services.connect import LinkDraft, LinkOutcomes

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Graph"])


@router.post("/v1/graph/connect/batch", response_model=EdgeResults)
async def connect_many_memories(
    body: EdgeBatch, request: Request, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Join up to 500 pairs of memories; an item that is refused does not touch the others."""
    drafts = [_draft(item) for item in body.edges]
    sound = batches.sound(drafts)

    def answer(outcomes: LinkOutcomes) -> Response:
        merged = batches.merged(drafts, outcomes)
        return answers.json(EdgeResults(results=refusals.beside(merged, request, shown=EdgeMade.at)))

    return await sending.answered(
        lambda once: services.connect.connect_many(sound, tenant_id=tenant_id, once=once), by=answer
    )


def _draft(item: object) -> LinkDraft | LociError:
    return refusals.sound(lambda: EdgeCreate.model_validate(item).draft())
