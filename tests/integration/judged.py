"""A service over the real database whose judge the tests choose, and a look at what it leaves there."""

import dataclasses
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI

from app import api, wiring
from app.domain.admission import Judge
from app.domain.judge import Comparison, Keep, Merge, Ruling, Supersede, Verdict
from app.domain.models import Neighbour
from app.embedding import DeterministicEmbedder
from app.graph.store import GraphStore
from app.ports import Embedder
from app.services import Access, Services
from app.settings import Settings
from tests.fake_access import InMemoryAccess
from tests.fakes import FakeClock
from tests.raw_cypher import RawCypher

KEY = "key"


def by_first_word(text: str, *, among: Sequence[Neighbour]) -> Ruling:
    """Equal texts are one fact; of those that begin alike only one holds, of those that end alike perhaps."""
    ordered = sorted(among, key=lambda one: (-one.cosine, one.memory.id))
    for one in ordered:
        if one.memory.text == text:
            return Merge(into=one.memory.id, reason="equal")
    alike = [one for one in ordered if one.memory.text.split()[0] == text.split()[0]]
    if alike:
        return Supersede(targets=[_compared(one, Verdict.REPLACES) for one in alike], reason="begins alike")
    perhaps = [one for one in ordered if one.memory.text.split()[-1] == text.split()[-1]]
    return Keep(reason="new", suspects=[_compared(one, Verdict.SUSPICIOUS) for one in perhaps])


def _compared(one: Neighbour, verdict: Verdict) -> Comparison:
    return Comparison(memory_id=one.memory.id, verdict=verdict, reason=verdict.value, cosine=one.cosine)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Use cases on a tenant that nobody else uses, a client of their API, and their clock."""

    client: httpx2.AsyncClient
    services: Services
    clock: FakeClock
    tenant_id: str

    async def store(self, fact: str, **fields: Any) -> dict[str, Any]:
        """The answer to storing a fact of Ann, which is never a failure of ours."""
        answer = await self.client.post("/v1/memories", json={"user_id": "ann", "fact": fact, **fields})
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def facts(self) -> set[str]:
        """Everything of Ann that a listing shows."""
        answer = await self.client.get("/v1/memories", params={"user_id": "ann", "limit": "100"})
        assert answer.status_code == 200, answer.text
        return {one["fact"] for one in answer.json()["memories"]}


@asynccontextmanager
async def world(
    graph: GraphStore, *, judge: Judge | None = None, embedder: Embedder | None = None
) -> AsyncGenerator[World]:
    """Without a judge, the real one; without an embedder, one whose vectors mean nothing."""
    clock = FakeClock()
    access = Access(
        store=InMemoryAccess(),
        memories=graph.memories,
        clock=clock,
        static_key=KEY,
        setup_secret=None,
        memory_limit=None,
    )
    await access.ensure_default_tenant()
    assembled = wiring.assemble(
        Settings(), graph=graph, embedder=embedder or DeterministicEmbedder(), clock=clock
    )
    remember = assembled.remember if judge is None else dataclasses.replace(assembled.remember, judge=judge)
    services = dataclasses.replace(assembled, access=access, remember=remember)
    application = api.create_api(lifespan=_nothing_to_open)
    application.state.services = services
    headers = {"Authorization": f"Bearer {KEY}"}
    transport = httpx2.ASGITransport(application)
    async with httpx2.AsyncClient(transport=transport, base_url="http://loci", headers=headers) as client:
        tenant_id = await access.tenant_of(headers["Authorization"])
        yield World(client=client, services=services, clock=clock, tenant_id=tenant_id)


@asynccontextmanager
async def _nothing_to_open(application: FastAPI) -> AsyncGenerator[None]:
    del application
    yield


async def statuses(raw: RawCypher, tenant_id: str) -> Mapping[str, str]:
    """The status of each memory of the tenant, by id."""
    rows = await raw.run(
        "MATCH (one:Memory {tenant_id: $tenant_id}) RETURN one.id AS id, one.status AS status",
        tenant_id=tenant_id,
    )
    return {row["id"]: row["status"] for row in rows}


async def replacements(raw: RawCypher, tenant_id: str) -> Sequence[tuple[str, str]]:
    """Each supersession of the tenant, as old and new id."""
    rows = await raw.run(
        "MATCH (old:Memory {tenant_id: $tenant_id})-[:SUPERSEDED_BY]->(new:Memory)"
        " RETURN old.id AS old, new.id AS new",
        tenant_id=tenant_id,
    )
    return [(row["old"], row["new"]) for row in rows]


async def assert_sound(raw: RawCypher, tenant_id: str) -> None:
    """Whatever was replaced is history, once, and every chain of replacements ends at what is not."""
    status, pairs = await statuses(raw, tenant_id), await replacements(raw, tenant_id)
    newer = dict(pairs)
    assert len(newer) == len(pairs), "a memory was replaced twice"
    for memory_id in status:
        assert (status[memory_id] == "superseded") == (memory_id in newer), memory_id
        seen = [memory_id]
        while seen[-1] in newer:
            assert len(seen) <= len(status), f"a circle: {seen}"
            seen.append(newer[seen[-1]])
        assert status[seen[-1]] == "active", memory_id
