"""What every `MemorySearch` promises, asked of the fakes and of Neo4j alike."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest

from app.domain.models import Neighbour, Scope, Vector
from app.ports import LeastFadedQuery, NearestQuery
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory


def faded(scope: Scope, *, limit: int = 9) -> LeastFadedQuery:
    return LeastFadedQuery(
        tenant_id=scope.tenant_id, scope_ids=[scope.id], now=NOW, importance_floor=0.1, limit=limit
    )


def query(scope: Scope, vector: Vector, *, limit: int = 10) -> NearestQuery:
    return NearestQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=vector, limit=limit)


def texts(neighbours: Sequence[Neighbour]) -> list[str]:
    return [one.memory.text for one in neighbours]


async def test_the_nearest_come_first_with_their_cosine(stores: Stores, scope: Scope) -> None:
    near, far, opposite = memory(scope, "near"), memory(scope, "far"), memory(scope, "opposite")
    vectors = [axis(0, cosine=0.9), axis(0, cosine=0.1), -axis(0)]
    await remembered.store(stores.memories, scope, near, far, opposite, vectors=vectors)
    found = await stores.search.nearest(query(scope, axis(0)))
    assert [(one.memory.text, pytest.approx(one.cosine, abs=1e-5)) for one in found] == [
        ("near", 0.9),
        ("far", 0.1),
        ("opposite", -1.0),
    ]


async def test_a_neighbour_is_the_whole_memory(stores: Stores, scope: Scope) -> None:
    one = memory(scope, metadata={"a": [1]})
    await remembered.store(stores.memories, scope, one)
    (found,) = await stores.search.nearest(query(scope, axis(0)))
    assert found.memory == one


async def test_equal_cosines_come_in_the_order_of_their_ids(stores: Stores, scope: Scope) -> None:
    twins = [memory(scope, f"twin {number}") for number in range(8)]
    await remembered.store(stores.memories, scope, *reversed(twins), vectors=[axis(0)] * 8)
    found = await stores.search.nearest(query(scope, axis(0), limit=5))
    assert texts(found) == [f"twin {number}" for number in range(5)]


async def test_a_limit_above_the_number_of_memories_gives_them_all(stores: Stores, scope: Scope) -> None:
    await remembered.store(stores.memories, scope, *(memory(scope, str(number)) for number in range(7)))
    assert len(await stores.search.nearest(query(scope, axis(0), limit=500))) == 7


async def test_a_scope_never_written_to_has_no_neighbours(stores: Stores, scope: Scope) -> None:
    assert await stores.search.nearest(query(scope, axis(0))) == []
    assert await stores.search.least_faded(faded(scope)) == []


async def test_a_search_ranges_over_all_the_given_scopes_and_no_other(stores: Stores, scope: Scope) -> None:
    named = {name: remembered.scope_of(scope.tenant_id, namespace=name) for name in ("a", "b", "c")}
    for name, one in named.items():
        await remembered.store(stores.memories, one, memory(one, name))
    wanted = dataclasses.replace(query(scope, axis(0)), scope_ids=[named["a"].id, named["b"].id])
    assert sorted(texts(await stores.search.nearest(wanted))) == ["a", "b"]
    both = dataclasses.replace(faded(scope), scope_ids=[named["a"].id, named["c"].id])
    fresh = await stores.search.least_faded(both)
    assert sorted(one.text for one in fresh) == ["a", "c"]


async def test_a_search_can_leave_out_what_was_refreshed_before(stores: Stores, scope: Scope) -> None:
    ages = [memory(scope, str(days), at=NOW - timedelta(days=days)) for days in range(5)]
    await remembered.store(stores.memories, scope, *ages)
    fresh = dataclasses.replace(query(scope, axis(0)), refreshed_from=NOW - timedelta(days=2))
    assert sorted(texts(await stores.search.nearest(fresh))) == ["0", "1", "2"]


async def test_a_search_can_keep_to_one_source(stores: Stores, scope: Scope) -> None:
    sources = [memory(scope, source, source=source) for source in ("api", "agent:7", "api ", "")]
    await remembered.store(stores.memories, scope, *sources)
    for source in ("api", "agent:7", "api ", ""):
        chosen = dataclasses.replace(query(scope, axis(0)), source=source)
        assert texts(await stores.search.nearest(chosen)) == [source]


async def test_a_few_of_one_source_are_found_among_many_others(stores: Stores, scope: Scope) -> None:
    crowd = [memory(scope, f"crowd {number}") for number in range(300)]
    rare = [memory(scope, f"rare {number}", source="rare") for number in range(3)]
    vectors = [axis(0, cosine=0.99)] * 300 + [-axis(0)] * 3
    await remembered.store(stores.memories, scope, *crowd, *rare, vectors=vectors)
    chosen = dataclasses.replace(query(scope, axis(0), limit=3), source="rare")
    assert sorted(texts(await stores.search.nearest(chosen))) == ["rare 0", "rare 1", "rare 2"]


async def test_deleted_and_superseded_memories_are_never_found(stores: Stores, scope: Scope) -> None:
    old, current, gone = memory(scope, "old"), memory(scope, "current"), memory(scope, "gone")
    await remembered.store(stores.memories, scope, old, current, gone)
    await stores.supersede(old, current, NOW)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=gone.id, at=NOW)
    assert texts(await stores.search.nearest(query(scope, axis(0)))) == ["current"]
    fresh = await stores.search.least_faded(faded(scope))
    assert [one.text for one in fresh] == ["current"]


@pytest.mark.parametrize("size", [1, 30, 400])
async def test_the_nearest_are_those_of_an_exact_search(stores: Stores, scope: Scope, size: int) -> None:
    vectors = remembered.random_vectors(size, seed=size)
    memories = [memory(scope, str(number)) for number in range(size)]
    await remembered.store(stores.memories, scope, *memories, vectors=vectors)
    for asked in remembered.random_vectors(5, seed=size + 1):
        cosines = np.stack(vectors) @ asked
        nearest = [str(number) for number in np.argsort(-cosines)[:10]]
        assert texts(await stores.search.nearest(query(scope, asked))) == nearest


async def test_importance_slows_fading_down_to_a_floor(stores: Stores, scope: Scope) -> None:
    days = {
        "vital, old": (1.0, 9),
        "normal": (0.5, 5),
        "trivial": (0.0, 2),
        "floor": (0.1, 1.5),
        "new": (0.0, 0),
    }
    memories = [
        memory(scope, text, importance=importance, at=NOW - timedelta(days=age))
        for text, (importance, age) in days.items()
    ]
    await remembered.store(stores.memories, scope, *memories)
    found = await stores.search.least_faded(faded(scope))
    assert [one.text for one in found] == ["new", "vital, old", "normal", "floor", "trivial"]
    young = dataclasses.replace(faded(scope), refreshed_from=NOW - timedelta(days=3))
    assert [one.text for one in await stores.search.least_faded(young)] == ["new", "floor", "trivial"]


async def test_the_least_faded_come_first_and_equals_by_id(stores: Stores, scope: Scope) -> None:
    twins = [memory(scope, f"twin {number}") for number in range(3)]
    older = memory(scope, "older", at=NOW - timedelta(days=1))
    await remembered.store(stores.memories, scope, older, *reversed(twins))
    fresh = await stores.search.least_faded(faded(scope, limit=2))
    assert [one.text for one in fresh] == ["twin 0", "twin 1"]
    everything = await stores.search.least_faded(faded(scope))
    assert [one.text for one in everything] == ["twin 0", "twin 1", "twin 2", "older"]


async def test_no_search_shows_a_memory_of_another_tenant(stores: Stores, scope: Scope) -> None:
    await remembered.store(stores.memories, scope, memory(scope), vectors=[axis(0)])
    foreign = dataclasses.replace(query(scope, axis(0)), tenant_id="another tenant")
    assert await stores.search.nearest(foreign) == []
    assert await stores.search.nearest(dataclasses.replace(foreign, source="api")) == []
    assert (
        await stores.search.least_faded(dataclasses.replace(faded(scope), tenant_id="another tenant")) == []
    )
