"""The routes that look at decisions about memories, and undo them."""

from datetime import timedelta

import httpx2
import pytest

from tests.unit.api.edge import Edge, assert_problem, opened


async def stored(client: httpx2.AsyncClient, fact: str, **members: object) -> str:
    answer = await client.post("/v1/memories", json={"user_id": "u", "fact": fact, **members})
    return str(answer.json()["id"])


async def replaced(edge: Edge, client: httpx2.AsyncClient) -> tuple[str, str]:
    """An old memory and the one that took its place a day later."""
    old = await stored(client, "Lives in Rome")
    edge.clock.move(timedelta(days=1))
    new = await stored(client, "Works at the harbour")
    edge.memories.supersede(await edge.memory(old), by=await edge.memory(new), at=edge.clock.now())
    return old, new


async def test_the_history_of_a_memory_holds_both_directions() -> None:
    edge = Edge()
    async with opened(edge) as client:
        old, new = await replaced(edge, client)
        answers = [(await client.get(f"/v1/memories/{one}/history")).json() for one in (old, new)]
    assert answers[0] == answers[1]
    assert answers[0]["history"] == [
        {
            "id": old,
            "fact": "Lives in Rome",
            "status": "superseded",
            "created_at": "2026-05-01T09:30:00.000Z",
            "valid_to": None,
            "recorded_at": "2026-05-01T09:30:00.000Z",
            "retired_at": "2026-05-02T09:30:00.000Z",
            "superseded_by": {
                "id": new,
                "reason": "a test",
                "evidence": [],
                "at": "2026-05-02T09:30:00.000Z",
            },
        },
        {
            "id": new,
            "fact": "Works at the harbour",
            "status": "active",
            "created_at": "2026-05-02T09:30:00.000Z",
            "valid_to": None,
            "recorded_at": "2026-05-02T09:30:00.000Z",
            "retired_at": None,
            "superseded_by": None,
        },
    ]


async def test_a_restored_memory_is_answered_as_it_is_read() -> None:
    edge = Edge()
    async with opened(edge) as client:
        old, new = await replaced(edge, client)
        restored = await client.post(f"/v1/memories/{old}/restore")
        read = await client.get(f"/v1/memories/{old}")
        gone = (await client.get(f"/v1/memories/{new}")).json()
    assert restored.status_code == 200
    assert restored.json() == read.json()
    assert [one["id"] for one in read.json()["history"]] == [new]
    assert (gone["status"], gone["replaced_by"]) == ("superseded", old)


async def test_a_deleted_memory_can_be_restored() -> None:
    async with opened() as client:
        memory_id = await stored(client, "Likes tea")
        await client.delete(f"/v1/memories/{memory_id}")
        for path in ("", "/history"):
            assert_problem(await client.get(f"/v1/memories/{memory_id}{path}"), status=404, code="not_found")
        restored = await client.post(f"/v1/memories/{memory_id}/restore")
        listed = (await client.get("/v1/memories?user_id=u")).json()["memories"]
    assert (restored.status_code, restored.json()["status"]) == (200, "active")
    assert [one["id"] for one in listed] == [memory_id]


async def test_a_restoration_sent_again_with_its_key_is_answered_again() -> None:
    async with opened() as client:
        memory_id = await stored(client, "Likes tea")
        await client.delete(f"/v1/memories/{memory_id}")
        headers = {"Idempotency-Key": "once"}
        first = await client.post(f"/v1/memories/{memory_id}/restore", headers=headers)
        again = await client.post(f"/v1/memories/{memory_id}/restore", headers=headers)
        without = await client.post(f"/v1/memories/{memory_id}/restore")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    problem = assert_problem(without, status=409, code="conflict")
    assert problem["detail"] == "Memory is active already"


async def test_nothing_is_restored_beside_a_memory_that_says_the_same() -> None:
    async with opened() as client:
        gone = await stored(client, "Likes tea")
        await client.delete(f"/v1/memories/{gone}")
        again = await stored(client, "likes tea.")
        answer = await client.post(f"/v1/memories/{gone}/restore")
    assert assert_problem(answer, status=409, code="conflict")["id"] == again


async def test_a_full_tenant_cannot_restore_a_deleted_memory() -> None:
    async with opened(Edge(memory_limit=1)) as client:
        gone = await stored(client, "Likes tea")
        await client.delete(f"/v1/memories/{gone}")
        await stored(client, "Plays chess")
        answer = await client.post(f"/v1/memories/{gone}/restore")
    problem = assert_problem(answer, status=402, code="quota_exceeded")
    assert (problem["limit"], problem["used"]) == (1, 1)


@pytest.mark.parametrize("memory_id", ["unknown", "judge", "0", "%20", "a" * 500, "☃"])
async def test_unknown_memories_have_no_history_and_are_not_restored(memory_id: str) -> None:
    async with opened() as client:
        history = await client.get(f"/v1/memories/{memory_id}/history")
        restored = await client.post(f"/v1/memories/{memory_id}/restore")
    for answer in (history, restored):
        assert_problem(answer, status=404, code="not_found")


async def test_judging_tells_the_action_and_writes_nothing() -> None:
    async with opened() as client:
        known = await stored(client, "Likes tea")
        sent = {"user_id": "u", "fact": "likes TEA."}
        answer = await client.post("/v1/memories/judge", json=sent)
        listed = (await client.get("/v1/memories?user_id=u")).json()
    judged = answer.json()
    assert (answer.status_code, judged["action"], judged["id"]) == (200, "duplicate", known)
    assert (judged["replaced_id"], judged["replaced_ids"], judged["replaced_by"]) == (None, [], None)
    (candidate,) = judged["candidates"]
    assert (candidate["id"], candidate["fact"], candidate["verdict"]) == (known, "Likes tea", "same")
    assert candidate["similarity"] == 1.0
    assert set(candidate["evidence"]) == {"common", "only_stored", "only_new"}
    assert [one["fact"] for one in listed["memories"]] == ["Likes tea"]


async def test_judging_a_new_fact_names_no_memory() -> None:
    async with opened() as client:
        judged = (
            await client.post("/v1/memories/judge", json={"userId": "u", "content": "Likes tea"})
        ).json()
    assert (judged["action"], judged["id"], judged["candidates"]) == ("stored", None, [])
    assert judged["reason"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "fact"),
        ({"fact": " "}, "fact"),
        ({"fact": "x" * 2001}, "fact"),
        ({"fact": 1}, "fact"),
        ({"fact": "x", "user_id": ""}, "user_id"),
        ({"fact": "x", "on_conflict": "never"}, "on_conflict"),
        ({"fact": "x", "visibility": "team"}, "team_id"),
    ],
)
async def test_judging_refuses_what_storing_refuses(sent: dict[str, object], field: str) -> None:
    async with opened() as client:
        answer = await client.post("/v1/memories/judge", json={"user_id": "u", **sent})
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert isinstance(fields, dict)
    assert field in fields


async def test_the_word_judge_is_no_memory() -> None:
    async with opened() as client:
        answers = [await client.request(method, "/v1/memories/judge") for method in ("GET", "DELETE")]
    for answer in answers:
        assert_problem(answer, status=405, code="method_not_allowed")
        assert answer.headers["allow"] == "POST"
