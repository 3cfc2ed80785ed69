"""Links on the real database: what Browser sees, many writers at once, and hubs."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Sequence

import pytest

from app.domain import links as linking
from app.domain.links import Link
from app.domain.models import Memory, Scope
from app.errors import Conflict, InvalidInput, LociError
from app.graph.store import GraphStore
from app.services import Traverse
from app.services.traverse import Traversal
from tests import remembered
from tests.raw_cypher import RawCypher
from tests.remembered import NOW, memory

MOST = 10_000
HUB_LINKS = 10_000


def link_between(start: Memory, end: Memory, words: str = "context_for", *, weight: float = 1.0) -> Link:
    return Link(
        id=linking.new_id(from_memory_id=start.id, random=uuid.uuid4()),
        from_memory_id=start.id,
        to_memory_id=end.id,
        relationship_type=words,
        weight=weight,
        created_at=NOW,
    )


async def stored(graph: GraphStore, scope: Scope, count: int) -> list[Memory]:
    memories = [memory(scope, f"fact {number}") for number in range(count)]
    await remembered.store(graph.memories, scope, *memories)
    return memories


async def create(graph: GraphStore, scope: Scope, link: Link, *, most: int = MOST) -> LociError | None:
    try:
        await graph.links.create(link, tenant_id=scope.tenant_id, most_graph_types=most)
    except LociError as refusal:
        return refusal
    return None


async def test_a_link_is_a_relationship_that_reads_well(
    graph: GraphStore, raw: RawCypher, scope: Scope
) -> None:
    a, b = await stored(graph, scope, 2)
    link = link_between(a, b, "führt zu", weight=0.5)
    assert await create(graph, scope, link) is None
    rows = await raw.run(
        "MATCH (:Memory {id: $a})-[link:FÜHRT_ZU]->(:Memory {id: $b}) RETURN properties(link) AS link",
        a=a.id,
        b=b.id,
    )
    (found,) = [row["link"] for row in rows]
    found.pop("created_at")
    assert found == {"id": link.id, "relationship_type": "führt zu", "weight": 0.5, "metadata": "{}"}


async def test_of_twenty_equal_links_at_once_one_is_made(graph: GraphStore, scope: Scope) -> None:
    a, b = await stored(graph, scope, 2)
    links = [link_between(a, b, f"raced {scope.id}") for _ in range(20)]
    outcomes = await asyncio.gather(*(create(graph, scope, link) for link in links))
    assert Counter(type(one).__name__ for one in outcomes) == {"NoneType": 1, "Conflict": 19}
    made = links[outcomes.index(None)]
    assert {one.existing_id for one in outcomes if isinstance(one, Conflict)} == {made.id}


async def test_links_both_ways_and_stores_at_once_all_finish(graph: GraphStore, tenant_id: str) -> None:
    scopes = [remembered.scope_of(tenant_id, namespace=str(number)) for number in range(4)]
    memories = [(await stored(graph, scope, 1))[0] for scope in scopes]
    pairs = [(a, b) for a in memories for b in memories if a is not b]
    outcomes = await asyncio.gather(
        *(create(graph, scopes[0], link_between(a, b)) for a, b in pairs),
        *(remembered.store(graph.memories, scope, memory(scope, "another")) for scope in scopes),
    )
    assert outcomes == [None] * len(outcomes)


async def test_of_ten_deletions_of_a_link_at_once_one_succeeds(graph: GraphStore, scope: Scope) -> None:
    a, b = await stored(graph, scope, 2)
    link = link_between(a, b)
    await create(graph, scope, link)
    answers = await asyncio.gather(
        *(graph.links.delete(tenant_id=scope.tenant_id, edge_id=link.id) for _ in range(10))
    )
    assert Counter(answers) == {True: 1, False: 9}


async def test_a_link_made_while_its_memory_is_deleted_is_refused_or_hidden(
    graph: GraphStore, scope: Scope
) -> None:
    for _ in range(5):
        a, b = await stored(graph, scope, 2)
        await asyncio.gather(
            create(graph, scope, link_between(a, b)),
            graph.memories.delete(tenant_id=scope.tenant_id, memory_id=b.id, at=NOW),
        )
        found = await graph.links.memories(tenant_id=scope.tenant_id, memory_ids=[a.id, b.id])
        assert found.keys() == {a.id}


@pytest.fixture
async def noted_types(raw: RawCypher) -> AsyncGenerator[int]:
    """How many types are noted; those that a test adds are forgotten after it."""
    before = [row["name"] for row in await raw.run("MATCH (type:LinkType) RETURN type.name AS name")]
    yield len(before)
    await raw.run("MATCH (type:LinkType) WHERE NOT type.name IN $before DELETE type", before=before)


async def test_a_type_above_the_limit_is_refused_and_leaves_nothing(
    graph: GraphStore, raw: RawCypher, scope: Scope, noted_types: int
) -> None:
    a, b = await stored(graph, scope, 2)
    words = f"last of all {scope.id}"
    assert await create(graph, scope, link_between(a, b, words), most=noted_types + 1) is None
    refused = await create(graph, scope, link_between(b, a, f"x {words}"), most=noted_types + 1)
    assert isinstance(refused, InvalidInput)
    assert await create(graph, scope, link_between(b, a, words), most=noted_types + 1) is None
    types = await raw.run("MATCH (type:LinkType) RETURN count(type) AS types")
    assert types == [{"types": noted_types + 1}]


async def test_two_new_types_at_once_do_not_both_take_the_last_place(
    graph: GraphStore, scope: Scope, noted_types: int
) -> None:
    a, b = await stored(graph, scope, 2)
    outcomes = await asyncio.gather(
        *(
            create(graph, scope, link_between(a, b, f"n{number} {scope.id}"), most=noted_types + 3)
            for number in range(8)
        )
    )
    assert Counter(type(one).__name__ for one in outcomes) == {"NoneType": 3, "InvalidInput": 5}


async def test_a_link_that_is_refused_notes_no_type(
    graph: GraphStore, raw: RawCypher, scope: Scope, noted_types: int
) -> None:
    (a,) = await stored(graph, scope, 1)
    await create(graph, scope, link_between(a, memory(scope), f"never {scope.id}"))
    types = await raw.run("MATCH (type:LinkType) RETURN count(type) AS types")
    assert types == [{"types": noted_types}]


async def test_our_own_relationships_are_never_followed(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    a, b = await stored(graph, scope, 2)
    await raw.run(
        "MATCH (a:Memory {id: $a}), (b:Memory {id: $b}) CREATE (a)-[:SUPERSEDED_BY {reason: 'a test'}]->(b)",
        a=a.id,
        b=b.id,
    )
    traversal = await Traverse(links=graph.links).traverse(
        tenant_id=scope.tenant_id, memory_id=a.id, depth=5, relationship_type=None
    )
    assert traversal.nodes == []


async def test_a_hub_of_ten_thousand_links_is_walked_in_well_under_a_second(
    graph: GraphStore, raw: RawCypher, scope: Scope
) -> None:
    (hub,) = await stored(graph, scope, 1)
    await _surround(raw, hub, HUB_LINKS)
    walking = Traverse(links=graph.links)

    async def walked() -> tuple[float, Traversal]:
        started = time.perf_counter()
        found = await walking.traverse(
            tenant_id=scope.tenant_id, memory_id=hub.id, depth=3, relationship_type=None
        )
        return time.perf_counter() - started, found

    # The first walk also waits for the plans of its statements, and a busy machine for others.
    _, *later = [await walked() for _ in range(4)]
    weights = [one.link.weight for one in later[0][1].nodes]
    strongest = [number / HUB_LINKS for number in range(HUB_LINKS - 1, 0, -1)]
    assert weights == strongest[: walking.policy.links_per_memory]
    assert later[0][1].truncated
    assert min(duration for duration, _ in later) < 1.0


async def _surround(raw: RawCypher, hub: Memory, count: int) -> None:
    others: Sequence[dict[str, object]] = [
        {"id": f"{hub.id}-{number}", "edge_id": str(uuid.uuid4()), "weight": number / count}
        for number in range(count)
    ]
    await raw.run(
        """
        MATCH (hub:Memory {tenant_id: $tenant_id, id: $hub})
        UNWIND $others AS row
        CREATE (other)
        SET other = properties(hub), other.id = row.id, other.embedding = null
        SET other:Memory
        CREATE (hub)-[:CONTEXT_FOR {
          id: row.edge_id, relationship_type: 'context_for', weight: row.weight, metadata: '{}',
          created_at: datetime()
        }]->(other)
        """,
        tenant_id=hub.tenant_id,
        hub=hub.id,
        others=others,
    )
