"""How answers of recall look on the wire."""

import dataclasses
from datetime import timedelta

from app.domain.models import MemoryStatus
from app.domain.recall import Lane, LaneScore, LaneScores, Reached, RouteKind
from app.services.recall import Degraded, LeftOut, Recalled, Stage
from tests.contract.recall_edge import HIT, MEMORY, NOON, NOTHING, answered

ROW: dict[str, object] = {
    "id": "m1",
    "fact": "Likes tea",
    "title": None,
    "speaker": None,
    "conversation_id": None,
    "user_id": "ann",
    "agent_id": None,
    "team_id": None,
    "space_id": None,
    "namespace": "default",
    "source": "api",
    "importance": 0.5,
    "created_at": "2026-05-01T12:00:00.000Z",
    "valid_to": None,
    "status": "active",
    "metadata": {},
    "similarity": 0.6124,
    "decay_score": 1.0,
    "score": 0.7124,
}


async def test_without_wishes_an_answer_has_the_results_alone() -> None:
    assert await answered(Recalled(hits=[HIT])) == {"results": [ROW], "degraded": []}


async def test_nothing_found_is_an_empty_answer() -> None:
    assert await answered(NOTHING) == {"results": [], "degraded": []}


async def test_a_memory_is_shown_with_all_that_is_known_of_it() -> None:
    memory = dataclasses.replace(
        MEMORY,
        title="Tea",
        speaker="Ann",
        conversation_id="c1",
        agent_id="a1",
        team_id="t1",
        space_id="s1",
        user_id="",
        status=MemoryStatus.SUPERSEDED,
        valid_to=NOON + timedelta(hours=1),
        metadata={"page": 0.123456},
    )
    answer = await answered(Recalled(hits=[dataclasses.replace(HIT, memory=memory)]))
    assert answer["results"] == [
        {
            **ROW,
            "title": "Tea",
            "speaker": "Ann",
            "conversation_id": "c1",
            "agent_id": "a1",
            "team_id": "t1",
            "space_id": "s1",
            "user_id": None,
            "status": "superseded",
            "valid_to": "2026-05-01T13:00:00.000Z",
            "metadata": {"page": 0.123456},
        }
    ]


async def test_an_explained_answer_says_what_each_lane_found() -> None:
    route = Reached(memory_id="m1", seed_id="m0", kind=RouteKind.LINK, via="context for", strength=0.56789)
    hit = dataclasses.replace(
        HIT,
        lanes=LaneScores(vector=LaneScore(rank=2, signal=0.98765), graph=LaneScore(rank=1, signal=0.5)),
        route=route,
        speaker=True,
        above="m9",
    )
    answer = await answered(Recalled(hits=[hit]), explain=True)
    explanation = {
        "vector": {"rank": 2, "score": 0.9877},
        "words": None,
        "graph": {
            "rank": 1,
            "score": 0.5,
            "route": {"kind": "link", "via": "context for", "from_memory_id": "m0", "strength": 0.5679},
        },
        "speaker_named": True,
        "put_above": "m9",
        "reranked": None,
    }
    assert answer == {
        "results": [{**ROW, "explanation": explanation}],
        "degraded": [],
        "left_out": [],
    }


async def test_a_thing_that_the_question_names_leads_from_no_memory() -> None:
    route = Reached(memory_id="m1", seed_id=None, kind=RouteKind.ENTITY, via="ed wood", strength=0.8)
    hit = dataclasses.replace(HIT, lanes=LaneScores(graph=LaneScore(rank=1, signal=0.8)), route=route)
    answer = await answered(Recalled(hits=[hit]), explain=True)
    assert answer["results"] == [
        {
            **ROW,
            "explanation": {
                "vector": None,
                "words": None,
                "graph": {
                    "rank": 1,
                    "score": 0.8,
                    "route": {"kind": "entity", "via": "ed wood", "from_memory_id": None, "strength": 0.8},
                },
                "speaker_named": False,
                "put_above": None,
                "reranked": None,
            },
        }
    ]


async def test_what_was_left_out_is_told_where_an_explanation_is_asked_for() -> None:
    left_out = [
        LeftOut(memory=MEMORY, stage=Stage.LIMIT, reason="It has rank 2", score=0.33333, rank=2),
        LeftOut(memory=MEMORY, stage=Stage.FILTER, reason="The filter refuses it"),
    ]
    says = Recalled(hits=[], left_out=left_out)
    assert (await answered(says, explain=True))["left_out"] == [
        {"id": "m1", "stage": "limit", "reason": "It has rank 2", "score": 0.3333, "rank": 2},
        {"id": "m1", "stage": "filter", "reason": "The filter refuses it", "score": None, "rank": None},
    ]
    assert "left_out" not in await answered(says)


async def test_a_budget_brings_the_block_and_its_size() -> None:
    answer = await answered(Recalled(hits=[], context="[1] …", tokens=3), token_budget=5)
    assert (answer["context"], answer["tokens"]) == ("[1] …", 3)


async def test_a_block_without_memories_is_there_all_the_same() -> None:
    answer = await answered(Recalled(hits=[], context="", tokens=0), token_budget=1)
    assert (answer["context"], answer["tokens"]) == ("", 0)


async def test_lanes_that_are_missing_are_named() -> None:
    says = Recalled(hits=[HIT], degraded=[Degraded(lane=Lane.WORDS, reason="It took longer than 2 seconds")])
    assert (await answered(says))["degraded"] == [
        {"lane": "words", "reason": "It took longer than 2 seconds"}
    ]


async def test_the_history_is_there_where_it_is_asked_for() -> None:
    older = dataclasses.replace(
        MEMORY,
        id="m0",
        text="Likes cocoa",
        valid_to=NOON + timedelta(hours=1),
        retired_at=NOON + timedelta(hours=2),
    )
    says = Recalled(hits=[HIT], histories={"m1": [older]})
    entry = {
        "id": "m0",
        "fact": "Likes cocoa",
        "created_at": "2026-05-01T12:00:00.000Z",
        "valid_to": "2026-05-01T13:00:00.000Z",
        "recorded_at": "2026-05-01T12:00:00.000Z",
        "retired_at": "2026-05-01T14:00:00.000Z",
    }
    assert (await answered(says, history=True))["results"] == [{**ROW, "history": [entry]}]
    assert (await answered(says))["results"] == [ROW]


async def test_a_memory_without_predecessors_has_an_empty_history() -> None:
    assert (await answered(Recalled(hits=[HIT]), history=True))["results"] == [{**ROW, "history": []}]
