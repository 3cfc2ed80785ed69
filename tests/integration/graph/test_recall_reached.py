"""What the graph joins with the memories found first, and how strongly."""

import dataclasses
import math
from collections.abc import Sequence
from itertools import pairwise

import pytest

from app.domain.models import Memory, MemoryStatus, Scope
from app.domain.recall import Reached, RouteKind
from app.graph.store import GraphStore
from app.ports import ReachQuery
from tests import remembered
from tests.integration.graph import joined
from tests.raw_cypher import RawCypher
from tests.remembered import memory


def from_seeds(scope: Scope, *seeds: Memory) -> ReachQuery:
    return ReachQuery(
        tenant_id=scope.tenant_id,
        scope_ids=[scope.id],
        seed_ids=[one.id for one in seeds],
        entity_keys=[],
        limit=50,
    )


def naming(scope: Scope, *keys: str) -> ReachQuery:
    return dataclasses.replace(from_seeds(scope), entity_keys=list(keys))


def route(
    one: Memory, *, seed: Memory | None, kind: RouteKind, via: str, strength: float
) -> tuple[str, str | None, RouteKind, str, float]:
    return (one.id, seed and seed.id, kind, via, round(strength, 6))


def routes(found: Sequence[Reached]) -> list[tuple[str, str | None, RouteKind, str, float]]:
    return [(one.memory_id, one.seed_id, one.kind, one.via, round(one.strength, 6)) for one in found]


async def some(graph: GraphStore, scope: Scope, count: int) -> list[Memory]:
    memories = [memory(scope, f"{scope.namespace} {number}") for number in range(count)]
    await remembered.store(graph.memories, scope, *memories)
    return memories


async def test_the_turns_before_and_after_are_reached(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    turns = await some(graph, scope, 4)
    await joined.follow(raw, *turns)
    found = await graph.recall.reached(from_seeds(scope, turns[1]))
    assert routes(found) == [
        route(turns[0], seed=turns[1], kind=RouteKind.TURN, via="before", strength=1 / 3),
        route(turns[2], seed=turns[1], kind=RouteKind.TURN, via="after", strength=1 / 3),
    ]


async def test_a_link_reaches_both_ways_by_its_weight(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    one, seed, other = await some(graph, scope, 3)
    await joined.link(raw, one, [seed], weight=0.4, relationship_type="caused by")
    await joined.link(raw, seed, [other], weight=0.9)
    assert routes(await graph.recall.reached(from_seeds(scope, seed))) == [
        route(other, seed=seed, kind=RouteKind.LINK, via="relates_to", strength=0.9),
        route(one, seed=seed, kind=RouteKind.LINK, via="caused by", strength=0.4),
    ]


async def test_a_hub_is_damped_by_its_links_alone(graph: GraphStore, scope: Scope, raw: RawCypher) -> None:
    seed, hub, *rest = await some(graph, scope, 10)
    await joined.link(raw, hub, [seed, *rest])
    await joined.mention(raw, "Thing", hub)
    await joined.follow(raw, hub, rest[0])
    found = await graph.recall.reached(from_seeds(scope, seed))
    assert routes(found) == [
        route(hub, seed=seed, kind=RouteKind.LINK, via="relates_to", strength=1 / math.sqrt(9))
    ]


async def test_of_many_links_the_strongest_are_kept(graph: GraphStore, scope: Scope, raw: RawCypher) -> None:
    seed, *rest = await some(graph, scope, 31)
    for number, one in enumerate(rest):
        await joined.link(raw, seed, [one], weight=number / 30)
    found = await graph.recall.reached(from_seeds(scope, seed))
    assert [one.memory_id for one in found] == [one.id for one in reversed(rest[10:])]


@pytest.mark.parametrize(
    ("types", "names"), [(None, {1, 2}), (["knows"], {1}), (["Knows"], set[int]()), ([], set[int]())]
)
async def test_only_links_of_the_asked_types_are_followed(
    graph: GraphStore, scope: Scope, raw: RawCypher, types: list[str] | None, names: set[int]
) -> None:
    memories = await some(graph, scope, 4)
    await joined.link(raw, memories[0], [memories[1]], relationship_type="knows")
    await joined.link(raw, memories[0], [memories[2]], relationship_type="likes")
    await joined.follow(raw, memories[0], memories[3])
    query = dataclasses.replace(from_seeds(scope, memories[0]), relationship_types=types)
    found = {one.memory_id for one in await graph.recall.reached(query)}
    assert found == {memories[number].id for number in names | {3}}


@pytest.mark.parametrize("depth", [1, 2, 3])
async def test_a_walk_goes_as_deep_as_asked_and_weakens(
    graph: GraphStore, scope: Scope, raw: RawCypher, depth: int
) -> None:
    chain = await some(graph, scope, 5)
    for start, end in pairwise(chain):
        await joined.link(raw, start, [end])
    query = dataclasses.replace(from_seeds(scope, chain[4]), depth=depth)
    found = await graph.recall.reached(query)
    assert [one.memory_id for one in found] == [chain[3 - number].id for number in range(depth)]
    assert found[-1].via == " > ".join(["relates_to"] * depth)
    # Each of those reached has two links, one of them back to where the walk came from.
    assert [one.strength for one in found] == pytest.approx([2 ** (-hop / 2) for hop in range(1, depth + 1)])


async def test_each_seed_has_its_own_route(graph: GraphStore, scope: Scope, raw: RawCypher) -> None:
    one, other, middle = await some(graph, scope, 3)
    await joined.link(raw, one, [middle], weight=0.5)
    await joined.link(raw, other, [middle], weight=1.0)
    found = await graph.recall.reached(from_seeds(scope, one, other))
    assert [(one.seed_id, round(one.strength, 4)) for one in found] == [
        (other.id, round(1 / math.sqrt(2), 4)),
        (one.id, round(0.5 / math.sqrt(2), 4)),
    ]


async def test_the_strongest_of_several_routes_is_kept(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    seed, other = await some(graph, scope, 2)
    await joined.follow(raw, seed, other)
    await joined.mention(raw, "Tea", seed, other)
    await joined.link(raw, seed, [other], weight=0.8)
    assert routes(await graph.recall.reached(from_seeds(scope, seed))) == [
        route(other, seed=seed, kind=RouteKind.LINK, via="relates_to", strength=0.8)
    ]


async def test_things_join_the_memories_about_them_and_those_that_mention_them(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    titled, one, other = await some(graph, scope, 3)
    await joined.mention(raw, "Ed Wood", titled, role="title")
    await joined.mention(raw, "Ed Wood", one)
    await joined.mention(raw, "Ed Wood", other, role="given")
    shared = math.sqrt(3)
    assert routes(await graph.recall.reached(from_seeds(scope, one))) == [
        route(titled, seed=one, kind=RouteKind.ENTITY, via="Ed Wood", strength=1 / shared),
        route(other, seed=one, kind=RouteKind.ENTITY, via="Ed Wood", strength=0.25 / shared),
    ]
    assert routes(await graph.recall.reached(from_seeds(scope, titled))) == [
        route(one, seed=titled, kind=RouteKind.ENTITY, via="Ed Wood", strength=0.5 / shared),
        route(other, seed=titled, kind=RouteKind.ENTITY, via="Ed Wood", strength=0.5 / shared),
    ]


async def test_a_thing_that_the_question_names_reaches_memories_without_a_seed(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    titled, one = await some(graph, scope, 2)
    await joined.mention(raw, "Ed Wood", titled, role="title")
    await joined.mention(raw, "Ed Wood", one)
    assert routes(await graph.recall.reached(naming(scope, "ed wood", "nobody"))) == [
        route(titled, seed=None, kind=RouteKind.ENTITY, via="Ed Wood", strength=0.8),
        route(one, seed=None, kind=RouteKind.ENTITY, via="Ed Wood", strength=0.4 / math.sqrt(2)),
    ]


async def test_at_most_the_limit_is_reached(graph: GraphStore, scope: Scope, raw: RawCypher) -> None:
    turns = await some(graph, scope, 3)
    await joined.follow(raw, *turns)
    await joined.link(raw, turns[1], [turns[2]], weight=0.9)
    query = dataclasses.replace(from_seeds(scope, turns[1]), limit=1)
    assert [one.memory_id for one in await graph.recall.reached(query)] == [turns[2].id]


@pytest.mark.parametrize("status", [MemoryStatus.SUPERSEDED, MemoryStatus.DELETED])
async def test_nothing_hidden_is_reached(
    graph: GraphStore, scope: Scope, raw: RawCypher, status: MemoryStatus
) -> None:
    seed, *hidden = await some(graph, scope, 4)
    await joined.follow(raw, seed, hidden[0])
    await joined.link(raw, seed, [hidden[1]])
    await joined.mention(raw, "Tea", seed, hidden[2])
    await raw.run(
        "MATCH (m:Memory) WHERE m.id IN $ids SET m.status = $status",
        ids=[one.id for one in hidden],
        status=status.value,
    )
    assert routes(await graph.recall.reached(from_seeds(scope, seed))) == []
    query = naming(scope, "tea")
    assert [one.memory_id for one in await graph.recall.reached(query)] == [seed.id]


async def test_nothing_outside_the_scopes_is_reached_or_reaches(
    graph: GraphStore, scope: Scope, raw: RawCypher, tenant_id: str
) -> None:
    (seed,) = await some(graph, scope, 1)
    others = await some(graph, remembered.scope_of(tenant_id, namespace="other"), 2)
    await joined.link(raw, seed, [others[0]])
    await joined.follow(raw, seed, others[1])
    await joined.mention(raw, "Tea", others[0])
    assert routes(await graph.recall.reached(from_seeds(scope, seed))) == []
    assert routes(await graph.recall.reached(from_seeds(scope, others[0]))) == []
    assert routes(await graph.recall.reached(naming(scope, "tea"))) == []


async def test_another_tenant_reaches_nothing(
    graph: GraphStore, scope: Scope, raw: RawCypher, tenant_id: str
) -> None:
    seed, other = await some(graph, scope, 2)
    await joined.link(raw, seed, [other])
    await joined.follow(raw, seed, other)
    await joined.mention(raw, "Tea", seed, other)
    query = dataclasses.replace(from_seeds(scope, seed), entity_keys=["tea"], tenant_id=f"other {tenant_id}")
    assert routes(await graph.recall.reached(query)) == []


async def test_the_links_of_a_hub_are_not_all_looked_at(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    seed, other = await some(graph, scope, 2)
    await joined.link(raw, seed, [other] * 3000)
    (found,) = await graph.recall.reached(from_seeds(scope, seed))
    assert (found.memory_id, found.strength) == (other.id, pytest.approx(1 / math.sqrt(3000)))
