"""The route that stores many facts at once."""

import pytest

from app.errors import Unavailable
from tests.fakes import InMemoryMemories
from tests.unit.api.edge import Edge, assert_problem, opened


async def test_each_item_has_an_outcome_of_its_own() -> None:
    items = [
        {"user_id": "u", "fact": "Likes tea", "source": "chat"},
        {"user_id": "u", "fact": "likes tea."},
        {"user_id": "u", "fact": ""},
        "no object",
        {"user_id": "u", "fact": "Owns a boat", "visibility": "team"},
        {"user_id": "u", "fact": "Owns a boat", "team_id": "t"},
        {"userId": "v", "content": "Likes tea"},
    ]
    async with opened() as client:
        answer = await client.post("/v1/memories/batch", json={"memories": items})
    first, again, blank, text, teamless, unknown, other = answer.json()["results"]
    assert answer.status_code == 200
    assert first == {
        "index": 0,
        "status": 201,
        "action": "stored",
        "id": first["id"],
        "source": "chat",
        "namespace": "default",
    }
    assert again == {"index": 1, "status": 200, "action": "duplicate", "id": first["id"]}
    assert blank == {
        "index": 2,
        "status": 400,
        "code": "validation_error",
        "error": "fact must not be empty",
        "fields": {"fact": "must not be empty"},
    }
    assert (text["status"], text["fields"]) == (400, {"body": "must be an object"})
    assert (teamless["status"], list(teamless["fields"])) == (400, ["team_id"])
    assert (unknown["status"], unknown["code"], unknown["error"]) == (404, "not_found", "Team not found")
    assert (other["status"], other["index"]) == (201, 6)


async def test_items_beyond_the_limit_of_memories_are_402() -> None:
    items = [{"user_id": "u", "fact": fact} for fact in ("Likes tea", "Owns a boat")]
    async with opened(Edge(memory_limit=1)) as client:
        answer = await client.post("/v1/memories/batch", json={"memories": items})
    assert answer.json()["results"][1] == {
        "index": 1,
        "status": 402,
        "code": "quota_exceeded",
        "error": "Memory limit reached",
        "plan": "self-hosted",
        "limit": 1,
        "used": 1,
        "upgrade_url": None,
    }


BAD_LISTS: list[tuple[dict[str, object], str]] = [
    ({}, "is required"),
    ({"memories": []}, "must not be empty"),
    ({"memories": None}, "must be a list"),
    ({"memories": {"0": {}}}, "must be a list"),
    ({"memories": "x"}, "must be a list"),
    ({"memories": [{}] * 501}, "must have at most 500 items"),
]


@pytest.mark.parametrize(("body", "reason"), BAD_LISTS)
async def test_a_list_that_is_none_or_of_a_wrong_size_is_refused(
    body: dict[str, object], reason: str
) -> None:
    async with opened() as client:
        answer = await client.post("/v1/memories/batch", json=body)
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"] == {"memories": reason}


async def test_a_full_batch_is_stored() -> None:
    edge = Edge()
    items = [{"user_id": f"user {number}", "fact": "Likes tea"} for number in range(500)]
    async with opened(edge) as client:
        answer = await client.post("/v1/memories/batch", json={"memories": items})
    assert {one["status"] for one in answer.json()["results"]} == {201}
    assert await edge.held() == 500


async def test_a_batch_of_bad_items_alone_stores_nothing() -> None:
    edge = Edge(memories=_NeverWritten())
    items: list[object] = [{}, 7, None, []]
    async with opened(edge) as client:
        answer = await client.post("/v1/memories/batch", json={"memories": items})
    assert [one["status"] for one in answer.json()["results"]] == [400, 400, 400, 400]


class _NeverWritten(InMemoryMemories):
    async def write(self, work: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # never gets that far
        raise Unavailable("nobody should have written")
