"""What the PersistMemory routes refuse: 422 with the field's name, 413, 401 and 405, always as a problem."""

from collections.abc import AsyncGenerator

import httpx2
import pytest

from tests.unit.api.edge import Edge, assert_problem, opened

LONGEST = 131_072


@pytest.fixture
async def client() -> AsyncGenerator[httpx2.AsyncClient]:
    async with opened() as client:
        yield client


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("text", {}),
        ("text", {"text": ""}),
        ("text", {"text": " \n\t"}),
        ("text", {"text": None}),
        ("text", {"text": 5}),
        ("text", {"text": ["a"]}),
        ("space", {"text": "a", "space": ""}),
        ("space", {"text": "a", "space": "x" * 201}),
        ("space", {"text": "a", "space": 5}),
        ("space", {"text": "a", "space": None}),
        ("title", {"text": "a", "title": "x" * 201}),
        ("title", {"text": "a", "title": 5}),
        ("metadata", {"text": "a", "metadata": []}),
        ("metadata", {"text": "a", "metadata": "{}"}),
        ("metadata", {"text": "a", "metadata": {"a": "x" * 16_384}}),
    ],
)
async def test_a_bad_memory_names_its_field(client: httpx2.AsyncClient, field: str, body: object) -> None:
    answer = await client.post("/mcp/addMemory", json=body)
    problem = assert_problem(answer, status=422, code="validation_error")
    assert isinstance(problem["fields"], dict)
    assert field in problem["fields"]
    assert problem["title"] == "Unprocessable Content"


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("q", {}),
        ("q", {"q": ""}),
        ("q", {"q": " "}),
        ("q", {"q": 1}),
        ("top_k", {"q": "a", "top_k": "abc"}),
        ("top_k", {"q": "a", "top_k": 1.5}),
        ("top_k", {"q": "a", "top_k": None}),
        ("top_k", {"q": "a", "top_k": True}),
        ("filter", {"q": "a", "filter": []}),
        ("filter", {"q": "a", "filter": "a"}),
        ("filter", {"q": "a", "filter": None}),
        ("filter", {"q": "a", "filter": {"a": "x" * 16_384}}),
        ("space", {"q": "a", "space": ""}),
    ],
)
async def test_a_bad_search_names_its_field(client: httpx2.AsyncClient, field: str, body: object) -> None:
    problem = assert_problem(await client.post("/mcp/search", json=body), status=422, code="validation_error")
    assert isinstance(problem["fields"], dict)
    assert field in problem["fields"]


@pytest.mark.parametrize(
    "query", ["limit=abc", "limit=1.5", "limit=", "space=", f"space={'x' * 201}", "space=%FF"]
)
async def test_a_bad_listing_is_refused(client: httpx2.AsyncClient, query: str) -> None:
    answer = await client.get(f"/mcp/fetchMessages?{query}")
    assert_problem(answer, status=422, code="validation_error")


@pytest.mark.parametrize("query", ["limit=abc", "offset=x"])
async def test_a_bad_page_of_spaces_is_refused(client: httpx2.AsyncClient, query: str) -> None:
    assert_problem(await client.get(f"/spaces?{query}"), status=422, code="validation_error")


async def test_a_space_that_is_not_utf_8_is_refused(client: httpx2.AsyncClient) -> None:
    answer = await client.delete("/spaces/%FF")
    assert_problem(answer, status=422, code="validation_error")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'"text"',
        b'{"text": "\\ud800"}',
        b'{"text": "a", "space": "\\ud800"}',
        b'{"text": "a", "metadata": {"a": "\\udfff"}}',
        b'{"text": "a", "metadata": {"\\udfff": 1}}',
        b'{"text": "a", "metadata": {"a": NaN}}',
        b'{"text": "a", "metadata": {"a": 1e999}}',
        b'{"text": "\xff"}',
        b'{"text": "a", "metadata": {"a": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(client: httpx2.AsyncClient, body: bytes) -> None:
    assert_problem(await client.post("/mcp/addMemory", content=body), status=422, code="validation_error")


@pytest.mark.parametrize("text", ["x" * LONGEST, "é" * (LONGEST // 2), "🚲" * (LONGEST // 4)])
async def test_the_longest_text_is_stored_whole(client: httpx2.AsyncClient, text: str) -> None:
    answer = await client.post("/mcp/addMemory", json={"text": text})
    assert answer.status_code == 201
    assert answer.json()["text"] == text


@pytest.mark.parametrize(
    "text", ["x" * (LONGEST + 1), "é" * (LONGEST // 2) + "x", "x" * 2_000_000], ids=["ascii", "é", "body"]
)
async def test_a_larger_text_is_413(client: httpx2.AsyncClient, text: str) -> None:
    answer = await client.post("/mcp/addMemory", json={"text": text})
    assert_problem(answer, status=413, code="payload_too_large")


@pytest.mark.parametrize("key", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic abc"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/mcp/addMemory"),
        ("POST", "/mcp/search"),
        ("GET", "/mcp/fetchMessages"),
        ("DELETE", "/spaces/work"),
        ("GET", "/spaces"),
        ("GET", "/mcp/memories/x"),
        ("DELETE", "/mcp/memories/x"),
    ],
)
async def test_without_a_valid_key_nothing_is_looked_at(method: str, path: str, key: str | None) -> None:
    edge = Edge()
    await edge.services.access.ensure_default_tenant()
    headers = {} if key is None else {"Authorization": key}
    async with edge.client(headers) as client:
        answer = await client.request(method, path, content=b"{")
    assert_problem(answer, status=401, code="unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/mcp/addMemory", "POST"),
        ("GET", "/mcp/search", "POST"),
        ("POST", "/mcp/fetchMessages", "GET"),
        ("POST", "/spaces", "GET"),
        ("GET", "/spaces/work", "DELETE"),
        ("PATCH", "/mcp/memories/x", "DELETE, GET"),
    ],
)
async def test_another_method_is_405(
    client: httpx2.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await client.request(method, path)
    assert_problem(answer, status=405, code="method_not_allowed")
    assert answer.headers["allow"] == allowed


async def test_a_json_type_without_a_body_does_no_harm(client: httpx2.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    await client.post("/mcp/addMemory", json={"text": "Likes tea", "space": "work"})
    assert (await client.get("/mcp/fetchMessages", headers=headers)).status_code == 200
    assert (await client.delete("/spaces/work", headers=headers)).status_code == 204
