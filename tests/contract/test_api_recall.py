"""What a question on the wire asks of recall."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import conditions
from app.domain.models import FOREVER
from app.domain.recall import Lane
from app.services.recall import GraphOptions, RecallRequest, ScopeWanted
from tests.contract import recall_edge
from tests.contract.recall_edge import ScriptedRecall, asked

AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
QUERIES = [
    "a",
    "the of and",
    "🦊 🍵",
    "昨日",
    "x" * 10_000,
    "🦊" * 10_000,
    'title:"x" AND (a OR b)~2 ^4 [1 TO *] \\',
    "') RETURN 1 //",
    "MATCH (n) DETACH DELETE n",
    "line\nbreak\u2028and\x00nul",
]


async def test_a_question_of_one_user_has_the_documented_defaults() -> None:
    request = await asked(query="what to drink")
    assert request == RecallRequest(
        tenant_id=request.tenant_id, query="what to drink", scopes=[ScopeWanted(user_id="ann")]
    )
    assert request.tenant_id


async def test_every_member_reaches_the_service() -> None:
    request = await asked(
        query="tea", namespace="work", agent_id="a1", limit="7", filter={"source": "chat"},
        as_of="2026-05-01T11:30:00+02:00", known_at="2026-05-01T09:30:00Z", history=True, min_score="0.25",
        decay_weight=0, lanes=["vector", "graph"], graph={"types": ["context for"], "depth": 2},
        token_budget=500, explain="true",
    )  # fmt: skip
    assert request == RecallRequest(
        tenant_id=request.tenant_id,
        query="tea",
        scopes=[ScopeWanted(user_id="ann", namespace="work", agent_id="a1")],
        limit=7,
        condition=conditions.parse({"source": "chat"}),
        as_of=AT,
        known_at=AT,
        with_history=True,
        min_score=0.25,
        decay_weight=0.0,
        lanes=frozenset({Lane.VECTOR, Lane.GRAPH}),
        graph=GraphOptions(relationship_types=["context for"], depth=2),
        token_budget=500,
        explain=True,
    )


@pytest.mark.parametrize("query", QUERIES)
async def test_any_text_is_a_question(query: str) -> None:
    assert (await asked(query=query)).query == query


@pytest.mark.parametrize("query", [None, "", " \n\u2003"])
async def test_a_blank_question_is_none(query: str | None) -> None:
    assert (await asked(query=query)).query is None


@pytest.mark.parametrize(("given", "meant"), [(0, 1), (-5, 1), (1, 1), (100, 100), (101, 100), (10**9, 100)])
async def test_a_limit_is_clamped(given: int, meant: int) -> None:
    assert (await asked(limit=given)).limit == meant


@pytest.mark.parametrize(("given", "meant"), [(1, 1), ("7", 7), (100_000, 100_000), (10**9, 100_000)])
async def test_a_budget_is_clamped_from_above(given: object, meant: int) -> None:
    assert (await asked(token_budget=given)).token_budget == meant


@pytest.mark.parametrize(("given", "meant"), [(0, 1), (1, 1), (3, 3), (4, 3), (10**9, 3)])
async def test_the_depth_is_clamped(given: int, meant: int) -> None:
    assert (await asked(graph={"depth": given})).graph.depth == meant


@pytest.mark.parametrize("given", [None, True, {}])
async def test_the_graph_is_followed_over_all_edges_unless_said_otherwise(given: object) -> None:
    request = await asked(graph=given)
    assert (request.graph, request.lanes) == (GraphOptions(), frozenset(Lane))


async def test_no_types_are_no_edges() -> None:
    assert (await asked(graph={"types": []})).graph.relationship_types == []


async def test_without_the_graph_its_lane_is_left_out() -> None:
    assert (await asked(graph=False)).lanes == frozenset({Lane.VECTOR, Lane.WORDS})
    assert (await asked(graph=False, lanes=["graph", "words"])).lanes == frozenset({Lane.WORDS})


async def test_a_time_in_the_future_is_asked_for_as_it_is() -> None:
    assert (await asked(as_of="2126-05-01T09:30:00Z")).as_of == AT.replace(year=2126)


@pytest.mark.parametrize("name", ["as_of", "known_at"])
async def test_the_end_of_time_is_just_before_what_has_no_end(name: str) -> None:
    request = await asked(**{name: "9999-12-31T23:59:59.999Z"})
    assert getattr(request, name) == FOREVER - timedelta(microseconds=1)


async def test_an_empty_filter_is_none() -> None:
    assert (await asked(filter={})).condition == conditions.ALWAYS
    assert (await asked(filter=None)).condition == conditions.ALWAYS


async def test_a_filter_that_nothing_can_meet_is_a_question_like_any_other() -> None:
    contradictory = {"importance": {"gt": 0.9, "lt": 0.1}, "not": {}}
    assert (await asked(filter=contradictory)).condition == conditions.parse(contradictory)


@pytest.mark.parametrize(
    ("scope", "meant"),
    [
        ({"user_id": "bob", "namespace": "work"}, ScopeWanted(user_id="bob", namespace="work")),
        ({"user_id": "bob", "agent_id": "a1"}, ScopeWanted(user_id="bob", agent_id="a1")),
        ({"user_id": "bob", "team_id": "t1"}, ScopeWanted(user_id="bob", team_id="t1")),
        ({"space": "ops/notes"}, ScopeWanted(space="ops/notes")),
    ],
)
async def test_one_scope_may_be_named_alone_or_in_a_list(scope: dict[str, str], meant: ScopeWanted) -> None:
    alone, listed = ScriptedRecall(), ScriptedRecall()
    async with recall_edge.opened(alone) as client:
        assert (await client.post("/v1/recall", json=scope)).status_code == 200
    async with recall_edge.opened(listed) as client:
        assert (await client.post("/v1/recall", json={"scopes": [scope]})).status_code == 200
    assert (alone.request.scopes, listed.request.scopes) == ([meant], [meant])


async def test_a_hundred_scopes_are_asked_in_their_order() -> None:
    recall = ScriptedRecall()
    scopes = [{"user_id": f"u{number}"} for number in range(100)]
    async with recall_edge.opened(recall) as client:
        assert (await client.post("/v1/recall", json={"scopes": scopes})).status_code == 200
    assert [one.user_id for one in recall.request.scopes] == [one["user_id"] for one in scopes]


async def test_the_tenant_is_that_of_the_key_whatever_the_body_says() -> None:
    assert (await asked()).tenant_id != "other"
    assert (await asked(tenant_id="other")).tenant_id != "other"
