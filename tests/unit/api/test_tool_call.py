"""The route for language models' tool calls: what the matching routes answer, and nothing else."""

import json
from typing import Any

import httpx2
import pytest

from tests.unit.api.edge import Edge, assert_problem, opened

FACT = {"user_id": "ann/x", "fact": "Likes tea"}


async def _call(
    client: httpx2.AsyncClient, name: str, arguments: object = None, **headers: str
) -> httpx2.Response:
    body = {"name": name, "arguments": arguments}
    return await client.post("/v1/openai/tool-call", json=body, headers=headers)


async def _stored(client: httpx2.AsyncClient, **fields: object) -> dict[str, Any]:
    answer = await _call(client, "smara_store_memory", FACT | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_fact_is_stored_as_by_its_route_and_comes_from_openai() -> None:
    async with opened() as client:
        stored = await _stored(client)
        again = await _call(client, "smara_store_memory", FACT)
    assert stored == {"action": "stored", "id": stored["id"], "source": "openai", "namespace": "default"}
    assert (again.status_code, again.json()) == (200, {"action": "duplicate", "id": stored["id"]})


async def test_source_and_namespace_stay_apart_where_they_are_given() -> None:
    async with opened() as client:
        stored = await _stored(client, source="chat", namespace="work")
    assert (stored["source"], stored["namespace"]) == ("chat", "work")


async def test_arguments_may_be_a_string_that_holds_an_object() -> None:
    async with opened() as client:
        stored = await _call(client, "smara_store_memory", json.dumps(FACT))
        found = await _call(client, "smara_search_memories", '{"user_id": "ann/x", "q": "tea", "limit": "3"}')
    assert [one["id"] for one in found.json()["results"]] == [stored.json()["id"]]


@pytest.mark.parametrize("query", [{"q": "tea"}, {"query": "tea", "limit": 1}, {"q": "x", "source": "other"}])
async def test_a_search_answers_what_its_route_answers(query: dict[str, object]) -> None:
    async with opened() as client:
        await _stored(client)
        called = await _call(client, "smara_search_memories", {"user_id": "ann/x", **query})
        routed = await client.get("/v1/memories/search", params={"user_id": "ann/x", **query})  # pyright: ignore[reportArgumentType]
    assert (called.status_code, called.json()) == (200, routed.json())


@pytest.mark.parametrize("query", [{}, {"q": "tea"}, {"q": " ", "top_n": "99"}])
async def test_a_context_answers_what_its_route_answers(query: dict[str, str]) -> None:
    async with opened() as client:
        await _stored(client)
        called = await _call(client, "smara_get_context", {"user_id": "ann/x", **query})
        routed = await client.get("/v1/users/ann/x/context", params=query)
    assert (called.status_code, called.json()) == (200, routed.json())
    assert "Likes tea" in called.json()["context"]


async def test_a_memory_is_deleted_once() -> None:
    async with opened() as client:
        named = {"memory_id": (await _stored(client))["id"]}
        gone = await _call(client, "smara_delete_memory", named)
        again = await _call(client, "smara_delete_memory", named)
    assert (gone.status_code, gone.content) == (204, b"")
    assert_problem(again, status=404, code="not_found")


@pytest.mark.parametrize("arguments", [{}, "{}", "", None])
async def test_usage_needs_no_arguments(arguments: object) -> None:
    async with opened() as client:
        await _stored(client)
        called = await _call(client, "smara_get_usage", arguments)
        bare = await client.post("/v1/openai/tool-call", json={"name": "smara_get_usage"})
        routed = await client.get("/v1/usage")
    assert called.json() == bare.json() == routed.json()


@pytest.mark.parametrize("name", ["", "smara_forget", "__class__", "SMARA_GET_USAGE", "x" * 3000, "é`'"])
async def test_an_unknown_function_is_400_and_named(name: str) -> None:
    async with opened() as client:
        answer = await _call(client, name, FACT)
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["error"] == f"Unknown function: {name}"


@pytest.mark.parametrize(
    "arguments", ["[]", "3", "null", "{", '{"a": NaN}', '{"a": "\\ud800"}', "[" * 5000, [], 3, True]
)
async def test_arguments_that_are_no_object_are_400(arguments: object) -> None:
    async with opened() as client:
        answer = await _call(client, "smara_store_memory", arguments)
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"] == {"arguments": "must be an object, or a string that holds a JSON object"}


@pytest.mark.parametrize(
    ("name", "arguments", "fields"),
    [
        ("smara_store_memory", {}, {"user_id": "is required", "fact": "is required"}),
        ("smara_store_memory", FACT | {"importance": 2}, {"importance": "must be at most 1"}),
        ("smara_store_memory", FACT | {"source": None}, {"source": "must be a string"}),
        ("smara_search_memories", {"user_id": "u"}, {"q": "is required"}),
        (
            "smara_search_memories",
            {"user_id": "u", "q": "x", "limit": "a"},
            {"limit": "must be a whole number"},
        ),
        ("smara_get_context", {}, {"user_id": "is required"}),
        ("smara_get_context", {"user_id": ""}, {"user_id": "must not be empty"}),
        ("smara_delete_memory", {}, {"memory_id": "is required"}),
        ("smara_delete_memory", {"memory_id": 7}, {"memory_id": "must be a string"}),
    ],
)
async def test_bad_arguments_are_400_as_by_the_matching_route(
    name: str, arguments: dict[str, object], fields: dict[str, str]
) -> None:
    async with opened() as client:
        answer = await _call(client, name, arguments)
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == fields


@pytest.mark.parametrize("body", [b"{}", b'{"name": null}', b'{"name": 7}', b"[]", b"{"])
async def test_a_call_that_is_none_is_400(body: bytes) -> None:
    async with opened() as client:
        answer = await client.post("/v1/openai/tool-call", content=body)
    assert_problem(answer, status=400, code="validation_error")


async def test_the_limit_of_the_tenant_holds_for_calls_too() -> None:
    async with opened(Edge(memory_limit=1)) as client:
        await _stored(client)
        answer = await _call(client, "smara_store_memory", FACT | {"fact": "Plays chess on Sundays"})
    assert_problem(answer, status=402, code="quota_exceeded")


async def test_a_call_takes_effect_once_per_idempotency_key() -> None:
    headers = {"Idempotency-Key": "one"}
    async with opened() as client:
        first = await _call(client, "smara_store_memory", FACT, **headers)
        again = await _call(client, "smara_store_memory", FACT, **headers)
        other = await _call(client, "smara_get_usage", {}, **headers)
    assert (again.status_code, again.json()) == (201, first.json())
    assert other.status_code == 422
