"""Memories on the wire: what a store takes, what a listing and a single memory answer."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.facts import FactCreate
from app.api.schemas.outcomes import (
    Reason,
    ReplacedId,
    ReplacedIds,
    SharedTeamId,
    WrittenAction,
    reason_shown,
    replaced_id,
    written_action,
)
from app.api.schemas.values import (
    Importance,
    Namespace,
    Offset,
    ShownNumber,
    ShownTime,
    Source,
    TeamId,
    UpTo100,
    UserId,
)
from app.domain.models import Memory, MemoryPage, Visibility
from app.errors import InvalidInput
from app.services.memories import Change, ListRequest, MemoryDetail
from app.services.remember import Draft, Remembered

_TEAM_NEEDED = "is required with visibility team"


class MemoryCreate(FactCreate):
    """A fact to remember."""

    source: Source = "api"
    team_id: TeamId = None
    visibility: Annotated[
        Visibility | None,
        Field(description="Who may find it; `team` when `team_id` is given, else `private`."),
    ] = None

    def draft(self) -> Draft:
        """The same in the words of the services. Raises: InvalidInput for a team without its id."""
        visibility = self.visibility or (Visibility.PRIVATE if self.team_id is None else Visibility.TEAM)
        if visibility is Visibility.TEAM and self.team_id is None:
            raise InvalidInput(f"team_id {_TEAM_NEEDED}", fields={"team_id": _TEAM_NEEDED})
        team_id = self.team_id if visibility is Visibility.TEAM else None
        return replace(self.stated(source=self.source), visibility=visibility, team_id=team_id)


class MemoryUpdate(BaseModel):
    """What to change of a memory; at least one member."""

    importance: Annotated[
        Importance | None, Field(description="From 0 to 1; the higher, the slower the memory fades.")
    ] = None
    visibility: Annotated[
        Visibility | None, Field(description="`private` takes the memory back from its team.")
    ] = None
    team_id: Annotated[TeamId, Field(description="The team to share with; means `team` by itself.")] = None

    def change(self, tenant_id: str, *, memory_id: str) -> Change:
        """The same in the words of the services."""
        return Change(
            tenant_id=tenant_id,
            memory_id=memory_id,
            importance=self.importance,
            visibility=self.visibility,
            team_id=self.team_id,
        )


class MemoryListQuery(BaseModel):
    """Which page of whose memories."""

    user_id: Annotated[UserId, Field(validation_alias=AliasChoices("user_id", "userId"))]
    limit: Annotated[UpTo100, Field(description="How many at most; clamped into 1 to 100.")] = 20
    offset: Annotated[Offset, Field(description="How many to leave out; below 0 counts as 0.")] = 0
    namespace: Namespace = "default"
    visibility: Annotated[Visibility | None, Field(description="Only memories of this visibility.")] = None
    team_id: Annotated[TeamId, Field(description="The team whose memories to list as well.")] = None
    source: Annotated[Source | None, Field(description="Only memories of exactly this source.")] = None

    def request(self, tenant_id: str) -> ListRequest:
        """The same in the words of the services."""
        return ListRequest(
            tenant_id=tenant_id,
            user_id=self.user_id,
            limit=self.limit,
            offset=self.offset,
            namespace=self.namespace,
            visibility=self.visibility,
            team_id=self.team_id,
            source=self.source,
        )


class MemoryStored(Answer):
    """A new memory was written."""

    action: WrittenAction
    id: Annotated[str, Field(description="The new memory's id.")]
    source: Annotated[str, Field(description="The source it was stored with.")]
    namespace: Annotated[str, Field(description="The namespace it was stored in.")]
    team_id: SharedTeamId = None
    replaced_id: ReplacedId = None
    replaced_ids: ReplacedIds
    reason: Reason = None

    @classmethod
    def of(cls, remembered: Remembered, *, explain: bool = False) -> Self:
        """The answer for a fact that was written."""
        return cls(
            action=written_action(remembered),
            id=remembered.memory_id,
            source=remembered.source,
            namespace=remembered.namespace,
            team_id=remembered.team_id,
            replaced_id=replaced_id(remembered),
            replaced_ids=list(remembered.replaced_ids),
            reason=reason_shown(remembered, explain=explain),
        )


class MemoryDuplicate(Answer):
    """The fact was known already; nothing new was written, and its age starts again."""

    action: Annotated[Literal["duplicate"], Field(description="What became of the fact.")] = "duplicate"
    id: Annotated[str, Field(description="The id of the memory that holds the fact.")]
    reason: Reason = None

    @classmethod
    def of(cls, remembered: Remembered, *, explain: bool = False) -> Self:
        """The answer for a fact that was known."""
        return cls(id=remembered.memory_id, reason=reason_shown(remembered, explain=explain))


class MemoryListed(Answer):
    """A memory in a listing."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    visibility: Annotated[Visibility, Field(description="Who may find it.")]
    team_id: Annotated[str | None, Field(description="The team it is shared with.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    source: Annotated[str, Field(description="Where it came from.")]
    namespace: Annotated[str, Field(description="The namespace it lies in.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The listing's view of a memory."""
        return cls(
            id=memory.id,
            fact=memory.text,
            visibility=memory.visibility,
            team_id=memory.team_id,
            importance=memory.importance,
            source=memory.source,
            namespace=memory.namespace,
            created_at=memory.valid_from,
            metadata=dict(memory.metadata),
        )


class MemoryList(Answer):
    """One page of memories, newest first."""

    memories: Annotated[list[MemoryListed], Field(description="The page.")]
    limit: Annotated[int, Field(description="The limit after clamping.")]
    offset: Annotated[int, Field(description="The offset after clamping.")]
    total: Annotated[int, Field(description="How many memories match on all pages together.")]

    @classmethod
    def of(cls, page: MemoryPage, *, query: MemoryListQuery) -> Self:
        """The answer to a listing."""
        memories = [MemoryListed.of(memory) for memory in page.memories]
        return cls(memories=memories, limit=query.limit, offset=query.offset, total=page.total)


class MemoryPredecessor(Answer):
    """A memory that a newer one replaced."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    superseded_at: Annotated[ShownTime, Field(description="When it was replaced.")]


class MemoryRead(Answer):
    """A single memory with its history."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    status: Annotated[str, Field(description="`active`, or `superseded` by a newer fact.")]
    replaced_by: Annotated[str | None, Field(description="The id of the memory that replaced it.")]
    history: Annotated[list[MemoryPredecessor], Field(description="All predecessors, newest first.")]
    user_id: Annotated[str | None, Field(description="Whose memory it is; null for one of a space.")]
    agent_id: Annotated[str | None, Field(description="The agent whose memory it is.")]
    team_id: Annotated[str | None, Field(description="The team it is shared with.")]
    visibility: Annotated[Visibility, Field(description="Who may find it.")]
    namespace: Annotated[str, Field(description="The namespace it lies in.")]
    source: Annotated[str, Field(description="Where it came from.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    decay_score: Annotated[ShownNumber, Field(description="From 1, fresh, towards 0, faded.")]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    refreshed_at: Annotated[ShownTime, Field(description="When its age last started again.")]

    @classmethod
    def of(cls, detail: MemoryDetail) -> Self:
        """The answer for a single memory."""
        memory = detail.memory
        return cls(
            id=memory.id,
            fact=memory.text,
            status=memory.status,
            replaced_by=memory.replaced_by,
            history=_history(detail.predecessors),
            user_id=memory.user_id or None,
            agent_id=memory.agent_id,
            team_id=memory.team_id,
            visibility=memory.visibility,
            namespace=memory.namespace,
            source=memory.source,
            importance=memory.importance,
            decay_score=detail.decay,
            metadata=dict(memory.metadata),
            created_at=memory.valid_from,
            refreshed_at=memory.refreshed_at,
        )


class MemoryUpdated(Answer):
    """What can be changed of a memory, as it is now."""

    id: Annotated[str, Field(description="The memory's id.")]
    visibility: Annotated[Visibility, Field(description="Who may find it.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    team_id: Annotated[str | None, Field(description="The team it is shared with.")]

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The answer to a change."""
        return cls(
            id=memory.id,
            visibility=memory.visibility,
            importance=memory.importance,
            team_id=memory.team_id,
        )


def _history(predecessors: Iterable[Memory]) -> list[MemoryPredecessor]:
    return [
        MemoryPredecessor(id=one.id, fact=one.text, created_at=one.valid_from, superseded_at=one.retired_at)
        for one in predecessors
    ]
