"""What every `MemoryStore` promises, asked of the fakes and of Neo4j alike."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from app.domain.admission import Candidate
from app.domain.models import FOREVER, Neighbour, Scope, Visibility
from app.ports import Listing, MemoryTransaction
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory


def listing(scope: Scope, *, offset: int = 0, limit: int = 50) -> Listing:
    return Listing(tenant_id=scope.tenant_id, scope_ids=[scope.id], offset=offset, limit=limit)


async def test_a_stored_memory_comes_back_as_it_was(stores: Stores, scope: Scope) -> None:
    one = memory(
        scope,
        "Owns a “Škoda”; speaks 日本語 🚲\nand `Cypher` {x: $y} +scope_id:abc~ \\u0000",
        at=NOW.replace(microsecond=123456),
        metadata={"nested": {"list": [1, 2.5, None, True, "é"]}, "empty": {}},
        importance=1.0,
    )
    await remembered.store(stores.memories, scope, one)
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == one


async def test_a_memory_of_a_team_keeps_its_agent_and_team(stores: Stores, scope: Scope) -> None:
    one = dataclasses.replace(
        memory(scope, visibility=Visibility.TEAM), agent_id="agent-1", team_id="team-1", valid_to=NOW
    )
    await remembered.store(stores.memories, scope, one)
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == one


async def test_an_unknown_id_is_none(stores: Stores, tenant_id: str) -> None:
    assert await stores.memories.get(tenant_id=tenant_id, memory_id="nothing") is None


async def test_creating_a_memory_again_leaves_the_first(stores: Stores, scope: Scope) -> None:
    one = memory(scope)
    await remembered.store(stores.memories, scope, one)
    await remembered.store(stores.memories, scope, dataclasses.replace(one, text="Likes coffee"))
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == one
    assert await stores.memories.count_active(tenant_id=scope.tenant_id) == 1


async def test_a_memory_cannot_be_put_into_a_scope_of_another_tenant(stores: Stores, scope: Scope) -> None:
    await remembered.store(stores.memories, scope, memory(scope))
    intruder = dataclasses.replace(memory(scope), tenant_id="another")

    async def intrude(transaction: MemoryTransaction) -> None:
        candidate = Candidate(memory=intruder, vector=axis(0))
        await transaction.create([candidate], tenant_id="another", scopes=[scope])

    with pytest.raises(ValueError, match="scope"):
        await stores.memories.write(intrude)
    assert await stores.memories.count_active(tenant_id="another") == 0


async def test_a_transaction_that_fails_leaves_nothing(stores: Stores, scope: Scope) -> None:
    one = memory(scope)

    async def fail(transaction: MemoryTransaction) -> None:
        await transaction.create(
            [Candidate(memory=one, vector=axis(0))], tenant_id=scope.tenant_id, scopes=[scope]
        )
        raise LookupError("half way")

    with pytest.raises(LookupError):
        await stores.memories.write(fail)
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) is None


async def test_writing_nothing_is_allowed(stores: Stores, scope: Scope) -> None:
    async def nothing(transaction: MemoryTransaction) -> Mapping[str, Sequence[Neighbour]]:
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[])
        await transaction.lock_tenant(tenant_id=scope.tenant_id)
        await transaction.create([], tenant_id=scope.tenant_id, scopes=[])
        await transaction.refresh([], tenant_id=scope.tenant_id)
        return await transaction.compare([], tenant_id=scope.tenant_id, limit=5)

    assert await stores.memories.write(nothing) == {}


async def test_refresh_changes_the_age_the_metadata_and_the_version_alone(
    stores: Stores, scope: Scope
) -> None:
    one = memory(scope, metadata={"a": 1})
    await remembered.store(stores.memories, scope, one)
    again = dataclasses.replace(
        one, refreshed_at=NOW + timedelta(days=1), metadata={"a": 1, "b": 2}, version=2
    )

    async def refresh(transaction: MemoryTransaction) -> None:
        changed = dataclasses.replace(again, text="another text", importance=0.9)
        await transaction.refresh([changed], tenant_id=scope.tenant_id)

    await stores.memories.write(refresh)
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == again


async def test_pages_follow_each_other_without_gap_or_overlap(stores: Stores, scope: Scope) -> None:
    same_time = [memory(scope, f"same {number}") for number in range(4)]
    older = [memory(scope, f"old {number}", at=NOW - timedelta(days=number + 1)) for number in range(3)]
    await remembered.store(stores.memories, scope, *same_time, *older)
    pages = [await stores.memories.page(listing(scope, offset=offset, limit=3)) for offset in (0, 3, 6, 9)]
    texts = [[one.text for one in page.memories] for page in pages]
    assert texts == [["same 3", "same 2", "same 1"], ["same 0", "old 0", "old 1"], ["old 2"], []]
    assert {page.total for page in pages} == {7}


async def test_of_equally_old_facts_the_last_to_arrive_is_listed_first(stores: Stores, scope: Scope) -> None:
    early = memory(scope, "arrived first")
    late = dataclasses.replace(memory(scope, "arrived last"), recorded_at=NOW + timedelta(hours=1), id="0")
    await remembered.store(stores.memories, scope, early, late)
    page = await stores.memories.page(listing(scope))
    assert [one.text for one in page.memories] == ["arrived last", "arrived first"]


async def test_a_page_ranges_over_all_the_given_scopes(stores: Stores, scope: Scope) -> None:
    other = remembered.scope_of(scope.tenant_id, namespace="work")
    third = remembered.scope_of(scope.tenant_id, namespace="private")
    for number, one in enumerate([scope, other, third]):
        await remembered.store(
            stores.memories, one, memory(one, one.namespace, at=NOW + timedelta(days=number))
        )
    page = await stores.memories.page(
        Listing(tenant_id=scope.tenant_id, scope_ids=[scope.id, other.id], offset=0, limit=10)
    )
    assert ([one.text for one in page.memories], page.total) == (["work", "default"], 2)


async def test_a_listing_can_be_cut_down_to_a_visibility_and_a_source(stores: Stores, scope: Scope) -> None:
    wanted = memory(scope, "wanted", visibility=Visibility.TEAM, source="chat")
    private = memory(scope, "private", source="chat")
    otherwise = memory(scope, "otherwise", visibility=Visibility.TEAM)
    await remembered.store(stores.memories, scope, wanted, private, otherwise)
    chosen = dataclasses.replace(listing(scope), visibility=Visibility.TEAM, source="chat")
    page = await stores.memories.page(chosen)
    assert ([one.id for one in page.memories], page.total) == ([wanted.id], 1)


async def test_only_active_memories_are_listed_and_counted(stores: Stores, scope: Scope) -> None:
    old, current, gone = memory(scope, "a"), memory(scope, "b"), memory(scope, "c")
    await remembered.store(stores.memories, scope, old, current, gone)
    await stores.supersede(old, current, NOW)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=gone.id, at=NOW)
    page = await stores.memories.page(listing(scope))
    assert ([one.id for one in page.memories], page.total) == ([current.id], 1)
    assert await stores.memories.count_active(tenant_id=scope.tenant_id) == 1


async def test_an_update_changes_what_is_given_and_raises_the_version(stores: Stores, scope: Scope) -> None:
    one = memory(scope)
    await remembered.store(stores.memories, scope, one)
    changed = await stores.memories.update(tenant_id=scope.tenant_id, memory_id=one.id, importance=0.0)
    assert changed == dataclasses.replace(one, importance=0.0, version=2)
    again = await stores.memories.update(tenant_id=scope.tenant_id, memory_id=one.id, importance=None)
    assert again == dataclasses.replace(one, importance=0.0, version=3)
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == again


async def test_a_second_delete_finds_nothing(stores: Stores, scope: Scope) -> None:
    one = memory(scope)
    await remembered.store(stores.memories, scope, one)
    assert await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=one.id, at=NOW)
    assert not await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=one.id, at=NOW)


async def test_open_ends_lie_in_the_far_future(stores: Stores, scope: Scope) -> None:
    one = memory(scope)
    await remembered.store(stores.memories, scope, one)
    stored = await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id)
    assert stored is not None
    assert (stored.valid_to, stored.retired_at) == (FOREVER, FOREVER)


async def test_no_method_shows_or_changes_a_memory_of_another_tenant(stores: Stores, scope: Scope) -> None:
    one = memory(scope)
    await remembered.store(stores.memories, scope, one, vectors=[axis(0)])
    other, memories = "another tenant", stores.memories
    foreign = Listing(tenant_id=other, scope_ids=[scope.id], offset=0, limit=5)

    async def intrude(transaction: MemoryTransaction) -> Sequence[Neighbour]:
        await transaction.refresh([dataclasses.replace(one, version=9)], tenant_id=other)
        twin = Candidate(memory=memory(scope), vector=axis(0))
        known = await transaction.compare([twin], tenant_id=other, limit=5)
        return known[twin.memory.id]

    assert await memories.write(intrude) == []
    assert await memories.get(tenant_id=other, memory_id=one.id) is None
    assert (await memories.page(foreign)).memories == []
    assert (await memories.page(foreign)).total == 0
    assert await memories.count_active(tenant_id=other) == 0
    assert await memories.predecessors(tenant_id=other, memory_id=one.id) == []
    assert await memories.update(tenant_id=other, memory_id=one.id, importance=0.1) is None
    assert not await memories.delete(tenant_id=other, memory_id=one.id, at=NOW)
    assert await memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == one
