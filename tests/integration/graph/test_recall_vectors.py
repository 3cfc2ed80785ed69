"""Memories by their vectors, what ranking needs to know of them, and all of a scope page by page."""

import dataclasses
from datetime import timedelta
from itertools import pairwise

import pytest

from app.domain.models import Memory, MemoryStatus, Scope
from app.graph.store import GraphStore
from app.ports import CandidatesQuery, Nearest, ScanQuery, VectorQuery
from tests import remembered
from tests.integration.graph import joined
from tests.raw_cypher import RawCypher
from tests.remembered import NOW, axis, memory

_BOTH = (MemoryStatus.ACTIVE, MemoryStatus.SUPERSEDED)


def near(scope: Scope, limit: int) -> VectorQuery:
    return VectorQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=axis(0), limit=limit)


def about(scope: Scope, *memories: Memory) -> CandidatesQuery:
    return CandidatesQuery(
        tenant_id=scope.tenant_id,
        scope_ids=[scope.id],
        memory_ids=[one.id for one in memories],
        vector=axis(0),
    )


async def at_cosines(graph: GraphStore, scope: Scope, *cosines: float) -> list[Memory]:
    memories = [memory(scope, f"at {cosine}") for cosine in cosines]
    vectors = [axis(0, cosine=cosine) for cosine in cosines]
    await remembered.store(graph.memories, scope, *memories, vectors=vectors)
    return memories


async def test_the_nearest_come_first_each_once(graph: GraphStore, scope: Scope, raw: RawCypher) -> None:
    far, near_one, middle = await at_cosines(graph, scope, 0.2, 0.9, 0.5)
    await joined.add_passage(raw, far, "a passage", axis(0, cosine=0.7))
    await joined.add_passage(raw, near_one, "a passage", axis(0, cosine=0.8))
    found = await graph.recall.nearest(near(scope, 10))
    assert list(found.memory_ids) == [near_one.id, far.id, middle.id]


async def test_what_is_named_is_told_beside_the_nearest_with_its_cosine(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    far, near_one, middle = await at_cosines(graph, scope, 0.2, 0.9, 0.5)
    await joined.add_passage(raw, far, "a passage", axis(0, cosine=0.3))
    foreign = memory(remembered.scope_of("somebody"), "not ours")
    named = dataclasses.replace(near(scope, 1), also_ids=[far.id, near_one.id, foreign.id, "nobody"])
    answer = await graph.recall.nearest(named)
    assert list(answer.memory_ids) == [near_one.id]
    cosines = {one.memory.id: one.cosine for one in answer.found}
    assert cosines == {near_one.id: pytest.approx(0.9, abs=1e-5), far.id: pytest.approx(0.3, abs=1e-5)}
    assert [one.passages for one in answer.found if one.memory.id == far.id] == [["a passage"]]
    assert middle.id not in cosines


async def test_many_passages_of_one_memory_do_not_starve_the_others(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    long, other, last = await at_cosines(graph, scope, 0.1, 0.3, 0.2)
    for _ in range(12):
        await joined.add_passage(raw, long, "a passage", axis(0, cosine=0.9))
    assert list((await graph.recall.nearest(near(scope, 2))).memory_ids) == [long.id, other.id]
    assert list((await graph.recall.nearest(near(scope, 9))).memory_ids) == [long.id, other.id, last.id]


async def test_superseded_memories_are_near_only_when_asked_for(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    old, new = await at_cosines(graph, scope, 0.9, 0.5)
    await raw.supersede(old, by=new, at=NOW)
    assert list((await graph.recall.nearest(near(scope, 5))).memory_ids) == [new.id]
    asked = dataclasses.replace(near(scope, 5), statuses=_BOTH)
    assert list((await graph.recall.nearest(asked)).memory_ids) == [old.id, new.id]


async def test_another_tenant_with_the_same_vectors_changes_nothing(
    graph: GraphStore, scope: Scope, tenant_id: str
) -> None:
    cosines = [number / 40 for number in range(30)]
    await at_cosines(graph, scope, *cosines)
    before = (await graph.recall.nearest(near(scope, 10))).memory_ids
    foreign = remembered.scope_of(f"other {tenant_id}")
    await at_cosines(graph, foreign, *(cosines * 10))
    assert (await graph.recall.nearest(near(scope, 10))).memory_ids == before
    stolen = dataclasses.replace(near(scope, 10), tenant_id=foreign.tenant_id)
    assert await graph.recall.nearest(stolen) == Nearest(memory_ids=[], found=[])


async def test_among_named_memories_the_order_is_exact_and_cut(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    far, left_out, middle, low = await at_cosines(graph, scope, 0.2, 0.95, 0.5, 0.1)
    await joined.add_passage(raw, far, "a passage", axis(0, cosine=0.9))
    found = await graph.recall.nearest_of(about(scope, far, middle, low), limit=2)
    assert list(found) == [far.id, middle.id]
    assert left_out.id not in found


async def test_to_be_near_needs_a_vector(graph: GraphStore, scope: Scope) -> None:
    with pytest.raises(ValueError, match="without a vector"):
        await graph.recall.nearest_of(dataclasses.replace(about(scope), vector=None), limit=2)


async def test_a_candidate_comes_whole_with_its_best_cosine_and_its_passages(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    turn = dataclasses.replace(
        memory(scope, "Hello", metadata={"a": 1}),
        title="A title",
        speaker="Melanie",
        conversation_id="c",
        turn=3,
    )
    await remembered.store(graph.memories, scope, turn, vectors=[axis(0, cosine=0.3)])
    await joined.add_passage(raw, turn, "Hi\nHello", axis(0, cosine=0.6))
    (found,) = await graph.recall.candidates(about(scope, turn))
    assert found.memory == turn
    assert (found.cosine, list(found.passages)) == (pytest.approx(0.6, abs=1e-5), ["Hi\nHello"])


async def test_of_many_passages_the_nearest_come(graph: GraphStore, scope: Scope, raw: RawCypher) -> None:
    (long,) = await at_cosines(graph, scope, 0.99)
    for number in range(14):
        await joined.add_passage(raw, long, f"p{number}", axis(0, cosine=number / 20))
    (found,) = await graph.recall.candidates(about(scope, long))
    assert list(found.passages) == [f"p{number}" for number in reversed(range(2, 14))]
    assert found.cosine == pytest.approx(0.99, abs=1e-5)


async def test_without_a_vector_candidates_have_no_cosine(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    (one,) = await at_cosines(graph, scope, 0.9)
    await joined.add_passage(raw, one, "a passage", axis(0))
    (found,) = await graph.recall.candidates(dataclasses.replace(about(scope, one), vector=None))
    assert (found.cosine, list(found.passages)) == (0.0, ["a passage"])


async def test_foreign_superseded_and_unknown_candidates_are_left_out(
    graph: GraphStore, scope: Scope, raw: RawCypher, tenant_id: str
) -> None:
    old, new = await at_cosines(graph, scope, 0.9, 0.5)
    await raw.supersede(old, by=new, at=NOW)
    (other,) = await at_cosines(graph, remembered.scope_of(tenant_id, namespace="other"), 0.9)
    (foreign,) = await at_cosines(graph, remembered.scope_of(f"other {tenant_id}"), 0.9)
    asked = about(scope, old, new, other, foreign, memory(scope))
    assert [one.memory.id for one in await graph.recall.candidates(asked)] == [new.id]
    history = dataclasses.replace(asked, statuses=_BOTH)
    assert {one.memory.id for one in await graph.recall.candidates(history)} == {old.id, new.id}
    assert list(await graph.recall.nearest_of(asked, limit=9)) == [new.id]
    stolen = dataclasses.replace(asked, tenant_id=foreign.tenant_id)
    assert await graph.recall.candidates(stolen) == []


async def test_likeness_is_told_of_each_pair_once(graph: GraphStore, scope: Scope, tenant_id: str) -> None:
    one, other, third = await at_cosines(graph, scope, 1.0, 0.6, 0.0)
    (foreign,) = await at_cosines(graph, remembered.scope_of(f"other {tenant_id}"), 1.0)
    asked = [third.id, one.id, other.id, foreign.id]
    pairs = await graph.recall.alike(tenant_id=tenant_id, memory_ids=asked, least_cosine=-1)
    assert {(pair.one_id, pair.other_id): round(pair.cosine, 5) for pair in pairs} == {
        (one.id, other.id): 0.6,
        (one.id, third.id): 0.0,
        (other.id, third.id): 0.8,
    }
    (nearest,) = await graph.recall.alike(tenant_id=tenant_id, memory_ids=asked, least_cosine=0.7)
    assert (nearest.one_id, nearest.other_id) == (other.id, third.id)


@pytest.mark.parametrize("count", [0, 1])
async def test_fewer_than_two_memories_have_no_pairs(graph: GraphStore, scope: Scope, count: int) -> None:
    memories = await at_cosines(graph, scope, *[1.0] * count)
    ids = [one.id for one in memories]
    pairs = await graph.recall.alike(tenant_id=scope.tenant_id, memory_ids=ids, least_cosine=0)
    assert list(pairs) == []


async def test_pages_hold_every_memory_of_the_scopes_once(graph: GraphStore, tenant_id: str) -> None:
    scopes = [remembered.scope_of(tenant_id, namespace=f"n{number}") for number in range(23)]
    stored: list[Memory] = []
    for number, scope in enumerate(scopes):
        # Equal texts have equal hashes: a page may end between two of them.
        memories = [memory(scope, "again" if turn % 2 else f"{turn}") for turn in range(number % 4)]
        await remembered.store(graph.memories, scope, *memories)
        stored += memories
    query = ScanQuery(tenant_id=tenant_id, scope_ids=[scope.id for scope in scopes], limit=4)
    pages = [await graph.recall.scan(query)]
    while len(pages[-1]) == query.limit:
        pages.append(await graph.recall.scan(dataclasses.replace(query, after=pages[-1][-1])))
    found = [one for page in pages for one in page]
    assert sorted(found, key=lambda one: one.id) == sorted(stored, key=lambda one: one.id)
    places = [(one.scope_id, one.content_hash, one.id) for one in found]
    assert all(before < after for before, after in pairwise(places))


async def test_a_refreshed_memory_keeps_its_page(graph: GraphStore, scope: Scope, raw: RawCypher) -> None:
    await at_cosines(graph, scope, 0.1, 0.2, 0.3, 0.4)
    query = ScanQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], limit=2)
    first = await graph.recall.scan(query)
    await raw.run(
        "MATCH (m:Memory {scope_id: $scope_id}) SET m.refreshed_at = $at",
        scope_id=scope.id,
        at=NOW + timedelta(days=1),
    )
    second = await graph.recall.scan(dataclasses.replace(query, after=first[-1]))
    assert len({one.id for one in [*first, *second]}) == 4


async def test_a_page_holds_the_asked_status_of_the_tenant(
    graph: GraphStore, scope: Scope, raw: RawCypher, tenant_id: str
) -> None:
    old, new = await at_cosines(graph, scope, 0.9, 0.5)
    await raw.supersede(old, by=new, at=NOW)
    query = ScanQuery(tenant_id=tenant_id, scope_ids=[scope.id], limit=9)
    assert [one.id for one in await graph.recall.scan(query)] == [new.id]
    assert len(await graph.recall.scan(dataclasses.replace(query, statuses=_BOTH))) == 2
    assert await graph.recall.scan(dataclasses.replace(query, tenant_id=f"other {tenant_id}")) == []
