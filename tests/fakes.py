"""Hand-written stand-ins for what lies outside the services, with the behaviour that `app.ports` promises."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from app.domain import filters
from app.domain.admission import Candidate, Supersession
from app.domain.conversations import Tails
from app.domain.judge.decision import Evidence
from app.domain.models import (
    Memory,
    MemoryPage,
    MemoryStatus,
    Neighbour,
    Scope,
    Visibility,
)
from app.domain.recall import Lane
from app.errors import Unavailable
from app.ports import LeastFadedQuery, Listing, MemoryTransaction, NearestQuery, Once, ReadinessCheck
from tests.fake_links import InMemoryLinks
from tests.fake_recall import InMemoryRecallIndex
from tests.fake_receipts import InMemoryReceipts
from tests.fake_scopes import InMemoryScopes
from tests.fake_transaction import InMemoryTransaction, Records, any_owner

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


class InMemoryMemories:
    """`MemoryStore` and `MemorySearch` in dictionaries; every search is exact."""

    def __init__(
        self, receipts: InMemoryReceipts | None = None, *, has_owner: Callable[[Scope], bool] | None = None
    ) -> None:
        self._records = Records(has_owner=has_owner or any_owner)
        self._receipts = receipts or InMemoryReceipts()
        self._one_writer = asyncio.Lock()

    def scope_store(self) -> InMemoryScopes:
        """The scopes of these memories."""
        return InMemoryScopes(lambda: self._records.scopes.values())

    def recall_index(self, *, failing: frozenset[Lane] = frozenset()) -> InMemoryRecallIndex:
        """The lanes of recall over these memories."""
        return InMemoryRecallIndex(lambda: self._records, failing=failing)

    def link_store(self) -> InMemoryLinks:
        """The links between these memories."""
        return InMemoryLinks(
            active=lambda tenant_id: self._records.active(tenant_id),
            table=lambda: self._records.links,
            receipts=self._receipts,
        )

    async def write(
        self, work: Callable[[MemoryTransaction], Awaitable[T]], *, once: Once[T] | None = None
    ) -> T:
        async with self._one_writer:
            await self._receipts.refuse_repetition(once)
            transaction = InMemoryTransaction(self._records.copy())
            answer = await work(transaction)
            self._receipts.record(once, answer)
            self._records = transaction.records
            return answer

    async def compared(self, candidate: Candidate, *, tenant_id: str, limit: int) -> Sequence[Neighbour]:
        reader = InMemoryTransaction(self._records)
        known = await reader.compare([candidate], tenant_id=tenant_id, limit=limit)
        return known[candidate.memory.id]

    async def tails(self, memories: Sequence[Memory], *, tenant_id: str) -> Tails:
        return await InMemoryTransaction(self._records).tails(memories, tenant_id=tenant_id)

    async def get(self, *, tenant_id: str, memory_id: str) -> Memory | None:
        one = self._records.memories.get((tenant_id, memory_id))
        return None if one is None or one.status is MemoryStatus.DELETED else one

    async def predecessors(self, *, tenant_id: str, memory_id: str) -> Sequence[Memory]:
        if await self.get(tenant_id=tenant_id, memory_id=memory_id) is None:
            return []
        found = [one for one in self._history(tenant_id, memory_id) if one.id != memory_id]
        return sorted(found, key=_newest_first, reverse=True)

    async def histories(self, *, tenant_id: str, memory_ids: Sequence[str]) -> Mapping[str, Sequence[Memory]]:
        return {one: await self.predecessors(tenant_id=tenant_id, memory_id=one) for one in memory_ids}

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
        self, *, tenant_id: str, memory_id: str, importance: float | None, moved_to: Scope | None = None
    ) -> Memory | None:
        one = self._records.memories.get((tenant_id, memory_id))
        if one is None or one.status is not MemoryStatus.ACTIVE:
            return None
        changed = dataclasses.replace(
            one,
            importance=one.importance if importance is None else importance,
            version=one.version + 1,
        )
        if moved_to is not None:
            self._records.add_scope(moved_to)
            self._records.remove_windows(one)
            changed = dataclasses.replace(
                changed,
                scope_id=moved_to.id,
                team_id=moved_to.team_id,
                visibility=Visibility.PRIVATE if moved_to.team_id is None else Visibility.TEAM,
            )
        self._records.memories[tenant_id, memory_id] = changed
        return changed

    async def delete(self, *, tenant_id: str, memory_id: str, at: datetime) -> bool:
        one = self._records.memories.get((tenant_id, memory_id))
        if one is None or one.status is not MemoryStatus.ACTIVE:
            return False
        self._records.remove_windows(one)
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
            and filters.keeps(one.metadata, wanted=query.metadata)
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

    def change_all(self, tenant_id: str, change: Callable[[Memory], Memory]) -> None:
        """Put every memory of a tenant through `change`, whatever its status."""
        for key, one in list(self._records.memories.items()):
            if one.tenant_id == tenant_id:
                self._records.memories[key] = change(one)

    def window_of(self, memory: Memory) -> str | None:
        """The text of a turn's window."""
        window = self._records.windows.get((memory.tenant_id, memory.id))
        return None if window is None else window.text

    def entities_of(self, memory: Memory) -> Sequence[str]:
        """The names that came with a memory."""
        return self._records.entities.get((memory.tenant_id, memory.id), ())

    def drop_scopes(self, tenant_id: str, *, owner_id: str) -> None:
        """Forget the scopes of a team or a space."""
        scopes = self._records.scopes.items()
        self._records.scopes = {
            id: one
            for id, one in scopes
            if one.tenant_id != tenant_id or owner_id not in (one.team_id, one.space_id)
        }

    def supersede(self, old: Memory, *, by: Memory, at: datetime) -> None:
        """Make `old` the history of `by`, as a change of a fact would."""
        self._records.memories[old.tenant_id, old.id] = dataclasses.replace(
            old, status=MemoryStatus.SUPERSEDED, replaced_by=by.id, retired_at=at
        )
        self._records.superseded[old.tenant_id, old.id] = Supersession(
            old_id=old.id, new_id=by.id, reason="a test", evidence=Evidence(), at=at, valid_to=old.valid_to
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
