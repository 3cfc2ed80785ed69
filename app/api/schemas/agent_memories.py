"""What an agent remembers, on the wire."""

from dataclasses import replace
from typing import Annotated, Self

from pydantic import AliasChoices, BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.facts import FactCreate
from app.api.schemas.outcomes import (
    Reason,
    ReplacedId,
    ReplacedIds,
    WrittenAction,
    reason_shown,
    replaced_id,
    written_action,
)
from app.api.schemas.values import (
    Namespace,
    ShownNumber,
    ShownTime,
    UpTo50,
    UserId,
)
from app.domain import agents
from app.domain.models import Memory, MemoryPage
from app.services.memories import ListRequest
from app.services.recall import SearchRequest
from app.services.remember import Draft, Remembered


class AgentMemoryCreate(FactCreate):
    """A fact for an agent to remember about a user."""

    def draft(self, agent_id: str) -> Draft:
        """The same in the words of the services."""
        return replace(self.stated(source=agents.source_of(agent_id)), agent_id=agent_id)


class AgentMemoryStored(Answer):
    """A new memory of an agent was written."""

    action: WrittenAction
    id: Annotated[str, Field(description="The new memory's id.")]
    agent_id: Annotated[str, Field(description="The agent that remembers it.")]
    namespace: Annotated[str, Field(description="The namespace it was stored in.")]
    replaced_id: ReplacedId = None
    replaced_ids: ReplacedIds
    reason: Reason = None

    @classmethod
    def of(cls, remembered: Remembered, *, explain: bool = False) -> Self:
        """The answer for a fact that was written."""
        return cls(
            action=written_action(remembered),
            id=remembered.memory_id,
            agent_id=remembered.agent_id or "",
            namespace=remembered.namespace,
            replaced_id=replaced_id(remembered),
            replaced_ids=list(remembered.replaced_ids),
            reason=reason_shown(remembered, explain=explain),
        )


class AgentMemoryQuery(BaseModel):
    """What to look for among an agent's memories of a user."""

    user_id: Annotated[UserId, Field(validation_alias=AliasChoices("user_id", "userId"))]
    q: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("q", "query"),
            description="What to look for; without it, or blank, the newest memories are listed.",
        ),
    ] = None
    limit: Annotated[
        UpTo50,
        Field(
            validation_alias=AliasChoices("limit", "top_n"),
            description="How many results at most; clamped into 1 to 50.",
        ),
    ] = 10
    namespace: Namespace = "default"

    def search(self, tenant_id: str, *, agent_id: str) -> SearchRequest | None:
        """The search in the words of the services; None without a query."""
        if self.q is None or not self.q.strip():
            return None
        return SearchRequest(
            tenant_id=tenant_id,
            user_id=self.user_id,
            query=self.q,
            limit=self.limit,
            namespace=self.namespace,
            agent_id=agent_id,
        )

    def listing(self, tenant_id: str, *, agent_id: str) -> ListRequest:
        """The listing in the words of the services."""
        return ListRequest(
            tenant_id=tenant_id,
            user_id=self.user_id,
            limit=self.limit,
            offset=0,
            namespace=self.namespace,
            agent_id=agent_id,
        )


class AgentMemoryListed(Answer):
    """A memory in the listing of an agent's."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    source: Annotated[str, Field(description="`agent:` and the agent's id.")]
    namespace: Annotated[str, Field(description="The namespace it lies in.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The listing's view of a memory."""
        return cls(
            id=memory.id,
            fact=memory.text,
            importance=memory.importance,
            source=memory.source,
            namespace=memory.namespace,
            created_at=memory.valid_from,
            metadata=dict(memory.metadata),
        )


class AgentMemories(Answer):
    """An agent's newest memories of a user."""

    memories: Annotated[list[AgentMemoryListed], Field(description="At most `limit`, newest first.")]

    @classmethod
    def of(cls, page: MemoryPage) -> Self:
        """The answer to a request without a query."""
        return cls(memories=[AgentMemoryListed.of(memory) for memory in page.memories])
