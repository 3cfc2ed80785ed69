"""The routes of conflicts between memories."""

from datetime import timedelta

import httpx2
import pytest

from app.domain.admission import Suspicion
from app.ports import MemoryTransaction
from tests.unit.api.edge import Edge, assert_problem, opened


async def noted(
    edge: Edge, client: httpx2.AsyncClient, *, user_id: str = "u", name: str = ""
) -> dict[str, str]:
    """An open conflict: its id, and those of the old and the new memory."""
    ids: list[str] = []
    for fact in ("Lives in Rome", "Lives by the sea"):
        sent = {"user_id": user_id, "fact": f"{fact}{name}", "namespace": "home"}
        ids.append((await client.post("/v1/memories", json=sent)).json()["id"])
    edge.clock.move(timedelta(minutes=1))
    tenant_id = (await edge.memory(ids[0])).tenant_id
    suspicion = Suspicion(old_id=ids[0], new_id=ids[1], reason="both say where", at=edge.clock.now())

    async def note(transaction: MemoryTransaction) -> None:
        await transaction.note_conflicts([suspicion], tenant_id=tenant_id)

    await edge.memories.write(note)
    newest = (await client.get("/v1/conflicts")).json()["conflicts"][0]
    return {"id": newest["id"], "old": ids[0], "new": ids[1]}


async def resolve(client: httpx2.AsyncClient, conflict: dict[str, str], **body: object) -> httpx2.Response:
    return await client.post(f"/v1/conflicts/{conflict['id']}/resolve", json=body)


async def test_a_conflict_is_shown_with_both_facts() -> None:
    edge = Edge()
    async with opened(edge) as client:
        conflict = await noted(edge, client)
        listed = (await client.get("/v1/conflicts")).json()
    (shown,) = listed["conflicts"]
    assert (shown["id"], shown["status"], shown["reason"]) == (conflict["id"], "open", "both say where")
    assert (shown["at"], shown["resolution"]) == ("2026-05-01T09:31:00.000Z", None)
    assert [(shown[one]["id"], shown[one]["fact"]) for one in ("old", "new")] == [
        (conflict["old"], "Lives in Rome"),
        (conflict["new"], "Lives by the sea"),
    ]
    assert shown["old"] == {
        "id": conflict["old"],
        "fact": "Lives in Rome",
        "status": "active",
        "user_id": "u",
        "agent_id": None,
        "team_id": None,
        "visibility": "private",
        "namespace": "home",
        "source": "api",
        "importance": 0.5,
        "metadata": {},
        "created_at": "2026-05-01T09:30:00.000Z",
    }
    assert (listed["limit"], listed["offset"], listed["total"]) == (20, 0, 1)


async def test_conflicts_are_filtered_and_paged() -> None:
    edge = Edge()
    async with opened(edge) as client:
        first = await noted(edge, client, user_id="ann")
        second = await noted(edge, client, user_id="bob", name=" now")
        asked = {
            "user_id=ann": [first],
            "userId=bob&namespace=home": [second],
            "namespace=work": [],
            "limit=1": [second],
            "limit=1&offset=1": [first],
            "limit=-3&offset=-1": [second],
            "status=resolved": [],
        }
        for query, expected in asked.items():
            found = (await client.get(f"/v1/conflicts?{query}")).json()["conflicts"]
            assert [one["id"] for one in found] == [one["id"] for one in expected]


async def test_keeping_both_leaves_both_active() -> None:
    edge = Edge()
    async with opened(edge) as client:
        conflict = await noted(edge, client)
        answer = await resolve(client, conflict, keep="both")
        resolved = (await client.get("/v1/conflicts?status=resolved")).json()["conflicts"]
        is_open = (await client.get("/v1/conflicts")).json()["conflicts"]
    assert answer.status_code == 200
    body = answer.json()
    assert body["memory"] is None
    assert body["conflict"]["resolution"] == {
        "outcome": "both",
        "memory_id": None,
        "at": "2026-05-01T09:31:00.000Z",
    }
    assert (resolved, is_open) == ([body["conflict"]], [])
    assert await edge.held() == 2


async def test_keeping_one_makes_the_other_its_history() -> None:
    edge = Edge()
    async with opened(edge) as client:
        conflict = await noted(edge, client)
        body = (await resolve(client, conflict, keep=conflict["old"])).json()
        read = (await client.get(f"/v1/memories/{conflict['old']}")).json()
    assert (body["memory"]["id"], body["conflict"]["resolution"]["outcome"]) == (conflict["old"], "one")
    assert (body["conflict"]["new"]["status"], body["conflict"]["old"]["status"]) == ("superseded", "active")
    assert [one["id"] for one in read["history"]] == [conflict["new"]]


async def test_a_merged_fact_takes_the_place_of_both() -> None:
    edge = Edge()
    async with opened(edge) as client:
        conflict = await noted(edge, client)
        body = (await resolve(client, conflict, fact="Lives in Rome, by the sea")).json()
        listed = (await client.get("/v1/memories?user_id=u&namespace=home")).json()["memories"]
        found = (await client.get("/v1/memories/search?user_id=u&namespace=home&q=Rome")).json()["results"]
    assert body["conflict"]["resolution"]["outcome"] == "merged"
    assert [one["id"] for one in listed] == [body["memory"]["id"]]
    assert [one["fact"] for one in found] == ["Lives in Rome, by the sea"]


async def test_a_resolution_sent_again_with_its_key_is_answered_again() -> None:
    edge = Edge()
    async with opened(edge) as client:
        conflict = await noted(edge, client)
        path, headers = f"/v1/conflicts/{conflict['id']}/resolve", {"Idempotency-Key": "once"}
        first = await client.post(path, json={"keep": "both"}, headers=headers)
        again = await client.post(path, json={"keep": "both"}, headers=headers)
        other = await client.post(path, json={"keep": "both"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert_problem(other, status=409, code="conflict")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "keep"),
        ({"keep": "both", "fact": "x"}, "keep"),
        ({"keep": ""}, "keep"),
        ({"keep": 1}, "keep"),
        ({"keep": "BOTH"}, "keep"),
        ({"keep": "another memory"}, "keep"),
        ({"fact": " "}, "fact"),
        ({"fact": "x" * 2001}, "fact"),
    ],
)
async def test_a_resolution_says_exactly_one_thing(body: dict[str, object], field: str) -> None:
    edge = Edge()
    async with opened(edge) as client:
        conflict = await noted(edge, client)
        answer = await resolve(client, conflict, **body)
        is_open = (await client.get("/v1/conflicts")).json()["total"]
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert isinstance(fields, dict)
    assert field in fields
    assert is_open == 1


@pytest.mark.parametrize("body", [{"keep": "both"}, {"keep": "x"}, {"fact": "x"}])
async def test_an_unknown_conflict_is_not_resolved(body: dict[str, object]) -> None:
    async with opened() as client:
        answer = await resolve(client, {"id": "unknown"}, **body)
    assert_problem(answer, status=404, code="not_found")


@pytest.mark.parametrize("body", [{"keep": "both"}, {"fact": "Lives there"}])
async def test_a_conflict_with_a_deleted_memory_is_not_resolved(body: dict[str, object]) -> None:
    edge = Edge()
    async with opened(edge) as client:
        conflict = await noted(edge, client)
        await client.delete(f"/v1/memories/{conflict['new']}")
        listed = (await client.get("/v1/conflicts")).json()["conflicts"]
        answer = await resolve(client, conflict, **body)
    assert listed == []
    assert_problem(answer, status=409, code="conflict")


@pytest.mark.parametrize("query", ["status=closed", "limit=x", "offset=1.5", "namespace=", "user_id="])
async def test_a_listing_refuses_what_it_cannot_read(query: str) -> None:
    async with opened() as client:
        answer = await client.get(f"/v1/conflicts?{query}")
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert isinstance(fields, dict)
    assert {query.partition("=")[0]} == fields.keys()
