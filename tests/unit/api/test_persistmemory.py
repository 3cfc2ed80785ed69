"""The PersistMemory routes: shapes and statuses as its contract prints them."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.unit.api.edge import Edge, assert_problem, opened

POSTGRES = (
    "The company's production database is PostgreSQL 16 running on RDS in us-east-1. "
    "Connection pooling uses PgBouncer."
)
AWKWARD_NAMES = ["a/b", "/", "/a", "a//b", "a b", "a-b", "日本語 🚲", "?#%", "%2F", ".hidden", "x" * 200]


@pytest.fixture
def edge() -> Edge:
    return Edge()


@pytest.fixture
async def client(edge: Edge) -> AsyncGenerator[httpx2.AsyncClient]:
    async with opened(edge) as client:
        yield client


async def add(client: httpx2.AsyncClient, text: str = "Likes tea", **fields: object) -> dict[str, Any]:
    answer = await client.post("/mcp/addMemory", json={"text": text, **fields})
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


async def search(client: httpx2.AsyncClient, q: str = "Likes tea", **fields: object) -> list[dict[str, Any]]:
    answer = await client.post("/mcp/search", json={"q": q, **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()["memories"]


async def newest(client: httpx2.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/mcp/fetchMessages", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["memories"]


async def names(client: httpx2.AsyncClient) -> list[str]:
    return [one["name"] for one in (await client.get("/spaces")).json()["spaces"]]


async def test_a_new_memory_is_answered_with_all_its_members(client: httpx2.AsyncClient) -> None:
    answer = await client.post(
        "/mcp/addMemory", json={"space": "research-agent", "text": POSTGRES, "metadata": {"confidence": 0.95}}
    )
    memory = answer.json()
    assert answer.status_code == 201
    assert memory == {
        "id": memory["id"],
        "space": "research-agent",
        "space_id": memory["space_id"],
        "title": "The company's production database is PostgreSQL 16 running o...",
        "text": POSTGRES,
        "content": POSTGRES,
        "metadata": {"confidence": 0.95},
        "created_at": "2026-05-01T09:30:00.000Z",
        "updated_at": "2026-05-01T09:30:00.000Z",
    }
    assert memory["id"]
    assert memory["space_id"]


async def test_the_defaults_are_those_of_the_contract(client: httpx2.AsyncClient) -> None:
    memory = await add(client)
    assert (memory["space"], memory["title"], memory["metadata"]) == ("default", "Likes tea", {})
    assert await newest(client) == [memory]
    assert [{**one, "score": None} for one in await search(client)] == [{**memory, "score": None}]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({"text": "x" * 60}, "x" * 60),
        ({"text": "x" * 61}, "x" * 60 + "..."),
        ({"text": "Likes tea", "title": ""}, "Likes tea"),
        ({"text": "Likes tea", "title": " \n"}, "Likes tea"),
        ({"text": "Likes tea", "title": " Tea "}, " Tea "),
        ({"text": "Likes tea", "title": "é" * 200}, "é" * 200),
    ],
)
async def test_the_title(client: httpx2.AsyncClient, given: dict[str, str], title: str) -> None:
    assert (await add(client, **given))["title"] == title


async def test_a_duplicate_answers_200_with_the_first_memory(edge: Edge, client: httpx2.AsyncClient) -> None:
    first = await add(client, metadata={"a": 1})
    edge.clock.move(timedelta(hours=1))
    answer = await client.post("/mcp/addMemory", json={"text": "likes tea.", "metadata": {"b": 2}})
    assert answer.status_code == 200
    assert answer.json() == {
        **first,
        "metadata": {"a": 1, "b": 2},
        "updated_at": "2026-05-01T10:30:00.000Z",
    }


async def test_a_long_text_with_anything_in_it_comes_back_as_it_was(client: httpx2.AsyncClient) -> None:
    text = "User asked: [REMEMBER: x] 🚲\r\n\t\u0000 ﷽ “”\n" * 2500
    memory = await add(client, text)
    assert memory["text"] == memory["content"] == text


async def test_a_search_answers_scores(client: httpx2.AsyncClient) -> None:
    await add(client)
    await add(client, "Owns a boat")
    found = await search(client)
    assert [one["text"] for one in found] == ["Likes tea", "Owns a boat"]
    assert found[0]["score"] > 0.95 > found[1]["score"] > 0


@pytest.mark.parametrize(("top_k", "count"), [(0, 1), (-5, 1), (2, 2), ("2", 2), (100_000, 3)])
async def test_top_k_is_clamped(client: httpx2.AsyncClient, top_k: object, count: int) -> None:
    for text in ("a", "b", "c"):
        await add(client, text)
    assert len(await search(client, top_k=top_k)) == count


async def test_a_search_answers_five_unless_told_otherwise(client: httpx2.AsyncClient) -> None:
    for number in range(6):
        await add(client, f"fact {number}")
    assert len(await search(client)) == 5


async def test_a_filter_keeps_equal_metadata_only(client: httpx2.AsyncClient) -> None:
    await add(client, "a", metadata={"page": 1, "done": True})
    await add(client, "b", metadata={"page": 1.0, "done": 1})
    await add(client, "c", metadata={"page": "1"})
    assert sorted(one["text"] for one in await search(client, filter={"page": 1})) == ["a", "b"]
    assert [one["text"] for one in await search(client, filter={"page": 1, "done": True})] == ["a"]
    assert len(await search(client, filter={})) == 3


async def test_the_newest_come_first_and_without_scores(client: httpx2.AsyncClient) -> None:
    for text in ("a", "b", "c"):
        await add(client, text)
    found = await newest(client, limit=2)
    assert [one["text"] for one in found] == ["c", "b"]
    assert "score" not in found[0]


async def test_unknown_spaces_are_empty_and_are_not_made(client: httpx2.AsyncClient) -> None:
    assert await newest(client, space="never") == []
    assert await search(client, space="never") == []
    assert await names(client) == []


async def test_spaces_are_listed_with_their_counts(client: httpx2.AsyncClient) -> None:
    first = await add(client, space="b")
    await add(client, "Owns a boat", space="b")
    await add(client, space="a")
    answer = (await client.get("/spaces?limit=0&offset=1")).json()
    space = {
        "id": first["space_id"],
        "name": "b",
        "memory_count": 2,
        "created_at": "2026-05-01T09:30:00.000Z",
    }
    assert answer == {"spaces": [space], "limit": 1, "offset": 1, "total": 2}
    assert (await client.get("/spaces?limit=5000&offset=-1")).json()["limit"] == 1000


@pytest.mark.parametrize("name", AWKWARD_NAMES)
async def test_any_name_works_everywhere(client: httpx2.AsyncClient, name: str) -> None:
    await add(client, space=name)
    await add(client, space="another")
    assert sorted(await names(client)) == sorted(["another", name])
    assert len(await search(client, space=name)) == len(await newest(client, space=name)) == 1
    assert (await client.delete(f"/spaces/{quote(name, safe='')}")).status_code == 204
    assert await names(client) == ["another"]


async def test_a_name_with_bare_slashes_is_the_whole_rest_of_the_path(client: httpx2.AsyncClient) -> None:
    await add(client, space="teams/red/2026")
    assert (await client.delete("/spaces/teams/red/2026")).status_code == 204
    assert await names(client) == []


@pytest.mark.parametrize("by", ["space", "space_id"])
async def test_a_space_is_deleted_by_id_or_name(client: httpx2.AsyncClient, by: str) -> None:
    memory = await add(client, space="work")
    answer = await client.delete(f"/spaces/{memory[by]}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert await newest(client, space="work") == await search(client, space="work") == []
    again = await client.delete(f"/spaces/{memory[by]}")
    problem = assert_problem(again, status=404, code="not_found")
    assert problem["error"] == "Space not found"
    assert (await client.get(f"/v1/memories/{memory['id']}")).status_code == 404


async def test_one_memory_is_read_and_deleted(client: httpx2.AsyncClient) -> None:
    memory = await add(client, space="work")
    address = f"/mcp/memories/{memory['id']}"
    assert (await client.get(address)).json() == memory
    assert (await client.delete(address)).status_code == 204
    for answer in (await client.get(address), await client.delete(address)):
        assert assert_problem(answer, status=404, code="not_found")["error"] == "Memory not found"
    assert await names(client) == ["work"]


async def test_memories_of_users_are_unknown_here(client: httpx2.AsyncClient) -> None:
    stored = (await client.post("/v1/memories", json={"user_id": "ann", "fact": "Likes tea"})).json()
    address = f"/mcp/memories/{stored['id']}"
    assert_problem(await client.get(address), status=404, code="not_found")
    assert_problem(await client.delete(address), status=404, code="not_found")
    assert await search(client) == []


async def test_a_memory_of_a_space_is_one_of_the_tenant(client: httpx2.AsyncClient) -> None:
    memory = await add(client, metadata={"a": 1})
    read = (await client.get(f"/v1/memories/{memory['id']}")).json()
    assert (read["fact"], read["user_id"], read["metadata"]) == ("Likes tea", None, {"a": 1})
    other = (await client.post("/v1/memories", json={"user_id": "ann", "fact": "Owns a boat"})).json()
    link = {"from_memory_id": memory["id"], "to_memory_id": other["id"], "relationship_type": "about"}
    assert (await client.post("/v1/graph/connect", json=link)).status_code == 201
    assert (await client.delete(f"/v1/memories/{memory['id']}")).status_code == 204
    assert await newest(client) == []


@pytest.mark.parametrize("user_id", ["default", "work", "ann"])
async def test_no_user_finds_memories_of_spaces(client: httpx2.AsyncClient, user_id: str) -> None:
    await add(client, space=user_id)
    found = await client.get("/v1/memories/search", params={"user_id": user_id, "q": "Likes tea"})
    listed = await client.get("/v1/memories", params={"user_id": user_id})
    context = await client.get(f"/v1/users/{user_id}/context")
    assert found.json()["results"] == listed.json()["memories"] == context.json()["memories"] == []


async def test_a_request_sent_again_with_its_key_adds_once(client: httpx2.AsyncClient) -> None:
    headers = {"Idempotency-Key": "one"}
    answers = [
        await client.post("/mcp/addMemory", json={"text": "Likes tea"}, headers=headers) for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    other = await client.post("/mcp/addMemory", json={"text": "Owns a boat"}, headers=headers)
    assert_problem(other, status=422, code="idempotency_mismatch")


async def test_a_memory_beyond_the_limit_is_402_and_a_duplicate_is_known() -> None:
    async with opened(Edge(memory_limit=1)) as client:
        await add(client)
        answer = await client.post("/mcp/addMemory", json={"text": "Owns a boat", "space": "new"})
        problem = assert_problem(answer, status=402, code="quota_exceeded")
        assert (problem["limit"], problem["used"]) == (1, 1)
        assert (await client.post("/mcp/addMemory", json={"text": "Likes tea"})).status_code == 200
        assert await names(client) == ["default"]


async def _protocol(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("model context protocol")(scope, receive, send)


class _Endpoint:
    """An ASGI application, as an endpoint of the Model Context Protocol is one."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _protocol(scope, receive, send)


async def test_an_endpoint_at_mcp_lives_beside_the_routes_below_it(edge: Edge) -> None:
    edge.application.router.routes.insert(0, Route("/mcp", endpoint=_Endpoint()))
    async with opened(edge) as client:
        assert (await client.post("/mcp")).text == "model context protocol"
        memory = await add(client)
        assert await newest(client) == [memory]
        assert len(await search(client)) == 1
        assert (await client.get(f"/mcp/memories/{memory['id']}")).status_code == 200
        assert_problem(await client.get("/mcp/unknown"), status=404, code="not_found")


@pytest.mark.parametrize(
    "path", ["/mcp", "/mcp/", "/mcp/unknown", "/api/v1/memories", "/api/v1/spaces/x", "/keys", "/health/live"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_what_is_not_there_is_a_404_problem(edge: Edge, method: str, path: str) -> None:
    await edge.services.access.ensure_default_tenant()
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        async with edge.client(headers) as client:
            assert_problem(await client.request(method, path), status=404, code="not_found")
