"""The OpenAPI document: a reviewed snapshot, and rules that every route keeps."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.api.edge import Edge, assert_problem

_SNAPSHOT = Path(__file__).with_suffix(".json")
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_KEYLESS = ("/setup", "/admin/", "/health", "/livez", "/readyz", "/v1/signup", "/v1/invitations/")
_SECOND_DIALECT = ("/mcp/", "/spaces")


async def _document() -> dict[str, Any]:
    async with Edge().client(headers={}) as client:
        document = (await client.get("/openapi.json")).json()
    document["info"].pop("version")
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), path, operation


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():  # pyright: ignore[reportUnknownVariableType]  # any JSON
            if name == "$ref":
                yield str(value)  # pyright: ignore[reportUnknownArgumentType]  # any JSON
            yield from _references(value)  # pyright: ignore[reportUnknownArgumentType]  # any JSON
    if isinstance(part, list):
        for value in part:  # pyright: ignore[reportUnknownVariableType]  # any JSON
            yield from _references(value)  # pyright: ignore[reportUnknownArgumentType]  # any JSON


async def test_the_document_is_the_reviewed_one() -> None:
    document = json.dumps(await _document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert document == _SNAPSHOT.read_text(), (
        f"the API's description has changed; review it, then put this into {_SNAPSHOT.name}:\n{document}"
    )


async def test_every_reference_leads_somewhere() -> None:
    document = await _document()
    for reference in set(_references(document)):
        target: Any = document
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]
        assert target


async def test_every_operation_documents_its_problems_in_one_shape() -> None:
    for method, path, operation in _operations(await _document()):
        refusals = {status: one for status, one in operation["responses"].items() if status >= "4"}
        invalid = "422" if path.startswith(_SECOND_DIALECT) else "400"
        assert refusals.keys() >= {invalid, "413", "500", "503", "default"}, (method, path)
        assert all(one["content"] == _PROBLEM for one in refusals.values()), (method, path)


async def test_the_second_dialect_never_answers_400_and_v1_answers_422_to_idempotency_keys_alone() -> None:
    for method, path, operation in _operations(await _document()):
        if path.startswith(_SECOND_DIALECT):
            assert "400" not in operation["responses"], (method, path)
        else:
            names = {one["name"] for one in operation.get("parameters", [])}
            assert ("422" in operation["responses"]) == ("Idempotency-Key" in names), (method, path)


async def test_every_post_that_needs_the_bearer_key_documents_the_idempotency_key() -> None:
    read_only = {"/v1/memories/search", "/v1/memories/judge", "/v1/recall", "/mcp/search"}
    for method, path, operation in _operations(await _document()):
        names = {one["name"] for one in operation.get("parameters", [])}
        if method == "POST" and "401" in operation["responses"] and path not in read_only:
            assert "Idempotency-Key" in names, path


async def test_all_operations_but_those_named_here_need_the_bearer_key() -> None:
    document = await _document()
    for method, path, operation in _operations(document):
        keyed = not path.startswith(_KEYLESS)
        assert ("401" in operation["responses"]) == keyed, (method, path)
        assert operation.get("security") == ([{"bearer": []}] if keyed else None)
    assert document["components"]["securitySchemes"]["bearer"] == {"type": "http", "scheme": "bearer"}


async def test_every_documented_operation_refuses_a_request_without_its_key() -> None:
    document = await _document()
    async with Edge().client(headers={}) as client:
        for method, path, _ in _operations(document):
            if not path.startswith(_KEYLESS):
                answer = await client.request(method, path.replace("{", "").replace("}", ""))
                assert_problem(answer, status=401, code="unauthorized")


async def test_every_field_and_parameter_is_described() -> None:
    document = await _document()
    for name, schema in document["components"]["schemas"].items():
        for field, one in schema.get("properties", {}).items():
            assert one.get("description"), f"{name}.{field}"
    for method, path, operation in _operations(document):
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), (method, path, parameter["name"])


@pytest.mark.parametrize("name", ["SearchQuery", "MemoryCreate", "MemoryUpdate", "BatchCreate", "EdgeCreate"])
async def test_bodies_are_documented_under_their_documented_names(name: str) -> None:
    properties = (await _document())["components"]["schemas"][name]["properties"]
    assert properties.keys().isdisjoint({"query", "content", "userId", "top_n"})
