"""Spaces under many writers at once, and what they leave in the graph."""

import asyncio
from collections import Counter
from functools import partial

import pytest

from app.domain import judge as judging
from app.domain.calibration import UNCALIBRATED
from app.domain.judge import JudgePolicy
from app.domain.ranking import BlendPolicy
from app.embedding import DeterministicEmbedder
from app.errors import QuotaExceeded
from app.graph import driver, queries
from app.graph import spaces as graph_spaces
from app.graph.config import GraphConfig
from app.graph.store import GraphStore
from app.services import Recall, Spaces
from app.services.scoping import Scoping
from app.services.spaces import Added, SpaceDraft, SpaceQuery
from tests.fakes import FakeClock
from tests.raw_cypher import RawCypher

LONG = " ".join(f"Sentence number {number} of the report says something else." for number in range(200))


def spaces_of(graph: GraphStore, *, memory_limit: int | None = None) -> Spaces:
    embedder, clock = DeterministicEmbedder(), FakeClock()
    scoping = Scoping(agents=graph.agents, teams=graph.teams, scopes=graph.scopes)
    return Spaces(
        spaces=graph.spaces,
        memories=graph.memories,
        recall=Recall(
            index=graph.recall,
            search_index=graph.search,
            memories=graph.memories,
            spaces=graph.spaces,
            embedder=embedder,
            clock=clock,
            scoping=scoping,
            blend=BlendPolicy(),
        ),
        embedder=embedder,
        clock=clock,
        judge=partial(judging.judge, policy=JudgePolicy(merges_fuller=False)),
        curve=UNCALIBRATED,
        memory_limit=memory_limit,
    )


async def add(spaces: Spaces, tenant_id: str, text: str, *, space: str = "work") -> Added:
    return await spaces.add(SpaceDraft(space=space, text=text, title="Title"), tenant_id=tenant_id)


async def test_of_twenty_equal_texts_for_a_new_space_one_is_new(graph: GraphStore, tenant_id: str) -> None:
    spaces = spaces_of(graph)
    added = await asyncio.gather(*(add(spaces, tenant_id, "Likes tea") for _ in range(20)))
    assert Counter(one.is_new for one in added) == {True: 1, False: 19}
    assert len({(one.memory.id, one.space.id) for one in added}) == 1


async def test_at_the_limit_writers_of_many_spaces_add_no_more_than_it_allows(
    graph: GraphStore, tenant_id: str
) -> None:
    spaces = spaces_of(graph, memory_limit=4)
    outcomes = await asyncio.gather(
        *(add(spaces, tenant_id, f"Fact {number}", space=f"space {number % 5}") for number in range(10)),
        return_exceptions=True,
    )
    assert Counter(type(one) for one in outcomes) == {Added: 4, QuotaExceeded: 6}
    sizes, total = await spaces.page(tenant_id=tenant_id, offset=0, limit=10)
    assert sum(one.memories for one in sizes) == 4
    assert all(one.memories for one in sizes)
    assert total == len(sizes)


async def test_stores_and_deletions_at_once_leave_no_memory_without_its_space(
    graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    spaces = spaces_of(graph)

    async def delete() -> None:
        await graph.spaces.delete(tenant_id=tenant_id, id_or_name="work", at=FakeClock().now())

    for round_number in range(5):
        texts = [f"Fact {round_number} {number}" for number in range(6)]
        await asyncio.gather(*(add(spaces, tenant_id, text) for text in texts), delete(), delete())
    orphans = await raw.run(
        """
        MATCH (memory:Memory {tenant_id: $tenant_id, status: 'active'})
        WHERE NOT EXISTS { (memory)-[:IN]->(:Scope)-[:OF_SPACE]->(:Space {id: memory.space_id}) }
        RETURN memory.id
        """,
        tenant_id=tenant_id,
    )
    assert orphans == []


@pytest.mark.parametrize("count", [0, 3, 7])
async def test_a_large_space_goes_in_steps_and_leaves_nothing_behind(
    graph: GraphStore, graph_config: GraphConfig, tenant_id: str, count: int
) -> None:
    spaces = spaces_of(graph)
    first = await add(spaces, tenant_id, "Likes tea")
    await spaces.delete_memory(tenant_id=tenant_id, memory_id=first.memory.id)
    for number in range(count):
        await add(spaces, tenant_id, f"Fact {number}")
    statements = queries.load(graph_config.cypher_directory)
    async with driver.connect(graph_config, statements) as database:
        store = graph_spaces.Spaces(database, memories_per_transaction=3)
        assert await store.delete(tenant_id=tenant_id, id_or_name="work", at=FakeClock().now())
        assert not await store.delete(tenant_id=tenant_id, id_or_name="work", at=FakeClock().now())
    assert await graph.memories.count_active(tenant_id=tenant_id) == 0
    assert await spaces.page(tenant_id=tenant_id, offset=0, limit=10) == ([], 0)


async def test_a_long_text_lies_in_the_graph_with_its_passages(
    graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    added = await add(spaces_of(graph), tenant_id, LONG)
    rows = await raw.run(
        """
        MATCH (passage:Passage)-[:PART_OF]->(memory:Memory {tenant_id: $tenant_id, id: $id})
        RETURN passage.text AS text, passage.position AS position, passage.scope_id = memory.scope_id
          AND passage.status = 'active' AND passage.refreshed_at = memory.refreshed_at
          AND passage.source = memory.source AND passage.embedding IS NOT NULL AS is_found_like_its_memory
        ORDER BY position
        """,
        tenant_id=tenant_id,
        id=added.memory.id,
    )
    assert " ".join(row["text"] for row in rows) == LONG
    assert [row["position"] for row in rows] == list(range(len(rows)))
    assert all(row["is_found_like_its_memory"] for row in rows)


async def test_a_long_text_is_found_by_a_passage_and_once(graph: GraphStore, tenant_id: str) -> None:
    spaces = spaces_of(graph)
    await add(spaces, tenant_id, LONG)
    await add(spaces, tenant_id, "Likes tea")
    passage = LONG[LONG.index("Sentence number 150") : LONG.index("Sentence number 151")]
    query = SpaceQuery(space="work", query=passage, limit=10)
    found = await spaces.search(query, tenant_id=tenant_id)
    assert sorted(one.memory.text for one in found) == sorted([LONG, "Likes tea"])


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "!?" * 50_000, "word " * 26_000, "東" * 43_000, "\u0000" * 99]
)
async def test_any_text_can_be_stored(graph: GraphStore, tenant_id: str, text: str) -> None:
    spaces = spaces_of(graph)
    added = await add(spaces, tenant_id, text)
    found = await spaces.memory(tenant_id=tenant_id, memory_id=added.memory.id)
    assert found.memory.text == text
