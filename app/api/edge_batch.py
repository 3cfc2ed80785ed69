"""The route that makes many links at once."""

from fastapi import APIRouter, Request, Response

from app.api import answers, documented, refusals
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.batch import ItemRefused
from app.api.schemas.edges import EdgeBatch, EdgeCreate, EdgeMade, EdgeResults
from app.domain.links import Link
from app.errors import LociError
from app.services.connect import LinkDraft, LinkOutcomes

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Graph"])


@router.post("/v1/graph/connect/batch", response_model=EdgeResults)
async def connect_many_memories(
    body: EdgeBatch, request: Request, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Join up to 500 pairs of memories; an item that is refused does not touch the others."""
    drafts = [_draft(item) for item in body.edges]
    sound = [one for one in drafts if isinstance(one, LinkDraft)]

    def answer(outcomes: LinkOutcomes) -> Response:
        in_turn = iter(outcomes)
        merged = [next(in_turn) if isinstance(one, LinkDraft) else one for one in drafts]
        results = [_item(index, one, request) for index, one in enumerate(merged)]
        return answers.json(EdgeResults(results=results))

    return await sending.answered(
        lambda once: services.connect.connect_many(sound, tenant_id=tenant_id, once=once), by=answer
    )


def _draft(item: object) -> LinkDraft | LociError:
    return refusals.sound(lambda: EdgeCreate.model_validate(item).draft())


def _item(index: int, outcome: Link | LociError, request: Request) -> EdgeMade | ItemRefused:
    if isinstance(outcome, LociError):
        return refusals.item(index, outcome, request)
    return EdgeMade.at(index, outcome)
