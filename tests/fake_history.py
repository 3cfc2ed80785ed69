"""Chains of replaced memories in dictionaries, as `app.ports.HistoryStore` promises."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.domain import admission, history
from app.domain.history import HistoryEntry, Replacement, Restoration
from app.domain.models import FOREVER, Memory, MemoryStatus
from app.errors import Conflict, NotFound, QuotaExceeded
from app.ports import MemoryTransaction, Once
from tests.fake_transaction import InMemoryTransaction, Records
from tests.fakes import InMemoryMemories


class InMemoryHistory:
    """`HistoryStore` over the memories of `tests.fakes`."""

    def __init__(self, memories: InMemoryMemories) -> None:
        self._memories = memories

    async def chain(self, *, tenant_id: str, memory_id: str) -> Sequence[HistoryEntry]:
        async def read(transaction: MemoryTransaction) -> Sequence[HistoryEntry]:
            return _chain(records_of(transaction), tenant_id, memory_id)

        return await self._memories.write(read)

    async def restore(
        self,
        *,
        tenant_id: str,
        memory_id: str,
        at: datetime,
        memory_limit: int | None,
        once: Once[Sequence[HistoryEntry]] | None = None,
    ) -> Sequence[HistoryEntry]:
        async def bring_back(transaction: MemoryTransaction) -> Sequence[HistoryEntry]:
            records = records_of(transaction)
            chain = _chain(records, tenant_id, memory_id)
            plan = history.restoration(chain, memory_id=memory_id, at=at)
            _refuse_obstacles(records, plan, memory_limit)
            await _apply(transaction, plan)
            return _chain(records, tenant_id, memory_id)

        return await self._memories.write(bring_back, once=once)


def records_of(transaction: MemoryTransaction) -> Records:
    assert isinstance(transaction, InMemoryTransaction)
    return transaction.records


def refuse_same_words(records: Records, memory: Memory, *, besides: Sequence[str] = ()) -> None:
    for other in records.active(memory.tenant_id):
        if (
            other.content_hash == memory.content_hash
            and other.id not in besides
            and admission.are_comparable(other, memory)
            and _room(other) == _room(memory)
        ):
            raise Conflict("An active memory says the same already", existing_id=other.id)


def _room(one: Memory) -> tuple[str, ...]:
    return (one.scope_id,) if one.team_id is None else (one.team_id, one.namespace)


def _chain(records: Records, tenant_id: str, memory_id: str) -> list[HistoryEntry]:
    if (tenant_id, memory_id) not in records.memories:
        return []
    latest = list(_successors(records, tenant_id, memory_id))[-1]
    entries = [
        _entry(records, one)
        for one in records.memories.values()
        if one.tenant_id == tenant_id and latest in _successors(records, tenant_id, one.id)
    ]
    return sorted(entries, key=lambda one: (one.memory.valid_from, one.memory.recorded_at, one.memory.id))


def _successors(records: Records, tenant_id: str, memory_id: str) -> Iterator[str]:
    following: str | None = memory_id
    while following is not None:
        yield following
        following = records.memories[tenant_id, following].replaced_by


def _entry(records: Records, memory: Memory) -> HistoryEntry:
    supersession = records.superseded.get((memory.tenant_id, memory.id))
    if memory.replaced_by is None or supersession is None:
        return HistoryEntry(memory=memory, superseded_by=None)
    replacement = Replacement(
        memory_id=supersession.new_id,
        reason=supersession.reason,
        evidence=history.evidence_lines(supersession.evidence),
        at=supersession.at,
    )
    return HistoryEntry(memory=memory, superseded_by=replacement)


def _refuse_obstacles(records: Records, plan: Restoration, memory_limit: int | None) -> None:
    scope = records.scopes.get(plan.memory.scope_id)
    is_owned = plan.memory.space_id is None if scope is None else records.has_owner(scope)
    if not is_owned:
        raise NotFound("Memory not found")
    refuse_same_words(records, plan.memory)
    used = len(records.active(plan.memory.tenant_id))
    if memory_limit is not None and plan.adds_one and used >= memory_limit:
        raise QuotaExceeded("Memory limit reached", limit=memory_limit, used=used)


async def _apply(transaction: MemoryTransaction, plan: Restoration) -> None:
    memories, tenant_id = records_of(transaction).memories, plan.memory.tenant_id
    memories[tenant_id, plan.memory.id] = dataclasses.replace(
        plan.memory,
        status=MemoryStatus.ACTIVE,
        replaced_by=None,
        valid_to=FOREVER,
        retired_at=FOREVER,
        version=plan.memory.version + 1,
    )
    for memory_id in plan.revived_ids:
        one = memories[tenant_id, memory_id]
        memories[tenant_id, memory_id] = dataclasses.replace(
            one, status=MemoryStatus.SUPERSEDED, version=one.version + 1
        )
    if plan.retired is not None:
        await transaction.supersede([plan.retired], tenant_id=tenant_id)
