"""What every `LinkStore` promises, asked of the fakes and of Neo4j alike."""

import dataclasses
import uuid
from collections.abc import Iterable

import pytest

from app.domain import links as linking
from app.domain.links import CarriedFrom, Link
from app.domain.models import JsonObject, Memory, Scope
from app.errors import Conflict, NotFound
from app.ports import LinkQuery, MemoryTransaction
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, memory

MOST = 10_000


def link_between(
    start: Memory,
    end: Memory,
    relationship_type: str = "context_for",
    *,
    weight: float = 1.0,
    metadata: JsonObject | None = None,
) -> Link:
    return Link(
        id=linking.new_id(from_memory_id=start.id, random=uuid.uuid4()),
        from_memory_id=start.id,
        to_memory_id=end.id,
        relationship_type=relationship_type,
        weight=weight,
        created_at=NOW,
        metadata=metadata or {},
    )


def query(scope: Scope, *memories: Memory, passed: Iterable[Memory] = ()) -> LinkQuery:
    return LinkQuery(
        tenant_id=scope.tenant_id,
        memory_ids=[one.id for one in memories],
        passed=[one.id for one in passed],
        links_per_memory=100,
        limit=100,
    )


async def stored(stores: Stores, scope: Scope, *texts: str) -> list[Memory]:
    memories = [memory(scope, text) for text in texts]
    await remembered.store(stores.memories, scope, *memories)
    return memories


async def written(stores: Stores, scope: Scope, *links: Link) -> None:
    for link in links:
        await stores.links.create(link, tenant_id=scope.tenant_id, most_graph_types=MOST)


async def test_a_link_is_found_from_both_its_ends_as_it_was_written(stores: Stores, scope: Scope) -> None:
    a, b = await stored(stores, scope, "a", "b")
    link = link_between(a, b, "führt `zu`", weight=0.25, metadata={"a": ["é", 1, None]})
    await written(stores, scope, link)
    for end in (a, b):
        found = await stores.links.around(query(scope, end))
        assert (found.links, found.truncated) == ([link], False)


async def test_a_link_with_two_ends_asked_for_is_answered_once(stores: Stores, scope: Scope) -> None:
    a, b = await stored(stores, scope, "a", "b")
    link = link_between(a, b)
    await written(stores, scope, link)
    assert (await stores.links.around(query(scope, a, b))).links == [link]


async def test_the_same_link_again_is_refused_with_the_id_of_the_first(stores: Stores, scope: Scope) -> None:
    a, b = await stored(stores, scope, "a", "b")
    first, second = link_between(a, b), link_between(a, b, weight=0.5)
    await written(stores, scope, first)
    with pytest.raises(Conflict) as refusal:
        await written(stores, scope, second)
    assert refusal.value.existing_id == first.id
    assert (await stores.links.around(query(scope, a))).links == [first]


async def test_a_repeated_write_of_a_link_changes_nothing(stores: Stores, scope: Scope) -> None:
    a, b = await stored(stores, scope, "a", "b")
    link = link_between(a, b)
    await written(stores, scope, link, link)
    assert (await stores.links.around(query(scope, a))).links == [link]


async def test_the_other_direction_and_other_words_are_other_links(stores: Stores, scope: Scope) -> None:
    a, b = await stored(stores, scope, "a", "b")
    links = [
        link_between(a, b, "needs"),
        link_between(b, a, "needs"),
        link_between(a, b, "Needs"),
        link_between(a, b, "needs!"),
    ]
    await written(stores, scope, *links)
    found = (await stores.links.around(query(scope, a))).links
    assert {one.id: one for one in found} == {one.id: one for one in links}
    chosen = dataclasses.replace(query(scope, a), relationship_type="Needs")
    assert (await stores.links.around(chosen)).links == [links[2]]


@pytest.mark.parametrize(
    "words", ["-->", "in", "IN", "superseded_by", "`x`]->(y)", "'\"\\", "مرتبط بـ", "日本"]
)
async def test_any_words_make_a_link(stores: Stores, scope: Scope, words: str) -> None:
    a, b = await stored(stores, scope, "a", "b")
    link = link_between(a, b, words)
    await written(stores, scope, link)
    assert (await stores.links.around(query(scope, b))).links == [link]
    assert await stores.links.delete(tenant_id=scope.tenant_id, edge_id=link.id)


async def test_the_strongest_come_first_then_the_smallest_id(stores: Stores, scope: Scope) -> None:
    a, *others = await stored(stores, scope, "a", "b", "c", "d", "e")
    weights = [0.5, 0.9, 0.5, 0.0]
    links = [link_between(a, other, weight=weight) for other, weight in zip(others, weights, strict=True)]
    await written(stores, scope, *links)
    found = await stores.links.around(query(scope, a))
    assert found.links == sorted(links, key=lambda one: (-one.weight, one.id))


async def test_links_to_passed_memories_are_left_out(stores: Stores, scope: Scope) -> None:
    a, b, c = await stored(stores, scope, "a", "b", "c")
    onward = link_between(b, c)
    await written(stores, scope, link_between(a, b), onward)
    assert (await stores.links.around(query(scope, b, passed=[a]))).links == [onward]


async def test_a_limit_keeps_the_strongest_and_says_so(stores: Stores, scope: Scope) -> None:
    a, *others = await stored(stores, scope, "a", "b", "c", "d")
    links = [link_between(a, other, weight=0.1 * number) for number, other in enumerate(others)]
    await written(stores, scope, *links)
    everything = query(scope, a)
    per_memory = await stores.links.around(dataclasses.replace(everything, links_per_memory=2))
    in_all = await stores.links.around(dataclasses.replace(everything, limit=1))
    exactly = await stores.links.around(dataclasses.replace(everything, limit=3, links_per_memory=3))
    assert (per_memory.links, per_memory.truncated) == ([links[2], links[1]], True)
    assert (in_all.links, in_all.truncated) == ([links[2]], True)
    assert (len(exactly.links), exactly.truncated) == (3, False)


async def test_links_among_memories_have_both_ends_there(stores: Stores, scope: Scope) -> None:
    a, b, c = await stored(stores, scope, "a", "b", "c")
    inside, outside = link_between(b, a, weight=0.5), link_between(b, c)
    strongest = link_between(a, b, "more")
    await written(stores, scope, inside, outside, strongest)
    ids = [a.id, b.id]
    found = await stores.links.among(tenant_id=scope.tenant_id, memory_ids=ids, limit=9)
    cut = await stores.links.among(tenant_id=scope.tenant_id, memory_ids=ids, limit=1)
    assert (found.links, found.truncated) == ([strongest, inside], False)
    assert (cut.links, cut.truncated) == ([strongest], True)


async def test_links_join_memories_of_different_scopes(stores: Stores, scope: Scope) -> None:
    elsewhere = remembered.scope_of(scope.tenant_id, user_id="ben", namespace="work")
    (a,), (b,) = await stored(stores, scope, "a"), await stored(stores, elsewhere, "b")
    link = link_between(a, b)
    await written(stores, scope, link)
    assert (await stores.links.around(query(scope, b))).links == [link]


async def test_hidden_and_unknown_memories_are_not_joined(stores: Stores, scope: Scope) -> None:
    a, old, gone = await stored(stores, scope, "a", "old", "gone")
    await stores.supersede(old, a, NOW)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=gone.id, at=NOW)
    for hidden in (old, gone, memory(scope, "never stored")):
        for link in (link_between(a, hidden), link_between(hidden, a)):
            with pytest.raises(NotFound):
                await written(stores, scope, link)


async def test_links_of_a_hidden_memory_are_as_good_as_gone(stores: Stores, scope: Scope) -> None:
    a, old, gone = await stored(stores, scope, "a", "old", "gone")
    links = [link_between(a, old), link_between(gone, a), link_between(old, gone)]
    await written(stores, scope, *links)
    await stores.supersede(old, a, NOW)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=gone.id, at=NOW)
    ids = [one.id for one in (a, old, gone)]
    assert (await stores.links.around(query(scope, a, old, gone))).links == []
    assert (await stores.links.among(tenant_id=scope.tenant_id, memory_ids=ids, limit=9)).links == []
    for link in links:
        assert not await stores.links.delete(tenant_id=scope.tenant_id, edge_id=link.id)
    assert await stores.links.memories(tenant_id=scope.tenant_id, memory_ids=ids) == {a.id: a}


async def test_a_deleted_link_is_gone_and_can_be_made_again(stores: Stores, scope: Scope) -> None:
    a, b = await stored(stores, scope, "a", "b")
    link, again = link_between(a, b), link_between(a, b)
    await written(stores, scope, link)
    assert await stores.links.delete(tenant_id=scope.tenant_id, edge_id=link.id)
    assert not await stores.links.delete(tenant_id=scope.tenant_id, edge_id=link.id)
    assert (await stores.links.around(query(scope, a))).links == []
    await written(stores, scope, again)
    assert (await stores.links.around(query(scope, a))).links == [again]


@pytest.mark.parametrize("edge_id", ["", "nothing", "00000000-0000-0000-0000-000000000000", "%", "*"])
async def test_an_id_of_no_link_deletes_nothing(stores: Stores, scope: Scope, edge_id: str) -> None:
    a, b = await stored(stores, scope, "a", "b")
    link = link_between(a, b)
    await written(stores, scope, link)
    assert not await stores.links.delete(tenant_id=scope.tenant_id, edge_id=edge_id)
    assert not await stores.links.delete(tenant_id=scope.tenant_id, edge_id=a.id)
    assert (await stores.links.around(query(scope, a))).links == [link]


async def test_no_method_shows_or_changes_a_link_of_another_tenant(stores: Stores, scope: Scope) -> None:
    a, b, c = await stored(stores, scope, "a", "b", "c")
    link = link_between(a, b)
    await written(stores, scope, link)
    foreign = dataclasses.replace(query(scope, a), tenant_id="another tenant")
    assert (await stores.links.around(foreign)).links == []
    ids = [a.id, b.id]
    assert (await stores.links.among(tenant_id="another tenant", memory_ids=ids, limit=9)).links == []
    assert await stores.links.memories(tenant_id="another tenant", memory_ids=ids) == {}
    assert not await stores.links.delete(tenant_id="another tenant", edge_id=link.id)
    with pytest.raises(NotFound):
        await stores.links.create(link_between(a, c), tenant_id="another tenant", most_graph_types=MOST)
    assert (await stores.links.around(query(scope, a))).links == [link]


async def carry(stores: Stores, old: Memory, new: Memory) -> None:
    async def work(transaction: MemoryTransaction) -> None:
        await transaction.carry_links(tenant_id=old.tenant_id, old_id=old.id, new_id=new.id)

    await stores.memories.write(work)


async def test_links_are_carried_to_the_memory_in_place_of_the_old(stores: Stores, scope: Scope) -> None:
    old, new, b, c = await stored(stores, scope, "old", "new", "b", "c")
    outgoing = link_between(old, b, "needs", weight=0.5, metadata={"a": 1})
    incoming = link_between(c, old, "explains", weight=0.7)
    await written(stores, scope, outgoing, incoming)
    await stores.supersede(old, new, NOW)
    await carry(stores, old, new)
    found = (await stores.links.around(query(scope, new))).links
    expected = [(incoming, c, new), (outgoing, new, b)]
    assert list(found) == [
        dataclasses.replace(
            original,
            id=copy.id,
            from_memory_id=start.id,
            to_memory_id=end.id,
            carried_from=CarriedFrom(edge_id=original.id, memory_id=old.id),
        )
        for copy, (original, start, end) in zip(found, expected, strict=True)
    ]
    assert {one.id for one in found}.isdisjoint({outgoing.id, incoming.id})


async def test_a_carried_link_can_be_deleted_and_its_original_can_not(stores: Stores, scope: Scope) -> None:
    old, new, b = await stored(stores, scope, "old", "new", "b")
    originals = [link_between(old, b), link_between(b, old)]
    await written(stores, scope, *originals)
    await stores.supersede(old, new, NOW)
    await carry(stores, old, new)
    for copy in (await stores.links.around(query(scope, new))).links:
        assert await stores.links.delete(tenant_id=scope.tenant_id, edge_id=copy.id)
    for link in originals:
        assert not await stores.links.delete(tenant_id=scope.tenant_id, edge_id=link.id)


async def test_carrying_again_and_from_a_second_memory_makes_no_doubles(stores: Stores, scope: Scope) -> None:
    first, second, new, b = await stored(stores, scope, "first", "second", "new", "b")
    await written(stores, scope, link_between(first, b), link_between(second, b), link_between(first, second))
    for old in (first, second):
        await stores.supersede(old, new, NOW)
    for old in (first, first, second):
        await carry(stores, old, new)
    (copy,) = (await stores.links.around(query(scope, new))).links
    assert (copy.from_memory_id, copy.to_memory_id) == (new.id, b.id)
    assert copy.carried_from is not None
    assert copy.carried_from.memory_id == first.id


async def test_links_to_hidden_memories_and_to_the_new_one_are_not_carried(
    stores: Stores, scope: Scope
) -> None:
    old, new, gone = await stored(stores, scope, "old", "new", "gone")
    await written(stores, scope, link_between(old, gone), link_between(old, new), link_between(new, old))
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=gone.id, at=NOW)
    await stores.supersede(old, new, NOW)
    await carry(stores, old, new)
    assert (await stores.links.around(query(scope, new))).links == []
