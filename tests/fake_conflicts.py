"""Conflicts between memories in a dictionary, as `app.ports.ConflictStore` promises."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime

from app.domain import conflicts
from app.domain.admission import Suspicion
from app.domain.conflicts import Choice, ConflictingPair, ConflictStatus, Resolution
from app.domain.models import MemoryStatus
from app.errors import NotFound
from app.ports import ConflictListing, ConflictPage, MemoryTransaction, Once, ResolvedConflict
from tests.fake_history import records_of, refuse_same_words
from tests.fake_transaction import Records
from tests.fakes import InMemoryMemories


class InMemoryConflicts:
    """`ConflictStore` over the memories of `tests.fakes`, in which conflicts are noted."""

    def __init__(self, memories: InMemoryMemories) -> None:
        self._memories = memories
        self._resolutions: dict[str, Resolution] = {}

    async def get(self, *, tenant_id: str, conflict_id: str) -> ConflictingPair | None:
        async def read(transaction: MemoryTransaction) -> ConflictingPair | None:
            return self._find(records_of(transaction), tenant_id, conflict_id)

        return await self._memories.write(read)

    async def page(self, listing: ConflictListing) -> ConflictPage:
        async def read(transaction: MemoryTransaction) -> ConflictPage:
            pairs = self._pairs(records_of(transaction), listing.tenant_id)
            shown = [one for one in pairs if _is_listed(one, listing)]
            shown.sort(key=lambda one: (one.at, one.id), reverse=True)
            end = listing.offset + listing.limit
            return ConflictPage(conflicts=shown[listing.offset : end], total=len(shown))

        return await self._memories.write(read)

    async def resolve(
        self,
        choice: Choice,
        *,
        tenant_id: str,
        conflict_id: str,
        at: datetime,
        once: Once[ResolvedConflict] | None = None,
    ) -> ResolvedConflict:
        async def settle(transaction: MemoryTransaction) -> ResolvedConflict:
            records = records_of(transaction)
            pair = self._found(records, tenant_id, conflict_id)
            settlement = conflicts.settle(pair, choice, at=at)
            if settlement.created is not None:
                merged = settlement.created.memory
                refuse_same_words(records, merged, besides=[pair.old.id, pair.new.id])
                await transaction.create([settlement.created], tenant_id=tenant_id, scopes=[])
            await transaction.supersede(settlement.superseded, tenant_id=tenant_id)
            self._resolutions[conflict_id] = settlement.resolution
            standing = records.memories.get((tenant_id, settlement.resolution.memory_id or ""))
            now = self._found(records, tenant_id, conflict_id)
            return ResolvedConflict(conflict=now, memory=standing)

        return await self._memories.write(settle, once=once)

    def _found(self, records: Records, tenant_id: str, conflict_id: str) -> ConflictingPair:
        pair = self._find(records, tenant_id, conflict_id)
        if pair is None:
            raise NotFound("Conflict not found")
        return pair

    def _find(self, records: Records, tenant_id: str, conflict_id: str) -> ConflictingPair | None:
        return next((one for one in self._pairs(records, tenant_id) if one.id == conflict_id), None)

    def _pairs(self, records: Records, tenant_id: str) -> Iterator[ConflictingPair]:
        for owner, suspicion in _suspicions(records.conflicts):
            if owner == tenant_id:
                conflict_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{suspicion.new_id} {suspicion.old_id}"))
                yield ConflictingPair(
                    id=conflict_id,
                    old=records.memories[tenant_id, suspicion.old_id],
                    new=records.memories[tenant_id, suspicion.new_id],
                    reason=suspicion.reason,
                    at=suspicion.at,
                    resolution=self._resolutions.get(conflict_id),
                )


def _suspicions(noted: Mapping[tuple[str, str, str], Suspicion]) -> Iterator[tuple[str, Suspicion]]:
    for (tenant_id, _, _), suspicion in noted.items():
        yield tenant_id, suspicion


def _is_listed(pair: ConflictingPair, listing: ConflictListing) -> bool:
    both = (pair.old, pair.new)
    statuses = {one.status for one in both}
    if pair.status is not listing.status or MemoryStatus.DELETED in statuses:
        return False
    if pair.status is ConflictStatus.OPEN and statuses != {MemoryStatus.ACTIVE}:
        return False
    return listing.user_id in (None, *(one.user_id for one in both)) and listing.namespace in (
        None,
        *(one.namespace for one in both),
    )
