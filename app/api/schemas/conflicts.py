"""Conflicts between memories on the wire."""

from collections.abc import Awaitable
from typing import Annotated, Self

from pydantic import AliasChoices, BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.values import Fact, Namespace, Offset, ShownNumber, ShownTime, UpTo100, UserId
from app.domain.conflicts import ConflictingPair, ConflictStatus, Outcome, Resolution
from app.domain.models import Memory, Visibility
from app.errors import InvalidInput
from app.ports import ConflictListing, ConflictPage, Once, ResolvedConflict
from app.services.conflicts import ConflictRef, Conflicts

_BOTH = "both"


class ConflictListQuery(BaseModel):
    """Which conflicts."""

    user_id: Annotated[
        UserId | None,
        Field(
            validation_alias=AliasChoices("user_id", "userId"),
            description="Only conflicts in which this user has a memory.",
        ),
    ] = None
    namespace: Annotated[Namespace | None, Field(description="Only conflicts within this namespace.")] = None
    status: Annotated[
        ConflictStatus, Field(description="`open` ones, which can be resolved, or `resolved` ones.")
    ] = ConflictStatus.OPEN
    limit: Annotated[UpTo100, Field(description="How many at most; clamped into 1 to 100.")] = 20
    offset: Annotated[Offset, Field(description="How many to leave out; below 0 counts as 0.")] = 0

    def listing(self, tenant_id: str) -> ConflictListing:
        """The same in the words of the ports."""
        return ConflictListing(
            tenant_id=tenant_id,
            status=self.status,
            user_id=self.user_id,
            namespace=self.namespace,
            limit=self.limit,
            offset=self.offset,
        )


class ConflictResolve(BaseModel):
    """What becomes of a pair: exactly one of `keep` and `fact`."""

    keep: Annotated[
        str | None,
        Field(
            description="`both`, or the id of the one that stands; the other one becomes its history.",
            min_length=1,
            max_length=256,
        ),
    ] = None
    fact: Annotated[
        Fact | None, Field(description="The text of a new memory that takes the place of both.")
    ] = None

    def settled(
        self, conflicts: Conflicts, conflict: ConflictRef, once: Once[ResolvedConflict] | None
    ) -> Awaitable[ResolvedConflict]:
        """The conflict, settled so. Raises: InvalidInput unless exactly one member is given."""
        if self.fact is not None and self.keep is None:
            return conflicts.merge(conflict, text=self.fact, once=once)
        if self.keep is None or self.fact is not None:
            reason = "Give exactly one of keep and fact"
            raise InvalidInput(reason, fields={"keep": reason, "fact": reason})
        if self.keep == _BOTH:
            return conflicts.keep_both(conflict, once=once)
        return conflicts.keep_one(conflict, memory_id=self.keep, once=once)


class ConflictingMemory(Answer):
    """One of the two memories of a conflict, or the one that stands."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    status: Annotated[str, Field(description="`active`, or `superseded` by a newer fact.")]
    user_id: Annotated[str | None, Field(description="Whose memory it is.")]
    agent_id: Annotated[str | None, Field(description="The agent whose memory it is.")]
    team_id: Annotated[str | None, Field(description="The team it is shared with.")]
    visibility: Annotated[Visibility, Field(description="Who may find it.")]
    namespace: Annotated[str, Field(description="The namespace it lies in.")]
    source: Annotated[str, Field(description="Where it came from.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The answer's view of a memory."""
        return cls(
            id=memory.id,
            fact=memory.text,
            status=memory.status,
            user_id=memory.user_id or None,
            agent_id=memory.agent_id,
            team_id=memory.team_id,
            visibility=memory.visibility,
            namespace=memory.namespace,
            source=memory.source,
            importance=memory.importance,
            metadata=dict(memory.metadata),
            created_at=memory.valid_from,
        )


class ResolutionRead(Answer):
    """How a conflict was resolved."""

    outcome: Annotated[
        Outcome, Field(description="`both` stand, `one` does, or they were `merged` into a new memory.")
    ]
    memory_id: Annotated[str | None, Field(description="The memory that stands; null where both do.")]
    at: Annotated[ShownTime, Field(description="When it was resolved.")]

    @classmethod
    def of(cls, resolution: Resolution) -> Self:
        """The answer's view of a resolution."""
        return cls(outcome=resolution.outcome, memory_id=resolution.memory_id, at=resolution.at)


class ConflictRead(Answer):
    """Two memories that may contradict each other and were both left alone."""

    id: Annotated[str, Field(description="The conflict's id.")]
    status: Annotated[ConflictStatus, Field(description="`open` or `resolved`.")]
    reason: Annotated[str, Field(description="Why they may contradict each other, in words.")]
    at: Annotated[ShownTime, Field(description="When it was noticed.")]
    old: Annotated[ConflictingMemory, Field(description="The memory that was there.")]
    new: Annotated[ConflictingMemory, Field(description="The memory that was stored then.")]
    resolution: Annotated[ResolutionRead | None, Field(description="How it was resolved; null while open.")]

    @classmethod
    def of(cls, pair: ConflictingPair) -> Self:
        """The answer's view of a conflict."""
        return cls(
            id=pair.id,
            status=pair.status,
            reason=pair.reason,
            at=pair.at,
            old=ConflictingMemory.of(pair.old),
            new=ConflictingMemory.of(pair.new),
            resolution=None if pair.resolution is None else ResolutionRead.of(pair.resolution),
        )


class ConflictResolved(Answer):
    """A conflict that is settled."""

    conflict: Annotated[ConflictRead, Field(description="The conflict with its resolution.")]
    memory: Annotated[
        ConflictingMemory | None, Field(description="The memory that stands; null where both do.")
    ]

    @classmethod
    def of(cls, resolved: ResolvedConflict) -> Self:
        """The answer to a resolution."""
        return cls(
            conflict=ConflictRead.of(resolved.conflict),
            memory=None if resolved.memory is None else ConflictingMemory.of(resolved.memory),
        )


class ConflictList(Answer):
    """One page of conflicts, newest first."""

    conflicts: Annotated[list[ConflictRead], Field(description="The page.")]
    limit: Annotated[int, Field(description="The limit after clamping.")]
    offset: Annotated[int, Field(description="The offset after clamping.")]
    total: Annotated[int, Field(description="How many conflicts match on all pages together.")]

    @classmethod
    def of(cls, page: ConflictPage, *, query: ConflictListQuery) -> Self:
        """The answer to a listing."""
        conflicts = [ConflictRead.of(one) for one in page.conflicts]
        return cls(conflicts=conflicts, limit=query.limit, offset=query.offset, total=page.total)
