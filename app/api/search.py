"""Routes that find memories."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api import answers, documented
from app.api.deps import InServices, InTenant, UserInPath
from app.api.routing import KeyedRoute
from app.api.schemas.search import (
    ContextQuery,
    ContextRead,
    NamedTwiceResults,
    SearchQuery,
    SearchResults,
)

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Search"])


@router.get(
    "/v1/memories/search", response_model=SearchResults, responses=documented.problem_answers(403, 404)
)
async def search_memories(
    query: Annotated[SearchQuery, Query()], services: InServices, tenant_id: InTenant
) -> Response:
    """Find a user's memories by meaning, fresh ones first among equals."""
    return answers.json(SearchResults.of(await services.recall.search(query.request(tenant_id))))


@router.post(
    "/v1/memories/search", response_model=NamedTwiceResults, responses=documented.problem_answers(403, 404)
)
async def search_memories_by_body(body: SearchQuery, services: InServices, tenant_id: InTenant) -> Response:
    """Find the same with a JSON body; the rows come under both names that clients read."""
    return answers.json(NamedTwiceResults.of(await services.recall.search(body.request(tenant_id))))


@router.get(
    "/v1/users/{user_id:path}/context",
    response_model=ContextRead,
    responses=documented.problem_answers(403, 404),
)
async def read_context(
    user_id: UserInPath,
    query: Annotated[ContextQuery, Query()],
    services: InServices,
    tenant_id: InTenant,
) -> Response:
    """Get memories as text that goes into a model's prompt."""
    context = await services.recall.context(query.request(tenant_id, user_id=user_id))
    return answers.json(ContextRead.of(context))
