"""Asking why a memory does not come back."""

import dataclasses

import pytest

from app.domain.recall import LaneScore, LaneScores
from app.services.recall import RecallRequest, ScopeWanted, Stage, WhyNot
from tests.contract import recall_edge
from tests.contract.recall_edge import HIT, ScriptedRecall
from tests.unit.api.edge import assert_problem

_TIME = "must be a time like 2026-05-01T09:30:00Z, with an offset from UTC"
UNFOUND = WhyNot(memory_id="m1", stage=Stage.LANES, reason="No lane brought it")


async def test_a_memory_that_no_lane_found_has_neither_rank_nor_score() -> None:
    async with recall_edge.opened(ScriptedRecall(UNFOUND)) as client:
        answer = await client.get("/v1/recall/why-not?memory_id=m1&query=tea")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "id": "m1",
            "comes_back": False,
            "stage": "lanes",
            "reason": "No lane brought it",
            "rank": None,
            "score": None,
            "explanation": None,
        },
    )


async def test_a_memory_that_comes_back_has_its_place_and_what_ranked_it() -> None:
    hit = dataclasses.replace(HIT, lanes=LaneScores(words=LaneScore(rank=1, signal=1.0)))
    says = WhyNot(memory_id="m1", stage=None, reason="It comes back at rank 2", rank=2, hit=hit)
    async with recall_edge.opened(ScriptedRecall(says)) as client:
        answer = (await client.get("/v1/recall/why-not?memory_id=m1")).json()
    assert (answer["comes_back"], answer["stage"], answer["rank"], answer["score"]) == (True, None, 2, 0.7124)
    assert answer["explanation"]["words"] == {"rank": 1, "score": 1.0}


async def test_without_a_scope_that_of_the_memory_is_asked() -> None:
    recall = ScriptedRecall(UNFOUND)
    async with recall_edge.opened(recall) as client:
        await client.get("/v1/recall/why-not?memory_id=m1")
    assert recall.request == RecallRequest(tenant_id=recall.request.tenant_id, query=None, scopes=())
    assert recall.missed == ["m1"]


async def test_every_parameter_reaches_the_service() -> None:
    recall = ScriptedRecall(UNFOUND)
    async with recall_edge.opened(recall) as client:
        await client.get(
            "/v1/recall/why-not",
            params={
                "memory_id": "m1", "query": "tea & cake", "user_id": "ann", "namespace": "work",
                "team_id": "t1", "limit": "1000000000", "min_score": "0.5",
                "as_of": "2026-05-01T12:00:00Z", "known_at": "2026-05-01T14:00:00+02:00",
            },
        )  # fmt: skip
    assert recall.request == RecallRequest(
        tenant_id=recall.request.tenant_id,
        query="tea & cake",
        scopes=[ScopeWanted(user_id="ann", namespace="work", team_id="t1")],
        limit=100,
        min_score=0.5,
        as_of=recall_edge.NOON,
        known_at=recall_edge.NOON,
    )


@pytest.mark.parametrize(
    ("parameters", "field", "reason"),
    [
        ("query=tea", "memory_id", "is required"),
        ("memory_id=m1&limit=x", "limit", "must be a whole number"),
        ("memory_id=m1&as_of=2026-05-01", "as_of", _TIME),
        ("memory_id=m1&agent_id=a1", "user_id", "is required without space"),
        ("memory_id=m1&user_id=ann&space=s", "user_id", "must not be given together with space"),
        ("memory_id=m1&query=" + "x" * 10_001, "query", "must have at most 10000 characters"),
    ],
)  # fmt: skip
async def test_a_bad_parameter_is_named_with_its_reason(parameters: str, field: str, reason: str) -> None:
    recall = ScriptedRecall(UNFOUND)
    async with recall_edge.opened(recall) as client:
        answer = await client.get(f"/v1/recall/why-not?{parameters}")
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {field: reason}
    assert recall.asked == []
