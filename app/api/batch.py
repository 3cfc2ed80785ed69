"""The route that stores many facts at once."""

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from app.api import answers, documented, problems, settled, validation
from app.api.deps import InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.batch import BatchCreate, BatchResults, ItemDuplicate, ItemRefused, ItemStored
from app.api.schemas.memories import MemoryCreate
from app.errors import InvalidInput, LociError
from app.services.remember import Action, Draft, Remembered

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Memories"])


@router.post("/v1/memories/batch", response_model=BatchResults)
async def store_memories(
    body: BatchCreate, request: Request, services: InServices, tenant_id: InTenant
) -> Response:
    """Remember up to 500 facts; an item that is refused does not touch the others."""
    drafts = [_draft(item) for item in body.memories]
    sound = [one for one in drafts if isinstance(one, Draft)]
    outcomes = iter(await services.remember.many(sound, tenant_id=tenant_id) if sound else [])
    merged = [next(outcomes) if isinstance(one, Draft) else one for one in drafts]
    return answers.json(
        BatchResults(results=[_item(index, one, request) for index, one in enumerate(merged)])
    )


def _draft(item: object) -> Draft | LociError:
    try:
        return MemoryCreate.model_validate(item).draft()
    except ValidationError as refused:
        return validation.invalid_input(refused.errors(include_url=False, include_input=False))
    except InvalidInput as refused:
        return refused


def _item(
    index: int, outcome: Remembered | LociError, request: Request
) -> ItemStored | ItemDuplicate | ItemRefused:
    if isinstance(outcome, LociError):
        return _refusal(index, outcome, request)
    if outcome.action is Action.DUPLICATE:
        return ItemDuplicate(index=index, id=outcome.memory_id)
    return ItemStored(index=index, id=outcome.memory_id, source=outcome.source, namespace=outcome.namespace)


def _refusal(index: int, error: LociError, request: Request) -> ItemRefused:
    kind = problems.kind_of(error, path=request.url.path)
    of_a_problem = {"status": kind.status, "code": kind.code, "error": str(error)}
    further = problems.members(error, upgrade_url=settled.limits(request).upgrade_url)
    return ItemRefused.model_validate({"index": index, **of_a_problem, **further})
