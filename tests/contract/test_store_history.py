"""What became of superseded memories, asked of the fakes and of Neo4j alike."""

import dataclasses
from datetime import timedelta

from app.domain.models import Memory, MemoryStatus, Scope
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, memory


async def test_history_can_be_neither_updated_nor_deleted(stores: Stores, scope: Scope) -> None:
    old, current = memory(scope, "a"), memory(scope, "b")
    await remembered.store(stores.memories, scope, old, current)
    await stores.supersede(old, current, NOW)
    tenant_id = scope.tenant_id
    updated = await stores.memories.update(tenant_id=tenant_id, memory_id=old.id, importance=0.1)
    assert updated is None
    assert not await stores.memories.delete(tenant_id=tenant_id, memory_id=old.id, at=NOW)


async def test_a_superseded_memory_names_the_one_in_its_place(stores: Stores, scope: Scope) -> None:
    old, current = memory(scope, "a"), memory(scope, "b")
    await remembered.store(stores.memories, scope, old, current)
    await stores.supersede(old, current, NOW)
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=old.id) == dataclasses.replace(
        old, status=MemoryStatus.SUPERSEDED, replaced_by=current.id, retired_at=NOW
    )


async def history(stores: Stores, scope: Scope) -> list[Memory]:
    """Four memories, oldest first; the first two were replaced by the third, that one by the last."""
    chain = [memory(scope, name, at=NOW + timedelta(days=number)) for number, name in enumerate("abcd")]
    await remembered.store(stores.memories, scope, *chain)
    await stores.supersede(chain[0], chain[2], NOW)
    await stores.supersede(chain[1], chain[2], NOW)
    await stores.supersede(chain[2], chain[3], NOW)
    return chain


async def test_predecessors_are_the_whole_history_newest_first(stores: Stores, scope: Scope) -> None:
    chain = await history(stores, scope)
    found = await stores.memories.predecessors(tenant_id=scope.tenant_id, memory_id=chain[3].id)
    assert [(one.text, one.replaced_by) for one in found] == [
        ("c", chain[3].id),
        ("b", chain[2].id),
        ("a", chain[2].id),
    ]


async def test_several_histories_come_at_once_each_by_its_own_id(stores: Stores, scope: Scope) -> None:
    chain = await history(stores, scope)
    asked = [chain[3].id, chain[2].id, chain[0].id, "nothing"]
    found = await stores.memories.histories(tenant_id=scope.tenant_id, memory_ids=asked)
    assert {memory_id: [one.text for one in each] for memory_id, each in found.items()} == {
        chain[3].id: ["c", "b", "a"],
        chain[2].id: ["b", "a"],
        chain[0].id: [],
        "nothing": [],
    }
    foreign = await stores.memories.histories(tenant_id="somebody", memory_ids=asked[:1])
    assert foreign == {chain[3].id: []}


async def test_a_memory_without_history_has_no_predecessors(stores: Stores, scope: Scope) -> None:
    chain = await history(stores, scope)
    assert await stores.memories.predecessors(tenant_id=scope.tenant_id, memory_id=chain[0].id) == []
    assert await stores.memories.predecessors(tenant_id=scope.tenant_id, memory_id="nothing") == []


async def test_deleting_takes_the_whole_history_along(stores: Stores, scope: Scope) -> None:
    chain = await history(stores, scope)
    assert await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=chain[3].id, at=NOW)
    left = [await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) for one in chain]
    assert left == [None] * 4
    assert await stores.memories.predecessors(tenant_id=scope.tenant_id, memory_id=chain[3].id) == []
