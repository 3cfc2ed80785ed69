"""Searching: the widening search gives exactly what reading everything would give."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pytest

from app.domain import ranking, scope
from app.domain.admission import Candidate
from app.domain.decay import DecayCurve, DecayPolicy
from app.domain.models import Memory, Neighbour, Vector
from app.domain.ranking import BlendPolicy
from app.embedding import DeterministicEmbedder
from app.errors import NotFound
from app.ports import LeastFadedQuery, MemoryTransaction, NearestQuery
from app.services import Recall
from app.services.recall import ContextRequest, SearchRequest
from tests.fakes import FakeClock, InMemoryMemories
from tests.unit.assembled import World

TENANT = "tenant"
SCOPE = scope.user_scope(tenant_id=TENANT, user_id="ann", namespace="default")
DIMENSIONS = 8
NOW = FakeClock().now()


@dataclass
class _CountingIndex:
    """The exact index, noting how much each search asked for."""

    inner: InMemoryMemories
    asked: list[int] = field(default_factory=list[int])

    async def nearest(self, query: NearestQuery) -> Sequence[Neighbour]:
        self.asked.append(query.limit)
        return await self.inner.nearest(query)

    async def least_faded(self, query: LeastFadedQuery) -> Sequence[Memory]:
        return await self.inner.least_faded(query)


def _memory(number: int, *, importance: float = 0.5, age_days: float = 0.0, source: str = "api") -> Memory:
    refreshed_at = NOW - timedelta(days=age_days)
    return Memory(
        id=f"memory-{number:05}",
        tenant_id=TENANT,
        scope_id=SCOPE.id,
        user_id="ann",
        namespace="default",
        text=f"fact {number}",
        content_hash=str(number),
        importance=importance,
        source=source,
        valid_from=refreshed_at,
        recorded_at=refreshed_at,
        refreshed_at=refreshed_at,
    )


async def _filled(candidates: Sequence[Candidate]) -> InMemoryMemories:
    store = InMemoryMemories()

    async def create(transaction: MemoryTransaction) -> None:
        await transaction.create(candidates, tenant_id=TENANT, scopes=[SCOPE])

    await store.write(create)
    return store


def _recall(index: _CountingIndex, policy: BlendPolicy | None = None, **vectors: Sequence[float]) -> Recall:
    embedder = DeterministicEmbedder(dimensions=DIMENSIONS, vectors=vectors)
    return World(search_index=index, embedder=embedder, blend=policy or BlendPolicy()).recall()


def _random_scope(seed: int, size: int) -> list[Candidate]:
    rng, choose = np.random.default_rng(seed), random.Random(seed)  # noqa: S311
    center = rng.standard_normal(DIMENSIONS)
    candidates: list[Candidate] = []
    for number in range(size):
        vector = center * choose.choice([0, 1, 3]) + rng.standard_normal(DIMENSIONS)
        memory = _memory(
            number, importance=choose.random(), age_days=choose.expovariate(1 / choose.choice([1, 30]))
        )
        candidates.append(Candidate(memory=memory, vector=_unit(vector)))
    return candidates


def _unit(vector: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Vector:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def _request(**fields: object) -> SearchRequest:
    return SearchRequest(**({"tenant_id": TENANT, "user_id": "ann", "query": "query", "limit": 10} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("curve", list(DecayCurve))
@pytest.mark.parametrize("size", [1, 49, 50, 51, 400, 3_000])
@pytest.mark.parametrize("seed", range(4))
async def test_the_result_equals_an_exact_search(seed: int, size: int, curve: DecayCurve) -> None:
    candidates = _random_scope(seed, size)
    policy = BlendPolicy(decay=DecayPolicy(curve=curve))
    query = np.random.default_rng(seed + 1_000).standard_normal(DIMENSIONS)
    index = _CountingIndex(await _filled(candidates))
    found = await _recall(index, policy, query=list(query)).search(_request())
    exact = [Neighbour(memory=one.memory, cosine=float(one.vector @ _unit(query))) for one in candidates]
    expected = ranking.by_score(exact, now=NOW, policy=policy)[:10]
    assert [one.memory.id for one in found] == [one.memory.id for one in expected]


async def test_a_fresh_fact_passes_a_thousand_faded_ones_that_are_nearer() -> None:
    faded = [
        Candidate(
            memory=_memory(number, age_days=400),
            vector=_unit(np.eye(DIMENSIONS)[0] + 1e-3 * np.eye(DIMENSIONS)[1]),
        )
        for number in range(1_000)
    ]
    fresh = Candidate(memory=_memory(9_999), vector=_unit(np.array([0.7, 0.7] + [0.0] * 6)))
    index = _CountingIndex(await _filled([*faded, fresh]))
    found = await _recall(index, query=[1.0]).search(_request(limit=1))
    assert [one.memory.id for one in found] == ["memory-09999"]


async def test_when_all_is_fresh_one_small_search_is_enough() -> None:
    rng = np.random.default_rng(1)
    candidates = [
        Candidate(memory=_memory(number), vector=_unit(rng.standard_normal(DIMENSIONS)))
        for number in range(2_000)
    ]
    index = _CountingIndex(await _filled(candidates))
    await _recall(index, query=[1.0]).search(_request())
    assert index.asked == [50]


async def test_memories_that_came_all_at_once_long_ago_need_no_wide_search() -> None:
    rng = np.random.default_rng(1)
    candidates = [
        Candidate(memory=_memory(number, age_days=10), vector=_unit(rng.standard_normal(DIMENSIONS)))
        for number in range(2_000)
    ]
    index = _CountingIndex(await _filled(candidates))
    await _recall(index, query=[1.0]).search(_request())
    assert sum(index.asked) <= 100


async def test_a_source_is_matched_exactly() -> None:
    candidates = [
        Candidate(memory=_memory(number, source=source), vector=_unit(np.eye(DIMENSIONS)[0]))
        for number, source in enumerate(["chat", "chats", "api"] * 30)
    ]
    recall = _recall(_CountingIndex(await _filled(candidates)), query=[1.0])
    found = await recall.search(_request(source="chat", limit=50))
    assert len(found) == 30
    assert {one.memory.source for one in found} == {"chat"}


async def test_an_unknown_user_has_no_memories() -> None:
    index = _CountingIndex(await _filled(_random_scope(1, 10)))
    assert await _recall(index).search(_request(user_id="bob")) == []


async def test_a_team_matters_only_when_it_is_included() -> None:
    recall = _recall(_CountingIndex(await _filled(_random_scope(1, 10))))
    assert len(await recall.search(_request(team_id="nobody"))) == 10
    assert len(await recall.search(_request(include_team=True))) == 10
    with pytest.raises(NotFound, match="Team not found"):
        await recall.search(_request(team_id="nobody", include_team=True))


@pytest.mark.parametrize("size", [3, 60, 700])
async def test_a_context_without_a_query_takes_the_least_faded(size: int) -> None:
    candidates = _random_scope(7, size)
    recall = _recall(_CountingIndex(await _filled(candidates)))
    request = ContextRequest(tenant_id=TENANT, user_id="ann", query=None, limit=5)
    context = await recall.context(request)
    expected = ranking.by_decay([one.memory for one in candidates], now=NOW, policy=BlendPolicy())[:5]
    assert [one.memory.id for one in context.ranked] == [one.memory.id for one in expected]
    assert all(one.similarity == 1 and one.score == one.decay for one in context.ranked)
    assert len(context.text.splitlines()) == min(5, size)


async def test_a_context_of_nobody_says_so() -> None:
    request = ContextRequest(tenant_id=TENANT, user_id="bob", query=None, limit=5)
    context = await _recall(_CountingIndex(await _filled([]))).context(request)
    assert context.text == "No relevant memories found."
