"""Memories in spaces: none ever replaces another, and a calibrated score without decay orders them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import uuid6

from app.domain import admission, batches
from app.domain import scope as scopes
from app.domain import text as texts
from app.domain.admission import Candidate, Judge, Plan, Room
from app.domain.calibration import Curve
from app.domain.models import JsonObject, JsonValue, Memory
from app.domain.spaces import Space, SpaceSize
from app.errors import NotFound
from app.ports import (
    Clock,
    Embedder,
    Listing,
    MemoryStore,
    MemoryTransaction,
    NearestQuery,
    Once,
    SpaceStore,
)
from app.services import embedding_texts
from app.services.recall import Recall

_COMPARED_NEIGHBOURS = 5
_SOURCE = "api"
_IMPORTANCE = 0.5
"""What `/v1` gives a memory of which nothing else is said; on this surface nothing fades."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceDraft:
    """A text as a caller hands it in, for the space of that name."""

    space: str
    text: str
    title: str
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceQuery:
    """A search in the space of that name; `metadata` is what results must have. `limit` at least 1."""

    space: str
    query: str
    limit: int
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceMemory:
    """A memory with the space it lies in."""

    memory: Memory
    space: Space


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The memory that now holds a text, and whether it was written for it."""

    memory: Memory
    space: Space
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredMemory:
    """A memory that was found, with its score in [0, 1], unrounded."""

    memory: Memory
    space: Space
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spaces:
    """Spaces and what lies in them. `memory_limit` bounds the tenant's active memories of all kinds."""

    spaces: SpaceStore
    memories: MemoryStore
    recall: Recall
    embedder: Embedder
    clock: Clock
    judge: Judge
    curve: Curve
    memory_limit: int | None

    async def add(self, draft: SpaceDraft, *, tenant_id: str, once: Once[Added] | None = None) -> Added:
        """Store a text, and its space where there is none of that name.

        Raises: InvalidInput when metadata outgrow their limit, QuotaExceeded, Repeated, Unavailable.
        """
        now = self.clock.now()
        vectors = await embedding_texts.vectors_of([draft.text], embedder=self.embedder)
        parts = embedding_texts.parts(draft.text, vectors=vectors)
        # Ids are made here, so that a retried write is the same.
        new_space = Space(id=_new_id(), tenant_id=tenant_id, name=draft.space, created_at=now)
        memory_id = _new_id()

        async def decide_and_apply(transaction: MemoryTransaction, space: Space) -> Added:
            memory = _memory(draft, space, memory_id=memory_id, now=now)
            candidate = Candidate(memory=memory, vector=vectors[draft.text], passages=parts)
            plan = await self._plan(candidate, transaction)
            scope = scopes.space_scope(tenant_id=tenant_id, space_id=space.id)
            await transaction.create(plan.created, tenant_id=tenant_id, scopes=[scope])
            await transaction.refresh(plan.refreshed, tenant_id=tenant_id)
            return _added(plan, space)

        return await self.spaces.write(new_space, decide_and_apply, once=once)

    async def search(self, query: SpaceQuery, *, tenant_id: str) -> list[ScoredMemory]:
        """The best memories by score, then newest first, then by id; none where there is no such space.

        Raises: Unavailable.
        """
        space = await self.spaces.named(tenant_id=tenant_id, name=query.space)
        if space is None:
            return []
        (vector,) = await self.embedder.embed([query.query])
        nearest = NearestQuery(
            tenant_id=tenant_id,
            scope_ids=[_scope_id(space)],
            vector=vector,
            limit=2 * query.limit,
            metadata=query.metadata,
        )
        found = await self.recall.nearest(nearest, limit=query.limit)
        scored = [
            ScoredMemory(memory=one.memory, space=space, score=self.curve.score(one.cosine)) for one in found
        ]
        return sorted(scored, key=_order)[: query.limit]

    async def newest(self, *, tenant_id: str, space: str, limit: int) -> list[SpaceMemory]:
        """The newest memories of the space of that name, last come first; none where there is no such space.

        Raises: Unavailable.
        """
        found = await self.spaces.named(tenant_id=tenant_id, name=space)
        if found is None:
            return []
        listing = Listing(tenant_id=tenant_id, scope_ids=[_scope_id(found)], offset=0, limit=limit)
        page = await self.memories.page(listing)
        return [SpaceMemory(memory=one, space=found) for one in page.memories]

    async def memory(self, *, tenant_id: str, memory_id: str) -> SpaceMemory:
        """One memory of any space. Raises: NotFound, also for memories outside spaces; Unavailable."""
        memory = await self.memories.get(tenant_id=tenant_id, memory_id=memory_id)
        if memory is not None and memory.space_id is not None:
            space = await self.spaces.get(tenant_id=tenant_id, space_id=memory.space_id)
            if space is not None:
                return SpaceMemory(memory=memory, space=space)
        raise NotFound("Memory not found")

    async def delete_memory(self, *, tenant_id: str, memory_id: str) -> None:
        """Delete one memory of any space. Raises: NotFound, also for memories outside spaces; Unavailable."""
        await self.memory(tenant_id=tenant_id, memory_id=memory_id)
        if not await self.memories.delete(tenant_id=tenant_id, memory_id=memory_id, at=self.clock.now()):
            raise NotFound("Memory not found")

    async def page(self, *, tenant_id: str, offset: int, limit: int) -> tuple[Sequence[SpaceSize], int]:
        """One page of spaces by name in code-point order, and how many there are. Raises: Unavailable."""
        return await self.spaces.page(tenant_id=tenant_id, offset=offset, limit=limit)

    async def delete(self, *, tenant_id: str, id_or_name: str) -> None:
        """Remove a space with all its memories. Raises: NotFound, Unavailable."""
        if not await self.spaces.delete(tenant_id=tenant_id, id_or_name=id_or_name, at=self.clock.now()):
            raise NotFound("Space not found")

    async def _plan(self, candidate: Candidate, transaction: MemoryTransaction) -> Plan:
        tenant_id = candidate.memory.tenant_id
        room = await self._room(transaction, tenant_id)
        known = await transaction.compare([candidate], tenant_id=tenant_id, limit=_COMPARED_NEIGHBOURS)
        return admission.plan([candidate], known=known, judge=self.judge, room=room)

    async def _room(self, transaction: MemoryTransaction, tenant_id: str) -> Room | None:
        if self.memory_limit is None:
            return None
        # After the space, which nobody who holds the tenant ever waits for.
        await transaction.lock_tenant(tenant_id=tenant_id)
        used = await transaction.count_active(tenant_id=tenant_id)
        return Room(limit=self.memory_limit, used=used)


def _memory(draft: SpaceDraft, space: Space, *, memory_id: str, now: datetime) -> Memory:
    scope = scopes.space_scope(tenant_id=space.tenant_id, space_id=space.id)
    return Memory(
        id=memory_id,
        tenant_id=scope.tenant_id,
        scope_id=scope.id,
        space_id=scope.space_id,
        user_id=scope.user_id,
        namespace=scope.namespace,
        text=draft.text,
        title=draft.title,
        caption=texts.caption(draft.text),
        content_hash=texts.content_hash(draft.text),
        importance=_IMPORTANCE,
        source=_SOURCE,
        metadata=draft.metadata,
        valid_from=now,
        recorded_at=now,
        refreshed_at=now,
    )


def _added(plan: Plan, space: Space) -> Added:
    outcome = batches.only(plan.outcomes)
    touched = [*(one.memory for one in plan.created), *plan.refreshed]
    (memory,) = (one for one in touched if one.id == outcome.memory_id)
    return Added(memory=memory, space=space, is_new=outcome.stored)


def _order(one: ScoredMemory) -> tuple[float, float, str]:
    return (-one.score, -one.memory.valid_from.timestamp(), one.memory.id)


def _scope_id(space: Space) -> str:
    return scopes.space_scope(tenant_id=space.tenant_id, space_id=space.id).id


def _new_id() -> str:
    # Time-ordered ids keep the order of arrival.
    return str(uuid6.uuid7())
