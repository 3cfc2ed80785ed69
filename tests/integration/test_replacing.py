"""Replacing facts through the API over the real database, with a judge that reads only what a test says."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from app import wiring
from app.domain.admission import Judge
from app.domain.judge import Comparison, Keep, Merge, Ruling, Supersede, Verdict
from app.domain.judge.decision import Evidence
from app.domain.models import Neighbour
from app.embedding import DeterministicEmbedder
from app.graph.store import GraphStore
from app.main import create_app
from app.settings import Settings
from tests import remembered
from tests.fakes import FakeClock

_SECRET = "operators only, and nobody else"


def by_attribute(text: str, *, among: Sequence[Neighbour]) -> Ruling:
    """Facts of one attribute replace each other; with a question mark they are only suspected."""
    attribute = text.split()[0].rstrip(":?")
    same = [one for one in among if one.memory.text.split()[0].rstrip(":?") == attribute]
    equal = [one for one in same if one.memory.text == text]
    if equal:
        return Merge(into=equal[0].memory.id, reason="the same words")
    verdict = Verdict.SUSPICIOUS if "?" in text else Verdict.REPLACES
    compared = [
        Comparison(
            memory_id=one.memory.id,
            verdict=verdict,
            reason=f"another {attribute}",
            evidence=Evidence(only_new=[text]),
            cosine=one.cosine,
        )
        for one in sorted(same, key=lambda one: one.memory.id)
    ]
    if "?" in text or not compared:
        return Keep(reason="nothing of the kind", suspects=compared)
    return Supersede(targets=compared, reason=f"another {attribute}")


@dataclass(frozen=True, kw_only=True)
class World:
    client: httpx2.AsyncClient

    async def store(self, fact: str, **fields: object) -> dict[str, Any]:
        answer = await self.client.post("/v1/memories", json={"user_id": "ann", "fact": fact, **fields})
        return {"status": answer.status_code, **answer.json()}

    async def get(self, memory_id: str) -> dict[str, Any]:
        answer = await self.client.get(f"/v1/memories/{memory_id}")
        return {**answer.json(), "http": answer.status_code}

    async def facts(self) -> list[str]:
        """What search, list and context agree on."""
        listed = (await self.client.get("/v1/memories?user_id=ann")).json()["memories"]
        found = (await self.client.get("/v1/memories/search?user_id=ann&q=any&limit=50")).json()["results"]
        context = (await self.client.get("/v1/users/ann/context?top_n=20")).json()["memories"]
        facts = sorted(one["fact"] for one in listed)
        assert sorted(one["fact"] for one in found) == sorted(one["fact"] for one in context) == facts
        return facts


@asynccontextmanager
async def opened(
    graph: GraphStore, *, judge: Judge = by_attribute, limit: int | None = None
) -> AsyncGenerator[World]:
    embedder = DeterministicEmbedder(dimensions=remembered.MODEL.dimensions)
    settings = Settings(setup_secret=SecretStr(_SECRET), memory_limit=limit)
    services = wiring.assemble(settings, graph=graph, embedder=embedder, clock=FakeClock())
    services = replace(services, remember=replace(services.remember, judge=judge))
    transport = httpx2.ASGITransport(create_app(settings, services=services))
    transport.app.state.services = services  # type: ignore[attr-defined]
    async with httpx2.AsyncClient(transport=transport, base_url="http://loci") as client:
        name = {"tenant_name": f"tenant {id(client)} {limit}"}
        key = await client.post("/admin/tenants", json=name, headers={"x-setup-secret": _SECRET})
        client.headers["Authorization"] = f"Bearer {key.json()['api_key']}"
        yield World(client=client)


@pytest.fixture
async def world(graph: GraphStore) -> AsyncGenerator[World]:
    async with opened(graph) as world:
        yield world


async def test_m8_a_replaced_fact_is_history(world: World) -> None:
    old = await world.store("home: Rome")
    await world.store("likes: tea")
    new = await world.store("home: Oslo")
    assert (new["status"], new["action"]) == (201, "replaced")
    assert (new["replaced_id"], new["replaced_ids"]) == (old["id"], [old["id"]])
    assert new["reason"] == "another home"
    assert await world.facts() == ["home: Oslo", "likes: tea"]
    history, current = await world.get(old["id"]), await world.get(new["id"])
    assert (history["http"], history["status"], history["replaced_by"]) == (200, "superseded", new["id"])
    assert [one["id"] for one in current["history"]] == [old["id"]]
    for method, path, body in (
        ("DELETE", f"/v1/memories/{old['id']}", None),
        ("PATCH", f"/v1/memories/{old['id']}", {"importance": 1}),
    ):
        assert (await world.client.request(method, path, json=body)).status_code == 404
    assert (await world.client.delete(f"/v1/memories/{new['id']}")).status_code == 204
    assert [(await world.get(one["id"]))["http"] for one in (old, new)] == [404, 404]


async def test_m8_edges_of_a_replaced_fact_lead_to_the_new_one(world: World) -> None:
    old, other = await world.store("home: Rome"), await world.store("likes: tea")
    edge = {
        "from_memory_id": old["id"],
        "to_memory_id": other["id"],
        "relationship_type": "near",
        "weight": 0.5,
    }
    made = (await world.client.post("/v1/graph/connect", json=edge | {"metadata": {"a": 1}})).json()
    new = await world.store("home: Oslo")
    related = (await world.client.get(f"/v1/graph/related/{new['id']}")).json()["related"]
    carried = related[0]["edge"]
    assert (related[0]["memory_id"], carried["weight"], carried["metadata"]) == (other["id"], 0.5, {"a": 1})
    assert carried["carried_from"] == {"edge_id": made["id"], "memory_id": old["id"]}
    assert carried["id"] != made["id"]
    assert (await world.client.get(f"/v1/graph/related/{old['id']}")).status_code == 404
    assert (await world.client.delete(f"/v1/graph/edge/{made['id']}")).status_code == 404
    assert (await world.client.post("/v1/graph/connect", json=edge)).status_code == 404


async def test_one_fact_may_take_the_place_of_several(world: World) -> None:
    olds = [await world.store(f"home: {place}", on_conflict="keep") for place in ("Rome", "Bonn")]
    assert [one["action"] for one in olds] == ["stored", "stored"]
    new = await world.store("home: Oslo")
    assert sorted(new["replaced_ids"]) == sorted(one["id"] for one in olds)
    assert await world.facts() == ["home: Oslo"]


async def test_a_backdated_fact_goes_into_history(world: World) -> None:
    current = await world.store("home: Oslo", created_at="2026-04-01T00:00:00Z")
    past = await world.store("home: Rome", created_at="2020-01-01T00:00:00Z")
    assert (past["status"], past["action"]) == (201, "stored")
    assert await world.facts() == ["home: Oslo"]
    history = await world.get(past["id"])
    assert (history["status"], history["replaced_by"]) == ("superseded", current["id"])
    assert [one["id"] for one in (await world.get(current["id"]))["history"]] == [past["id"]]


async def test_a_backdated_fact_sent_again_is_known(world: World) -> None:
    await world.store("home: Oslo", created_at="2026-04-01T00:00:00Z")
    past = {"fact": "home: Rome", "created_at": "2020-01-01T00:00:00Z"}
    first, again = await world.store(**past), await world.store(**past)
    assert (again["action"], again["id"]) == ("duplicate", first["id"])
    assert await world.facts() == ["home: Oslo"]


async def test_back_and_forth_the_last_wins_and_history_is_complete(world: World) -> None:
    ids = [(await world.store(f"home: {place}"))["id"] for place in ("Rome", "Oslo", "Rome", "Oslo")]
    assert len(set(ids)) == 4
    assert await world.facts() == ["home: Oslo"]
    assert [one["id"] for one in (await world.get(ids[-1]))["history"]] == ids[-2::-1]


async def test_within_a_batch_later_facts_replace_earlier_ones(world: World) -> None:
    facts = ["home: Rome", "likes: tea", "home: Oslo", "home: Bonn", "home: Bonn"]
    items = [{"user_id": "ann", "fact": fact} for fact in facts]
    results = (await world.client.post("/v1/memories/batch", json={"memories": items})).json()["results"]
    assert [one["action"] for one in results] == ["stored", "stored", "replaced", "replaced", "duplicate"]
    assert results[2]["replaced_ids"] == [results[0]["id"]]
    assert await world.facts() == ["home: Bonn", "likes: tea"]
    history = (await world.get(results[3]["id"]))["history"]
    assert [one["id"] for one in history] == [results[2]["id"], results[0]["id"]]


@pytest.mark.parametrize("on_conflict", ["keep", "ask"])
async def test_a_contradicted_fact_can_be_left_alone(world: World, on_conflict: str) -> None:
    await world.store("home: Rome")
    new = await world.store("home: Oslo", on_conflict=on_conflict, explain=True)
    assert (new["action"], "replaced_id" in new) == ("stored", False)
    assert new["reason"] == "kept beside what it contradicts: another home"
    assert await world.facts() == ["home: Oslo", "home: Rome"]


async def test_an_unknown_way_to_treat_conflicts_is_refused(world: World) -> None:
    answer = await world.store("home: Oslo", on_conflict="guess")
    assert (answer["status"], list(answer["fields"])) == (400, ["on_conflict"])


async def test_m36_replacements_and_history_need_no_room(graph: GraphStore) -> None:
    async with opened(graph, limit=2) as world:
        await world.store("home: Rome", created_at="2026-01-01T00:00:00Z")
        await world.store("likes: tea")
        assert (await world.store("home: Oslo"))["action"] == "replaced"
        assert (await world.store("home: Bonn", created_at="2020-01-01T00:00:00Z"))["status"] == 201
        assert (await world.store("likes: tea"))["action"] == "duplicate"
        assert (await world.store("owns: boat"))["status"] == 402


async def test_other_users_namespaces_and_agents_are_never_touched(world: World) -> None:
    agent = (await world.client.post("/v1/agents", json={"name": "A", "owner_id": "o"})).json()["id"]
    await world.client.post(f"/v1/agents/{agent}/memories", json={"user_id": "ann", "fact": "home: Rome"})
    for fields in ({"user_id": "bob"}, {"namespace": "work"}, {}):
        assert (await world.store("home: Oslo", **fields))["action"] == "stored"


async def test_reasons_come_with_what_was_replaced_or_asked_for(world: World) -> None:
    first = await world.store("home: Rome")
    assert "reason" not in first
    assert (await world.store("home: Rome", explain=True))["reason"] == "the same words"
    assert "reason" in await world.store("home: Oslo")
