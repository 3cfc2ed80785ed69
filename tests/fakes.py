"""Hand-written stand-ins for what lies outside the services, with the behaviour that `app.ports` promises."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from app.domain.admission import Candidate
from app.domain.links import Link
from app.domain.models import (
    Memory,
    MemoryPage,
    MemoryStatus,
    Neighbour,
    Scope,
    Vector,
    Visibility,
)
from app.errors import Unavailable
from app.ports import LeastFadedQuery, Listing, MemoryTransaction, NearestQuery, ReadinessCheck
from tests import fake_links
from tests.fake_links import InMemoryLinks

T = TypeVar("T")
_BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def move(self, by: timedelta) -> None:
        self._now += by


@dataclass
class _Records:
    memories: dict[tuple[str, str], Memory] = field(default_factory=dict[tuple[str, str], Memory])
    vectors: dict[tuple[str, str], Vector] = field(default_factory=dict[tuple[str, str], Vector])
    scopes: dict[str, Scope] = field(default_factory=dict[str, Scope])
    links: dict[tuple[str, str], Link] = field(default_factory=dict[tuple[str, str], Link])

    def copy(self) -> "_Records":
        return _Records(
            memories=dict(self.memories),
            vectors=dict(self.vectors),
            scopes=dict(self.scopes),
            links=dict(self.links),
        )

    def active(self, tenant_id: str) -> list[Memory]:
        return [
            one
            for one in self.memories.values()
            if one.tenant_id == tenant_id and one.status is MemoryStatus.ACTIVE
        ]

    def neighbours(self, memories: Iterable[Memory], vector: Vector, limit: int) -> list[Neighbour]:
        found = [Neighbour(memory=one, cosine=float(self._vector(one) @ vector)) for one in memories]
        return sorted(found, key=lambda one: (-one.cosine, one.memory.id))[:limit]

    def _vector(self, memory: Memory) -> Vector:
        return self.vectors[memory.tenant_id, memory.id]


class _Transaction:
    """Works on a copy, which becomes the truth when the transaction ends well."""

    def __init__(self, records: _Records) -> None:
        self.records = records

    async def lock(self, *, tenant_id: str, scope_ids: Sequence[str]) -> None:
        """One transaction runs at a time, so there is nothing to lock."""

    async def lock_tenant(self, *, tenant_id: str) -> None:
        """One transaction runs at a time, so there is nothing to lock."""

    async def compare(
        self, candidates: Sequence[Candidate], *, tenant_id: str, limit: int
    ) -> Mapping[str, Sequence[Neighbour]]:
        return {one.memory.id: self._compared(one, tenant_id, limit) for one in candidates}

    def _compared(self, candidate: Candidate, tenant_id: str, limit: int) -> list[Neighbour]:
        others = [
            one
            for one in self.records.active(tenant_id)
            if one.scope_id == candidate.memory.scope_id and one.id != candidate.memory.id
        ]
        near = self.records.neighbours(others, candidate.vector, limit)
        by_id = {one.memory.id: one for one in near}
        for one in others:
            if one.content_hash == candidate.memory.content_hash:
                by_id[one.id] = Neighbour(memory=one, cosine=1.0)
        return sorted(by_id.values(), key=lambda one: (-one.cosine, one.memory.id))

    async def count_active(self, *, tenant_id: str) -> int:
        return len(self.records.active(tenant_id))

    async def create(
        self, candidates: Sequence[Candidate], *, tenant_id: str, scopes: Sequence[Scope]
    ) -> None:
        for scope in scopes:
            self.records.scopes.setdefault(scope.id, scope)
        for one in candidates:
            scope = self.records.scopes.get(one.memory.scope_id)
            if scope is None or scope.tenant_id != tenant_id:
                raise ValueError(f"{one.memory.id} has no scope of this tenant")
            key = (tenant_id, one.memory.id)
            self.records.memories.setdefault(key, one.memory)
            self.records.vectors.setdefault(key, one.vector)

    async def refresh(self, memories: Sequence[Memory], *, tenant_id: str) -> None:
        for one in memories:
            stored = self.records.memories.get((tenant_id, one.id))
            if stored is not None:
                self.records.memories[tenant_id, one.id] = dataclasses.replace(
                    stored, refreshed_at=one.refreshed_at, metadata=one.metadata, version=one.version
                )

    async def carry_links(self, *, tenant_id: str, old_id: str, new_id: str) -> None:
        active = {one.id for one in self.records.active(tenant_id)}
        fake_links.carry(self.records.links, tenant_id=tenant_id, old_id=old_id, new_id=new_id, active=active)


class InMemoryMemories:
    """`MemoryStore` and `MemorySearch` in dictionaries; every search is exact."""

    def __init__(self) -> None:
        self._records = _Records()
        self._one_writer = asyncio.Lock()

    def link_store(self) -> InMemoryLinks:
        """The links between these memories."""
        return InMemoryLinks(
            active=lambda tenant_id: self._records.active(tenant_id), table=lambda: self._records.links
        )

    async def write(self, work: Callable[[MemoryTransaction], Awaitable[T]]) -> T:
        async with self._one_writer:
            transaction = _Transaction(self._records.copy())
            answer = await work(transaction)
            self._records = transaction.records
            return answer

    async def get(self, *, tenant_id: str, memory_id: str) -> Memory | None:
        one = self._records.memories.get((tenant_id, memory_id))
        return None if one is None or one.status is MemoryStatus.DELETED else one

    async def predecessors(self, *, tenant_id: str, memory_id: str) -> Sequence[Memory]:
        if await self.get(tenant_id=tenant_id, memory_id=memory_id) is None:
            return []
        found = [one for one in self._history(tenant_id, memory_id) if one.id != memory_id]
        return sorted(found, key=_newest_first, reverse=True)

    async def page(self, listing: Listing) -> MemoryPage:
        chosen = [
            one for one in self._within(listing.tenant_id, listing.scope_ids) if _is_listed(one, listing)
        ]
        chosen.sort(key=_newest_first, reverse=True)
        end = listing.offset + listing.limit
        return MemoryPage(memories=chosen[listing.offset : end], total=len(chosen))

    async def count_active(self, *, tenant_id: str) -> int:
        return len(self._records.active(tenant_id))

    async def update(
        self, *, tenant_id: str, memory_id: str, importance: float | None, visibility: Visibility | None
    ) -> Memory | None:
        one = self._records.memories.get((tenant_id, memory_id))
        if one is None or one.status is not MemoryStatus.ACTIVE:
            return None
        changed = dataclasses.replace(
            one,
            importance=one.importance if importance is None else importance,
            visibility=one.visibility if visibility is None else visibility,
            version=one.version + 1,
        )
        self._records.memories[tenant_id, memory_id] = changed
        return changed

    async def delete(self, *, tenant_id: str, memory_id: str, at: datetime) -> bool:
        one = self._records.memories.get((tenant_id, memory_id))
        if one is None or one.status is not MemoryStatus.ACTIVE:
            return False
        for gone in self._history(tenant_id, memory_id):
            retired_at = at if gone.status is MemoryStatus.ACTIVE else gone.retired_at
            self._records.memories[tenant_id, gone.id] = dataclasses.replace(
                gone, status=MemoryStatus.DELETED, retired_at=retired_at
            )
        return True

    async def nearest(self, query: NearestQuery) -> Sequence[Neighbour]:
        chosen = [
            one
            for one in self._within(query.tenant_id, query.scope_ids)
            if one.refreshed_at >= (query.refreshed_from or _BEFORE_ALL)
            and query.source in (None, one.source)
        ]
        return self._records.neighbours(chosen, query.vector, query.limit)

    async def least_faded(self, query: LeastFadedQuery) -> Sequence[Memory]:
        def fading(one: Memory) -> float:
            age_seconds = max(0.0, (query.now - one.refreshed_at).total_seconds())
            return age_seconds / max(one.importance, query.importance_floor)

        chosen = [
            one
            for one in self._within(query.tenant_id, query.scope_ids)
            if one.refreshed_at >= (query.refreshed_from or _BEFORE_ALL)
        ]
        ordered = sorted(chosen, key=lambda one: (fading(one), -one.valid_from.timestamp(), one.id))
        return ordered[: query.limit]

    def supersede(self, old: Memory, *, by: Memory, at: datetime) -> None:
        """Make `old` the history of `by`, as a change of a fact would."""
        self._records.memories[old.tenant_id, old.id] = dataclasses.replace(
            old, status=MemoryStatus.SUPERSEDED, replaced_by=by.id, retired_at=at
        )

    def _within(self, tenant_id: str, scope_ids: Sequence[str]) -> list[Memory]:
        return [one for one in self._records.active(tenant_id) if one.scope_id in scope_ids]

    def _history(self, tenant_id: str, memory_id: str) -> list[Memory]:
        found = [self._records.memories[tenant_id, memory_id]]
        for newer in found:
            found += [
                one
                for one in self._records.memories.values()
                if one.tenant_id == tenant_id and one.replaced_by == newer.id
            ]
        return found


class FakeDatabaseHealth:
    """A database that is up until `down` is set."""

    def __init__(self) -> None:
        self.down = False

    async def ping(self) -> None:
        if self.down:
            raise Unavailable("The database cannot be reached; try again in a few seconds")

    async def readiness(self) -> Sequence[ReadinessCheck]:
        return [ReadinessCheck(name="database", ok=not self.down, detail="in memory")]


def _newest_first(one: Memory) -> tuple[datetime, datetime, str]:
    return (one.valid_from, one.recorded_at, one.id)


def _is_listed(one: Memory, listing: Listing) -> bool:
    return listing.visibility in (None, one.visibility) and listing.source in (None, one.source)
