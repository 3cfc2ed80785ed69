"""The API over the real database, with a clock that can be moved and vectors that are given."""

import asyncio
import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2
import numpy as np
import pytest
from fastapi import FastAPI

from app import api, wiring
from app.domain import ranking
from app.domain.decay import DecayCurve
from app.domain.models import Neighbour
from app.domain.ranking import BlendPolicy
from app.embedding import DeterministicEmbedder, at_cosine
from app.graph.store import GraphStore
from app.services import Access
from app.services.recall import SearchRequest
from app.settings import Settings
from tests import remembered
from tests.fake_access import InMemoryAccess
from tests.fakes import FakeClock

KEY = "key"


class _World:
    """Real stores for memories, and a tenant that nobody else uses."""

    def __init__(
        self,
        graph: GraphStore,
        *,
        vectors: dict[str, tuple[float, ...]] | None = None,
        memory_limit: int | None = None,
        curve: DecayCurve = DecayCurve.HALF_LIFE,
    ) -> None:
        self.clock = FakeClock()
        self.embedder = DeterministicEmbedder(dimensions=remembered.MODEL.dimensions, vectors=vectors)
        self.access = Access(
            store=InMemoryAccess(),
            memories=graph.memories,
            clock=self.clock,
            static_key=KEY,
            setup_secret=None,
            memory_limit=memory_limit,
        )
        chosen = Settings(memory_limit=memory_limit, decay=curve)
        assembled = wiring.assemble(chosen, graph=graph, embedder=self.embedder, clock=self.clock)
        self.services = dataclasses.replace(assembled, access=self.access)

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[httpx2.AsyncClient]:
        await self.access.ensure_default_tenant()
        application = api.create_api(lifespan=_nothing_to_open)
        application.state.services = self.services
        transport = httpx2.ASGITransport(application)
        headers = {"Authorization": f"Bearer {KEY}"}
        async with httpx2.AsyncClient(transport=transport, base_url="http://loci", headers=headers) as client:
            yield client


@asynccontextmanager
async def _nothing_to_open(application: FastAPI) -> AsyncGenerator[None]:
    del application
    yield


async def _store(client: httpx2.AsyncClient, fact: str, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/v1/memories", json={"user_id": "ann", "fact": fact, **fields})
    return {"status": answer.status_code, **answer.json()}


async def _search(client: httpx2.AsyncClient, q: str, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/v1/memories/search", params={"user_id": "ann", "q": q, **query})
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


@pytest.mark.parametrize(("curve", "expected"), [(DecayCurve.HALF_LIFE, 0.5), (DecayCurve.E_FOLD, 0.3679)])
async def test_m5_the_clock_fades_and_a_duplicate_refreshes(
    graph: GraphStore, curve: DecayCurve, expected: float
) -> None:
    world = _World(graph, curve=curve)
    async with world.client() as client:
        stored = await _store(client, "Likes tea", importance=0.7)
        world.clock.move(timedelta(days=7))
        assert (await _search(client, "tea"))[0]["decay_score"] == expected
        await client.patch(f"/v1/memories/{stored['id']}", json={"importance": 0.7})
        assert (await client.get(f"/v1/memories/{stored['id']}")).json()["decay_score"] == expected
        assert (await _store(client, "likes tea"))["action"] == "duplicate"
        assert (await _search(client, "tea"))[0]["decay_score"] == 1


async def test_m14_a_fresh_fact_passes_a_nearer_one_that_has_faded(graph: GraphStore) -> None:
    vectors = {"query": (1.0, 0.0), "fresh": at_cosine(0.87), "faded": at_cosine(0.92)}
    world = _World(graph, vectors=vectors)
    async with world.client() as client:
        for fact, age_days in (("faded", 15.294), ("fresh", 0.370)):
            created_at = (world.clock.now() - timedelta(days=age_days)).isoformat()
            await _store(client, fact, importance=0.5, created_at=created_at)
        rows = await _search(client, "query")
    assert [(row["fact"], row["score"]) for row in rows] == [
        ("fresh", pytest.approx(0.894, abs=0.001)),  # pyright: ignore[reportUnknownMemberType]
        ("faded", pytest.approx(0.680, abs=0.001)),  # pyright: ignore[reportUnknownMemberType]
    ]


async def test_m36_at_the_limit_only_new_facts_are_refused(graph: GraphStore) -> None:
    world = _World(graph, memory_limit=3)
    async with world.client() as client:
        first = await _store(client, "Visited place 1")
        await _store(client, "Visited place 2")
        await _store(client, "Visited place 3")
        refused = await _store(client, "Visited place 4")
        assert (refused["status"], refused["code"]) == (402, "quota_exceeded")
        assert {name: refused[name] for name in ("plan", "limit", "used", "upgrade_url")} == {
            "plan": "self-hosted",
            "limit": 3,
            "used": 3,
            "upgrade_url": None,
        }
        assert (await _store(client, "visited place 2"))["action"] == "duplicate"
        await client.delete(f"/v1/memories/{first['id']}")
        assert (await _store(client, "Visited place 4"))["action"] == "stored"
        usage = (await client.get("/v1/usage")).json()
    assert usage == {"plan": "self-hosted", "memory_limit": 3, "memories_used": 3, "memories_remaining": 0}


async def test_m36_the_limit_holds_against_stores_at_the_same_time(graph: GraphStore) -> None:
    world = _World(graph, memory_limit=5)
    async with world.client() as client:
        answers = await asyncio.gather(
            *(_store(client, f"Visited place {number}", namespace=str(number)) for number in range(12))
        )
    assert sorted(answer["status"] for answer in answers) == [201] * 5 + [402] * 7


async def test_m39_twenty_equal_stores_at_once_make_one_memory(graph: GraphStore) -> None:
    async with _World(graph).client() as client:
        answers = await asyncio.gather(*(_store(client, "Likes tea") for _ in range(20)))
    assert sorted(answer["status"] for answer in answers) == [200] * 19 + [201]
    assert len({answer["id"] for answer in answers}) == 1


@pytest.mark.parametrize(("seed", "size"), [(0, 40), (1, 120), (2, 900)])
async def test_search_equals_an_exact_search_over_a_random_scope(
    graph: GraphStore, tenant_id: str, seed: int, size: int
) -> None:
    scope = remembered.scope_of(tenant_id)
    query, *vectors = remembered.random_vectors(size + 1, seed=seed)
    policy, clock = BlendPolicy(), FakeClock(remembered.NOW)
    ages = np.random.default_rng(seed).exponential(20.0, size)
    memories = [
        remembered.memory(scope, f"fact {number}", at=clock.now() - timedelta(days=float(age)))
        for number, age in enumerate(ages)
    ]
    await remembered.store(graph.memories, scope, *memories, vectors=vectors)
    embedder = DeterministicEmbedder(vectors={"query": query.tolist()})
    recall = wiring.assemble(Settings(), graph=graph, embedder=embedder, clock=clock).recall
    found = await recall.search(SearchRequest(tenant_id=tenant_id, user_id="ann", query="query", limit=10))
    exact = [
        Neighbour(memory=memory, cosine=float(vector @ query))
        for memory, vector in zip(memories, vectors, strict=True)
    ]
    expected = ranking.by_score(exact, now=clock.now(), policy=policy)[:10]
    assert [one.memory.id for one in found] == [one.memory.id for one in expected]
