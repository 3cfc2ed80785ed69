"""The vector index as we ask it: exact at every size of scope, and never starved by its neighbours."""

import dataclasses
from datetime import timedelta

import numpy as np
import pytest

from app.domain.models import MemoryStatus, Scope
from app.graph.store import GraphStore
from app.ports import MemoryTransaction, NearestQuery
from tests import remembered
from tests.raw_cypher import RawCypher
from tests.remembered import NOW, axis, memory

_CROWD = 1500


@pytest.fixture(scope="module")
async def crowd(graph: GraphStore) -> Scope:
    """A large scope, whose vectors lie around axis 0."""
    scope = remembered.scope_of("a tenant with many memories")
    noise = np.stack(remembered.random_vectors(_CROWD, seed=7))
    vectors = noise + 2 * axis(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    memories = [
        memory(scope, f"crowd {number}", at=NOW - timedelta(minutes=number), source=f"s{number % 7}")
        for number in range(_CROWD)
    ]
    await remembered.store(graph.memories, scope, *memories, vectors=list(vectors))
    return scope


def query(scope: Scope, vector: np.ndarray, limit: int) -> NearestQuery:
    return NearestQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=vector, limit=limit)


async def test_a_small_scope_beside_a_crowd_is_found_whole(
    graph: GraphStore, crowd: Scope, tenant_id: str
) -> None:
    for size in (1, 3, 60):
        scope = remembered.scope_of(tenant_id, namespace=str(size))
        memories = [memory(scope, str(number)) for number in range(size)]
        # On the far side of the crowd: an index that walked towards the question would meet the crowd only.
        vectors = [-vector for vector in remembered.random_vectors(size, seed=size)]
        await remembered.store(graph.memories, scope, *memories, vectors=vectors)
        assert len(await graph.search.nearest(query(scope, axis(0), 1000))) == size


@pytest.mark.parametrize("limit", [1, 10, 200])
async def test_a_large_scope_is_searched_exactly(
    graph: GraphStore, crowd: Scope, raw: RawCypher, limit: int
) -> None:
    stored = await raw.run(
        "MATCH (m:Memory {scope_id: $scope_id}) RETURN m.id AS id, m.embedding AS vector", scope_id=crowd.id
    )
    matrix = np.array([row["vector"] for row in stored], dtype=np.float32)
    for asked in remembered.random_vectors(10, seed=limit):
        best = np.sort(matrix @ asked)[::-1][:limit]
        found = await graph.search.nearest(query(crowd, asked, limit))
        assert [one.cosine for one in found] == pytest.approx(best.tolist(), abs=1e-5)


async def test_filters_inside_the_index_are_exact(graph: GraphStore, crowd: Scope) -> None:
    fresh = NearestQuery(
        tenant_id=crowd.tenant_id,
        scope_ids=[crowd.id],
        vector=axis(5),
        limit=_CROWD,
        refreshed_from=NOW - timedelta(minutes=69),
        source="s3",
    )
    found = {one.memory.text for one in await graph.search.nearest(fresh)}
    assert found == {f"crowd {number}" for number in range(70) if number % 7 == 3}


async def test_identical_vectors_do_not_starve_a_search(graph: GraphStore, scope: Scope) -> None:
    memories = [memory(scope, str(number)) for number in range(600)]
    await remembered.store(graph.memories, scope, *memories, vectors=[axis(0)] * 600)
    for limit in (5, 100, 599):
        assert len(await graph.search.nearest(query(scope, axis(7), limit))) == limit


async def test_what_remains_after_many_deletes_is_found(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    memories = [memory(scope, str(number)) for number in range(400)]
    await remembered.store(graph.memories, scope, *memories)
    kept = [one.id for one in memories[::40]]
    await raw.run(
        "MATCH (m:Memory {scope_id: $scope_id}) WHERE NOT m.id IN $kept SET m.status = $deleted",
        scope_id=scope.id,
        kept=kept,
        deleted=MemoryStatus.DELETED.value,
    )
    found = [one.memory.id for one in await graph.search.nearest(query(scope, axis(0), 10))]
    assert sorted(found) == kept


async def add_passages(raw: RawCypher, scope: Scope, memory_id: str, vectors: list[list[float]]) -> None:
    await raw.run(
        """
        MATCH (m:Memory {tenant_id: $tenant_id, id: $memory_id})
        UNWIND range(0, size($vectors) - 1) AS number
        CREATE (p:Passage {id: $memory_id + '-' + number, tenant_id: $tenant_id, scope_id: m.scope_id,
                           status: m.status, refreshed_at: m.refreshed_at, source: m.source})-[:PART_OF]->(m)
        WITH p, $vectors[number] AS vector
        CALL db.create.setNodeVectorProperty(p, 'embedding', vector)
        """,
        tenant_id=scope.tenant_id,
        memory_id=memory_id,
        vectors=vectors,
    )


async def test_a_memory_is_as_near_as_the_nearest_of_its_passages(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    long, short = memory(scope, "long"), memory(scope, "short")
    await remembered.store(graph.memories, scope, long, short, vectors=[axis(50), axis(0, cosine=0.5)])
    passages = [axis(0, cosine=cosine).tolist() for cosine in (0.9, 0.8, 0.7)]
    await add_passages(raw, scope, long.id, passages)
    found = await graph.search.nearest(query(scope, axis(0), 2))
    assert [(one.memory.text, pytest.approx(one.cosine, abs=1e-5)) for one in found] == [
        ("long", 0.9),
        ("short", 0.5),
    ]


async def test_passages_are_refreshed_with_their_memory(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    one = memory(scope)
    await remembered.store(graph.memories, scope, one, vectors=[-axis(0)])
    await add_passages(raw, scope, one.id, [axis(0).tolist()])
    again = dataclasses.replace(one, refreshed_at=NOW + timedelta(days=1))

    async def refresh(transaction: MemoryTransaction) -> None:
        await transaction.refresh([again], tenant_id=scope.tenant_id)

    await graph.memories.write(refresh)
    fresh = dataclasses.replace(query(scope, axis(0), 5), refreshed_from=NOW + timedelta(hours=1))
    assert [one.cosine for one in await graph.search.nearest(fresh)] == [pytest.approx(1.0, abs=1e-5)]


async def test_passages_are_deleted_with_their_memory(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    one = memory(scope)
    await remembered.store(graph.memories, scope, one)
    await add_passages(raw, scope, one.id, [axis(0).tolist()])
    await graph.memories.delete(tenant_id=scope.tenant_id, memory_id=one.id, at=NOW)
    assert await graph.search.nearest(query(scope, axis(0), 5)) == []


async def test_a_memory_reads_well_in_a_graph_browser(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    one = memory(scope, "Prefers Python over JavaScript for all of the backend work")
    await remembered.store(graph.memories, scope, one)
    (row,) = await raw.run(
        """
        MATCH (m:Memory {id: $id})-[:IN]->(s:Scope)
        RETURN m.caption AS caption, s.user_id AS user, s.kind AS kind, m.embedding_model AS model,
               valueType(m.valid_from) AS time
        """,
        id=one.id,
    )
    assert row == {
        "caption": "Prefers Python over JavaScript for all of the…",
        "user": "ann",
        "kind": "user",
        "model": remembered.MODEL.name,
        "time": "ZONED DATETIME NOT NULL",
    }
