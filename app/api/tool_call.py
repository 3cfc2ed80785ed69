"""The route for language models' tool calls: each is answered by the route that it matches."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from fastapi import APIRouter, Response
from pydantic import BaseModel, JsonValue, ValidationError

from app.api import documented, memories, search, validation
from app.api.deps import InSending, InServices, InTenant
from app.api.routing import KeyedRoute
from app.api.schemas.access import UsageRead
from app.api.schemas.memories import MemoryCreate, MemoryDuplicate, MemoryStored
from app.api.schemas.search import ContextQuery, ContextRead, SearchQuery, SearchResults
from app.api.schemas.tool_call import ContextOf, MemoryNamed, Tool, ToolCall
from app.api.sending import Sending
from app.errors import InvalidInput
from app.services import Services

M = TypeVar("M", bound=BaseModel)

router = APIRouter(route_class=KeyedRoute, responses=documented.KEYED, tags=["Tools"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    arguments: Mapping[str, JsonValue]
    services: Services
    tenant_id: str
    sending: Sending

    def read(self, model: type[M], **defaults: JsonValue) -> M:
        """The arguments as that model. Raises: InvalidInput."""
        try:
            return model.model_validate({**defaults, **self.arguments})
        except ValidationError as refused:
            raise validation.invalid_input(refused.errors(include_url=False, include_input=False)) from None


@router.post(
    "/v1/openai/tool-call",
    response_model=SearchResults | ContextRead | UsageRead | MemoryDuplicate,
    responses={
        201: {"model": MemoryStored, "description": "A new memory was written."},
        204: {"description": "The memory is gone."},
    }
    | documented.problem_answers(402, 403, 404),
)
async def call_tool(
    body: ToolCall, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Do what a language model asks for; arguments, status and body are those of the matching route."""
    if body.name not in _TOOLS:
        unknown = f"Unknown function: {body.name}"
        raise InvalidInput(unknown, fields={"name": f"must be one of {', '.join(_TOOLS)}"})
    call = _Call(arguments=body.arguments, services=services, tenant_id=tenant_id, sending=sending)
    return await _TOOLS[body.name](call)


async def _store(call: _Call) -> Response:
    fact = call.read(MemoryCreate, source="openai")
    return await memories.store_memory(fact, call.services, call.tenant_id, call.sending)


async def _search(call: _Call) -> Response:
    return await search.search_memories(call.read(SearchQuery), call.services, call.tenant_id)


async def _context(call: _Call) -> Response:
    user_id = call.read(ContextOf).user_id
    return await search.read_context(user_id, call.read(ContextQuery), call.services, call.tenant_id)


async def _delete(call: _Call) -> Response:
    memory_id = call.read(MemoryNamed).memory_id
    return await memories.delete_memory(memory_id, call.services, call.tenant_id)


async def _usage(call: _Call) -> Response:
    return await memories.read_usage(call.services, call.tenant_id)


_TOOLS: Mapping[str, Callable[[_Call], Awaitable[Response]]] = {
    Tool.STORE_MEMORY: _store,
    Tool.SEARCH_MEMORIES: _search,
    Tool.GET_CONTEXT: _context,
    Tool.DELETE_MEMORY: _delete,
    Tool.GET_USAGE: _usage,
}
