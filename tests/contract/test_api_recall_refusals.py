"""Questions that recall does not understand: each is refused by the name of its fault, and never asked."""

import json

import pytest

from app.errors import Forbidden, LociError, NotFound, Unavailable
from tests.contract import recall_edge
from tests.contract.recall_edge import ScriptedRecall
from tests.unit.api.edge import assert_problem

_TIME = "must be a time like 2026-05-01T09:30:00Z, with an offset from UTC"
_WHOLE = "must be a whole number"
_TOGETHER = "must not be given together with space"
_ONE_OR_MANY = "must not be given together with the members of one scope"
ANN: dict[str, object] = {"user_id": "ann"}

BAD: list[tuple[dict[str, object], str, str]] = [
    ({}, "user_id", "is required without space"),
    ({"query": "tea"}, "user_id", "is required without space"),
    ({"namespace": "work"}, "user_id", "is required without space"),
    ({"agent_id": "a1"}, "user_id", "is required without space"),
    ({"team_id": "t1"}, "user_id", "is required without space"),
    ({**ANN, "query": 7}, "query", "must be a string"),
    ({**ANN, "query": "x" * 10_001}, "query", "must have at most 10000 characters"),
    ({"user_id": ""}, "user_id", "must not be empty"),
    ({"user_id": "u" * 257}, "user_id", "must have at most 256 characters"),
    ({**ANN, "namespace": ""}, "namespace", "must not be empty"),
    ({**ANN, "agent_id": 5}, "agent_id", "must be a string"),
    ({**ANN, "space": "notes"}, "user_id", _TOGETHER),
    ({"namespace": "work", "space": "notes"}, "namespace", _TOGETHER),
    ({"agent_id": "a1", "space": "notes"}, "agent_id", _TOGETHER),
    ({"space": ""}, "space", "must not be empty"),
    ({**ANN, "agent_id": "a1", "team_id": "t1"}, "team_id", "must not be given together with agent_id"),
    ({"scopes": []}, "scopes", "must not be empty"),
    ({"scopes": {}}, "scopes", "must be a list"),
    ({"scopes": [ANN] * 101}, "scopes", "must have at most 100 items"),
    ({"scopes": [ANN, {}]}, "scopes.1.user_id", "is required without space"),
    ({"scopes": [ANN, "bob"]}, "scopes.1", "must be an object"),
    ({"scopes": [{**ANN, "space": "notes"}]}, "scopes.0.user_id", _TOGETHER),
    ({**ANN, "scopes": [ANN]}, "scopes", _ONE_OR_MANY),
    ({"space": "notes", "scopes": [ANN]}, "scopes", _ONE_OR_MANY),
    ({**ANN, "limit": "x"}, "limit", _WHOLE),
    ({**ANN, "limit": 1.5}, "limit", _WHOLE),
    ({**ANN, "limit": None}, "limit", _WHOLE),
    ({**ANN, "token_budget": 0}, "token_budget", "must be at least 1"),
    ({**ANN, "token_budget": -1}, "token_budget", "must be at least 1"),
    ({**ANN, "token_budget": 1.5}, "token_budget", _WHOLE),
    ({**ANN, "token_budget": True}, "token_budget", _WHOLE),
    ({**ANN, "min_score": 1.1}, "min_score", "must be at most 1"),
    ({**ANN, "min_score": "high"}, "min_score", "must be a number"),
    ({**ANN, "decay_weight": -0.1}, "decay_weight", "must be at least 0"),
    ({**ANN, "as_of": "2026-05-01T09:30:00"}, "as_of", _TIME),
    ({**ANN, "as_of": "2026-05-01"}, "as_of", _TIME),
    ({**ANN, "known_at": 1777627800}, "known_at", _TIME),
    ({**ANN, "known_at": "1969-12-31T23:59:59Z"}, "known_at", "must not be before 1970"),
    ({**ANN, "lanes": []}, "lanes", "must not be empty"),
    ({**ANN, "lanes": "vector"}, "lanes", "must be a list"),
    ({**ANN, "lanes": ["bm25"]}, "lanes.0", "must be vector, words or graph"),
    ({**ANN, "lanes": ["graph"], "graph": False}, "graph", "must not be false where graph is the only lane"),
    ({**ANN, "graph": 7}, "graph", "must be an object"),
    ({**ANN, "graph": {"types": "context for"}}, "graph.types", "must be a list"),
    ({**ANN, "graph": {"types": [""]}}, "graph.types.0", "must not be empty"),
    ({**ANN, "graph": {"types": ["x"] * 51}}, "graph.types", "must have at most 50 items"),
    ({**ANN, "graph": {"depth": "far"}}, "graph.depth", _WHOLE),
    ({**ANN, "filter": "source = 'chat'"}, "filter", "must be an object"),
    ({**ANN, "filter": {"source": 7}}, "filter.source", "must be a string or null"),
    ({**ANN, "filter": {"or": [{"created_at": {"gt": "2026-05-01"}}]}}, "filter.or.0.created_at.gt", _TIME),
    ({**ANN, "filter": {"importance": {"gt": "x"}}}, "filter.importance.gt", "must be a number"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field", "reason"), BAD)
async def test_a_bad_member_is_named_with_its_reason(
    body: dict[str, object], field: str, reason: str
) -> None:
    recall = ScriptedRecall()
    async with recall_edge.opened(recall) as client:
        answer = await client.post("/v1/recall", json=body)
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"] == {field: reason}
    assert problem["error"] == f"{field} {reason}"
    assert recall.asked == []


async def test_a_field_that_no_memory_has_is_refused_with_those_there_are() -> None:
    async with recall_edge.opened(ScriptedRecall()) as client:
        answer = await client.post("/v1/recall", json={**ANN, "filter": {"colour": "red"}})
    problem = assert_problem(answer, status=400, code="validation_error")
    assert "filter.colour is no field of a memory; there are source, importance" in str(problem["error"])


async def test_all_bad_members_are_named_at_once() -> None:
    async with recall_edge.opened(ScriptedRecall()) as client:
        answer = await client.post("/v1/recall", json={"user_id": 1, "limit": "x", "as_of": "now"})
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"] == {"user_id": "must be a string", "limit": _WHOLE, "as_of": _TIME}


async def test_a_number_that_is_none_is_refused() -> None:
    body = json.dumps({**ANN, "min_score": 0.5}).replace("0.5", "NaN")
    async with recall_edge.opened(ScriptedRecall()) as client:
        assert_problem(await client.post("/v1/recall", content=body), status=400, code="validation_error")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Forbidden("Not a member of this team"), 403, "forbidden"),
        (NotFound("Space not found"), 404, "not_found"),
        (Unavailable("The database cannot be reached"), 503, "unavailable"),
    ],
)
async def test_what_the_service_refuses_is_answered_as_it_is(
    error: LociError, status: int, code: str
) -> None:
    async with recall_edge.opened(ScriptedRecall(error)) as client:
        asked = assert_problem(await client.post("/v1/recall", json=ANN), status=status, code=code)
        missed = assert_problem(await client.get("/v1/recall/why-not?memory_id=m1"), status=status, code=code)
    assert (asked["error"], missed["error"]) == (str(error), str(error))


async def test_without_a_key_nothing_is_asked() -> None:
    recall = ScriptedRecall()
    async with recall_edge.opened(recall) as client:
        answer = await client.post("/v1/recall", json=ANN, headers={"Authorization": "Bearer other"})
    assert_problem(answer, status=401, code="unauthorized")
    assert recall.asked == []
