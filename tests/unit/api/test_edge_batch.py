"""`POST /v1/graph/connect/batch`: many edges, one outcome each."""

from typing import Any

import httpx2
import pytest

from tests.unit.api.edge import assert_problem, opened

BATCH = "/v1/graph/connect/batch"


async def _two(client: httpx2.AsyncClient) -> tuple[str, str]:
    answers = [
        await client.post("/v1/memories", json={"user_id": "u", "fact": fact})
        for fact in ("Likes tea", "Sings")
    ]
    first, second = (answer.json()["id"] for answer in answers)
    return first, second


def _edge(start: str, end: str, **fields: object) -> dict[str, object]:
    return {"from_memory_id": start, "to_memory_id": end, "relationship_type": "with", **fields}


async def _sent(client: httpx2.AsyncClient, *edges: object) -> list[dict[str, Any]]:
    answer = await client.post(BATCH, json={"edges": edges})
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


async def test_each_edge_has_the_outcome_that_it_would_have_alone() -> None:
    async with opened() as client:
        a, b = await _two(client)
        made, again, alone, nowhere, heavy, wordless, number = await _sent(
            client, _edge(a, b, weight="0.5"), _edge(a, b), _edge(a, a), _edge(a, "x"), _edge(a, b, weight=2),
            {"from_memory_id": a, "to_memory_id": b}, 7,
        )  # fmt: skip
    assert (made["status"], made["weight"], made["from_memory_id"]) == (201, 0.5, a)
    assert (again["status"], again["code"], again["id"]) == (409, "conflict", made["id"])
    assert (alone["status"], alone["error"]) == (400, "Cannot create an edge from a memory to itself")
    assert (nowhere["status"], nowhere["error"]) == (404, "Memory not found")
    assert (heavy["status"], heavy["fields"].keys()) == (400, {"weight"})
    assert (wordless["status"], wordless["fields"].keys()) == (400, {"relationship_type"})
    assert number["status"] == 400
    assert [one["index"] for one in (made, again, number)] == [0, 1, 6]


@pytest.mark.parametrize("edges", [[], [1] * 501, "x", None])
async def test_a_batch_has_1_to_500_edges(edges: object) -> None:
    async with opened() as client:
        answer = await client.post(BATCH, json={"edges": edges})
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"]
