"""What the calls of recall send, and how their answers are read."""

from datetime import datetime, timedelta, timezone

import pytest

from loci_client import (
    Degraded,
    Explanation,
    GraphScore,
    LaneScore,
    LeftOut,
    NewMemory,
    PastMemory,
    RecallGraph,
    RecallScope,
    Route,
)
from recall_samples import EXPLANATION, NOON, RECALLED, ROW, WHY_NOT
from samples import STORED
from stand_ins import OpenClient, ScriptedService, answer, problem, sent

AT_NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
EXPLAINED = Explanation(
    vector=LaneScore(rank=1, score=1.0),
    words=None,
    graph=GraphScore(
        rank=2,
        score=0.25,
        route=Route(kind="link", via="requires", from_memory_id="c3", strength=0.5),
    ),
    speaker_named=True,
    put_above=None,
    reranked=None,
)


def test_a_question_sends_only_what_was_given(open_client: OpenClient) -> None:
    service = ScriptedService(answer(RECALLED))
    open_client(service).recall("what to drink", user_id="ann")
    assert sent(service.request) == ("POST", "/v1/recall", {"query": "what to drink", "user_id": "ann"})


def test_a_question_sends_every_member(open_client: OpenClient) -> None:
    service = ScriptedService(answer(RECALLED))
    open_client(service).recall(
        "tea",
        scopes=[RecallScope(user_id="ann", team_id="t1"), RecallScope(space="notes")],
        limit=0,
        filter={"importance": {"gte": 0.5}},
        as_of=datetime(2026, 5, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        known_at=AT_NOON,
        history=True,
        min_score=0.0,
        decay_weight=0.0,
        lanes=("vector", "graph"),
        graph=RecallGraph(types=(), depth=2),
        explain=False,
        token_budget=500,
    )
    assert sent(service.request)[2] == {
        "query": "tea",
        "scopes": [{"user_id": "ann", "team_id": "t1"}, {"space": "notes"}],
        "limit": 0,
        "filter": {"importance": {"gte": 0.5}},
        "as_of": "2026-05-01T14:00:00+02:00",
        "known_at": "2026-05-01T12:00:00+00:00",
        "history": True,
        "min_score": 0.0,
        "decay_weight": 0.0,
        "lanes": ["vector", "graph"],
        "graph": {"types": [], "depth": 2},
        "explain": False,
        "token_budget": 500,
    }


def test_one_scope_is_named_by_its_members(open_client: OpenClient) -> None:
    service = ScriptedService(answer(RECALLED))
    open_client(service).recall(user_id="ann", namespace="work", agent_id="a1")
    assert sent(service.request)[2] == {"user_id": "ann", "namespace": "work", "agent_id": "a1"}


def test_the_graph_can_be_left_out(open_client: OpenClient) -> None:
    service = ScriptedService(answer(RECALLED))
    open_client(service).recall("tea", space="notes", graph=False)
    assert sent(service.request)[2] == {"query": "tea", "space": "notes", "graph": False}


def test_a_question_is_sent_again_without_an_idempotency_key(open_client: OpenClient) -> None:
    service = ScriptedService(problem(503, "unavailable"), answer(RECALLED))
    open_client(service).recall("tea", user_id="ann")
    assert [request.headers.get("Idempotency-Key") for request in service.requests] == [None, None]


def test_a_time_without_an_offset_is_refused_before_anything_is_sent(open_client: OpenClient) -> None:
    service = ScriptedService()
    with pytest.raises(ValueError, match="UTC offset"):
        open_client(service).recall("tea", user_id="ann", as_of=datetime(2026, 5, 1))  # noqa: DTZ001  # the point
    assert service.requests == []


def test_an_answer_is_gone_over_and_printed(open_client: OpenClient) -> None:
    body = {
        "results": [ROW],
        "degraded": [{"lane": "words", "reason": "late"}],
        "context": "[1] …",
        "tokens": 3,
    }
    recalled = open_client(ScriptedService(answer(body))).recall("tea", user_id="ann")
    (memory,) = recalled
    assert (memory.fact, memory.speaker, memory.created_at, memory.score) == (
        "Drinks tea",
        "Ann",
        AT_NOON,
        0.7136,
    )
    assert (memory.history, memory.explanation, recalled.left_out) == (None, None, ())
    assert (str(recalled), recalled.tokens) == ("[1] …", 3)
    assert recalled.degraded == (Degraded(lane="words", reason="late"),)


def test_an_explained_answer_has_its_reasons(open_client: OpenClient) -> None:
    past = {
        "retired_at": None,
        "id": "a1",
        "fact": "Drinks cocoa",
        "created_at": NOON,
        "valid_to": NOON,
        "recorded_at": NOON,
    }
    body = {
        "results": [{**ROW, "history": [past], "explanation": EXPLANATION}],
        "degraded": [],
        "left_out": [{"id": "d4", "stage": "filter", "reason": "refused", "score": None, "rank": None}],
    }
    recalled = open_client(ScriptedService(answer(body))).recall("tea", user_id="ann", explain=True)
    assert recalled.results[0].explanation == EXPLAINED
    assert recalled.results[0].history == (
        PastMemory(
            id="a1",
            fact="Drinks cocoa",
            created_at=AT_NOON,
            valid_to=AT_NOON,
            recorded_at=AT_NOON,
            retired_at=None,
        ),
    )
    assert recalled.left_out == (LeftOut(id="d4", stage="filter", reason="refused", score=None, rank=None),)


def test_what_keeps_a_memory_out_is_told(open_client: OpenClient) -> None:
    told = open_client(ScriptedService(answer(WHY_NOT))).why_not("b2", "tea")
    assert (told.comes_back, told.stage, told.rank, told.score) == (False, "limit", 12, 0.4)
    assert told.explanation == EXPLAINED


def test_a_turn_of_a_conversation_is_stored_with_who_said_it_and_what_is_in_it(
    open_client: OpenClient,
) -> None:
    service = ScriptedService(answer(STORED, 201), answer({"results": []}), answer(STORED, 201))
    client = open_client(service)
    client.store("ann", "It rains", conversation_id="c1", speaker="Ann", title="Rome", entities=("Italy",))
    said = NewMemory(
        user_id="ann",
        fact="It rains",
        conversation_id="c1",
        speaker="Ann",
        title="Rome",
        entities=("Italy",),
    )
    client.store_many([said])
    client.agents.store(
        "a1", "ann", "It rains", conversation_id="c1", speaker="Ann", title="Rome", entities=("Italy",)
    )
    body = {
        "user_id": "ann",
        "fact": "It rains",
        "conversation_id": "c1",
        "speaker": "Ann",
        "title": "Rome",
        "entities": ["Italy"],
    }
    assert [sent(one)[2] for one in service.requests] == [body, {"memories": [body]}, body]
