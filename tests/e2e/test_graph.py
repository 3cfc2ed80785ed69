"""The contract's acceptance checks of graph memory, on a service as a user starts it."""

from collections.abc import Sequence
from typing import Any

import httpx2
import pytest
import uuid6

from tests.e2e.command import LociProcess

FACTS = (
    "Currently building a payment reconciliation service",
    "Is a senior backend engineer at Stripe",
    "The reconciliation service needs access to the ledger database",
)


def _stored(client: httpx2.Client) -> list[str]:
    user = f"user-{uuid6.uuid7()}"
    answers = [client.post("/v1/memories", json={"user_id": user, "fact": fact}) for fact in FACTS]
    return [answer.json()["id"] for answer in answers]


def _join(client: httpx2.Client, start: str, end: str, words: str, weight: float) -> httpx2.Response:
    sent = {"from_memory_id": start, "to_memory_id": end, "relationship_type": words, "weight": weight}
    return client.post("/v1/graph/connect", json=sent)


def _walked(client: httpx2.Client, root: str, depth: object) -> Sequence[tuple[str, int, str]]:
    answer = client.get(f"/v1/graph/traverse/{root}", params={"depth": str(depth)})
    assert answer.status_code == 200, answer.text
    nodes: list[dict[str, Any]] = answer.json()["nodes"]
    return [(one["memory_id"], one["depth"], one["edge"]["relationship_type"]) for one in nodes]


def test_m20_to_m23_memories_are_joined_and_walked(loci: LociProcess) -> None:
    with loci.client() as client:
        mem1, mem2, mem3 = _stored(client)
        assert len({mem1, mem2, mem3}) == 3
        made = _join(client, mem1, mem2, "context_for", 0.9)
        assert made.status_code == 201
        assert _walked(client, mem1, 3) == [(mem2, 1, "context_for")]
        assert _join(client, mem2, mem3, "requires", 0.8).status_code == 201
        assert _walked(client, mem1, 3) == [(mem2, 1, "context_for"), (mem3, 2, "requires")]
        assert _walked(client, mem3, 99) == [(mem2, 1, "requires"), (mem1, 2, "context_for")]
        again = _join(client, mem1, mem2, "context_for", 0.1)
        assert (again.status_code, again.json()["id"]) == (409, made.json()["id"])


@pytest.mark.parametrize(("words", "weight", "status"), [("x", 1.5, 400), ("x" * 101, 1, 400), ("→", 1, 201)])
def test_m23_edges_are_checked(loci: LociProcess, words: str, weight: float, status: int) -> None:
    with loci.client() as client:
        mem1, mem2, _ = _stored(client)
        assert _join(client, mem1, mem2, words, weight).status_code == status
        assert _join(client, mem1, mem1, words, 1).status_code == 400
        assert client.get(f"/v1/graph/traverse/{mem1}?depth=x").status_code == 400


def test_m34_a_deleted_memory_takes_its_edges_along(loci: LociProcess) -> None:
    with loci.client() as client:
        mem1, mem2, mem3 = _stored(client)
        edge = _join(client, mem1, mem2, "context_for", 0.9).json()
        _join(client, mem2, mem3, "requires", 0.8)
        assert client.delete(f"/v1/memories/{mem2}").status_code == 204
        assert _walked(client, mem1, 5) == []
        assert client.get(f"/v1/graph/traverse/{mem2}").status_code == 404
        assert _join(client, mem1, mem2, "again", 1).status_code == 404
        assert client.delete(f"/v1/graph/edge/{edge['id']}").status_code == 404
