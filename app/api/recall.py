"""Routes of the native recall."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api import answers, documented
from app.api.deps import InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.explanations import WhyNotRead
from app.api.schemas.recall import RecallQuery, WhyNotQuery
from app.api.schemas.recalled import RecallResults

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Recall"])


@router.post("/v1/recall", response_model=RecallResults, responses=documented.problem_answers(403, 404))
async def recall_memories(body: RecallQuery, services: InServices, tenant_id: InTenant) -> Response:
    """Find the memories that answer a question, by meaning, words and the graph together."""
    recalled = await services.recall.recall(body.request(tenant_id))
    return answers.json(RecallResults.of(recalled, history=body.history, explain=body.explain))


@router.get("/v1/recall/why-not", response_model=WhyNotRead, responses=documented.problem_answers(403, 404))
async def explain_absence(
    query: Annotated[WhyNotQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """Say at which stage a memory falls out of the answer to a question."""
    request = query.request(tenant_id)
    return answers.json(WhyNotRead.of(await services.recall.why_not(request, memory_id=query.memory_id)))
