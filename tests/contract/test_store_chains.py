"""Chains of memories that took each other's place, asked of the fakes and of Neo4j alike."""

from datetime import timedelta

from app.domain.admission import Supersession
from app.domain.history import HistoryEntry, Replacement
from app.domain.judge.decision import Evidence
from app.domain.models import Memory, MemoryStatus, Scope
from app.ports import MemoryTransaction
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, memory


async def chain_of(stores: Stores, scope: Scope, memory_id: str) -> list[HistoryEntry]:
    return list(await stores.history.chain(tenant_id=scope.tenant_id, memory_id=memory_id))


async def branched(stores: Stores, scope: Scope) -> list[Memory]:
    """Four memories, oldest first; the first two were replaced by the third, that one by the last."""
    chain = [memory(scope, name, at=NOW + timedelta(days=number)) for number, name in enumerate("abcd")]
    await remembered.store(stores.memories, scope, *chain)
    await stores.supersede(chain[0], chain[2], NOW)
    await stores.supersede(chain[1], chain[2], NOW)
    await stores.supersede(chain[2], chain[3], NOW)
    return chain


async def test_the_chain_is_the_same_from_each_of_its_memories(stores: Stores, scope: Scope) -> None:
    a, b, c, d = await branched(stores, scope)
    expected = [(a.id, c.id), (b.id, c.id), (c.id, d.id), (d.id, None)]
    for one in (a, b, c, d):
        found = await chain_of(stores, scope, one.id)
        by = [entry.superseded_by and entry.superseded_by.memory_id for entry in found]
        assert list(zip([entry.memory.id for entry in found], by, strict=True)) == expected


async def test_what_took_its_place_is_told_with_reason_evidence_and_time(
    stores: Stores, scope: Scope
) -> None:
    old, new = memory(scope, "Lives in Rome"), memory(scope, "Lives in Oslo", at=NOW + timedelta(days=1))
    await remembered.store(stores.memories, scope, old, new)
    given = Supersession(
        old_id=old.id,
        new_id=new.id,
        reason="another city",
        evidence=Evidence(common=["lives", "in"], only_stored=["rome"], only_new=["oslo"]),
        at=NOW + timedelta(days=2),
        valid_to=new.valid_from,
    )

    async def supersede(transaction: MemoryTransaction) -> None:
        await transaction.supersede([given], tenant_id=scope.tenant_id)

    await stores.memories.write(supersede)
    first, last = await chain_of(stores, scope, new.id)
    assert first.superseded_by == Replacement(
        memory_id=new.id,
        reason="another city",
        evidence=["both: lives, in", "before: rome", "now: oslo"],
        at=given.at,
    )
    assert (first.memory.status, first.memory.valid_to) == (MemoryStatus.SUPERSEDED, new.valid_from)
    assert last == HistoryEntry(memory=new, superseded_by=None)


async def test_a_memory_without_history_is_a_chain_of_one(stores: Stores, scope: Scope) -> None:
    alone, other = memory(scope, "alone"), memory(scope, "other")
    await remembered.store(stores.memories, scope, alone, other)
    assert await chain_of(stores, scope, alone.id) == [HistoryEntry(memory=alone, superseded_by=None)]


async def test_a_deleted_chain_is_still_there_to_be_restored(stores: Stores, scope: Scope) -> None:
    *_, latest = await branched(stores, scope)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=latest.id, at=NOW)
    found = await chain_of(stores, scope, latest.id)
    assert [one.memory.status for one in found] == [MemoryStatus.DELETED] * 4


async def test_unknown_and_foreign_memories_have_no_chain(stores: Stores, scope: Scope) -> None:
    one, *_ = await branched(stores, scope)
    assert await stores.history.chain(tenant_id=scope.tenant_id, memory_id="unknown") == []
    assert await stores.history.chain(tenant_id="another", memory_id=one.id) == []
