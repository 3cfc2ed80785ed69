"""What becomes of turns of conversations in a group, and which facts are never judged together."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from app.domain import admission
from app.domain.admission import Admitted, Candidate, Plan, Room
from app.domain.conversations import Conversation, Sequel, Tail
from app.domain.judge import Keep, Merge, Ruling
from app.domain.models import Memory, Neighbour
from app.errors import QuotaExceeded
from tests.unit.domain import making

CHAT = Conversation(scope_id="s1", id="chat")


def merging(text: str, *, among: Sequence[Neighbour]) -> Ruling:
    """A judge for whom everything is the same."""
    del text
    return Merge(into=among[0].memory.id, reason="the same") if among else Keep(reason="new")


def turn(memory_id: str, text: str = "Hello", *, said_hours_ago: int = 0, place: int | None = None) -> Memory:
    one = making.memory(memory_id, text=text)
    said = one.recorded_at - timedelta(hours=said_hours_ago)
    return dataclasses.replace(one, conversation_id="chat", speaker="Ann", valid_from=said, turn=place)


def planned(
    *memories: Memory,
    known: Mapping[str, Sequence[Neighbour]] | None = None,
    tails: Mapping[Conversation, Tail] | None = None,
    room: Room | None = None,
) -> Plan:
    candidates = [Candidate(memory=one, vector=making.candidate(one).vector) for one in memories]
    return admission.plan(candidates, known=known or {}, judge=merging, tails=tails, room=room)


def held_by(plan: Plan) -> list[str]:
    return [one.memory_id for one in plan.outcomes if isinstance(one, Admitted)]


def test_turns_are_stored_in_order_without_asking_the_judge():
    plan = planned(turn("a", "One"), turn("b", "Two"), tails={CHAT: Tail(last=turn("z", "Zero", place=4))})
    assert [(one.memory.id, one.memory.turn) for one in plan.created] == [("a", 5), ("b", 6)]
    assert plan.sequels == [Sequel(turn_id="z", next_id="a"), Sequel(turn_id="a", next_id="b")]
    assert plan.windows[0].text == "Zero\nOne"


def test_the_reason_says_that_turns_are_kept_as_they_were_said():
    (outcome,) = planned(turn("a")).outcomes
    assert isinstance(outcome, Admitted)
    assert outcome.reason == "turns of a conversation are kept as they were said"


def test_the_last_turn_sent_again_is_a_duplicate_that_changes_no_order():
    tails = {CHAT: Tail(last=turn("z", "Hello", place=4))}
    plan = planned(turn("a", "Hello"), turn("b", "Two"), tails=tails)
    assert held_by(plan) == ["z", "b"]
    assert [one.memory.turn for one in plan.created] == [5]
    assert [one.id for one in plan.refreshed] == ["z"]


def test_the_same_words_again_after_another_turn_are_stored():
    assert held_by(planned(turn("a", "Yes"), turn("b", "No"), turn("c", "Yes"))) == ["a", "b", "c"]


def test_the_same_words_said_at_the_same_time_are_one_turn_within_a_group():
    said = [turn("a", "Yes", said_hours_ago=2), turn("b", "No"), turn("c", "Yes", said_hours_ago=2)]
    assert held_by(planned(*said)) == ["a", "b", "a"]


def test_a_stored_turn_is_known_again_by_words_and_time():
    old = turn("z", "Yes", said_hours_ago=2)
    plan = planned(turn("a", "Yes", said_hours_ago=2), known={"a": [making.neighbour(old, 1)]})
    assert held_by(plan) == ["z"]


def test_a_turn_told_three_times_in_a_row_is_refreshed_three_times():
    plan = planned(turn("a"), turn("b"), turn("c"))
    assert held_by(plan) == ["a", "a", "a"]
    assert [(one.memory.version, one.memory.turn) for one in plan.created] == [(3, 0)]


def test_facts_and_turns_with_the_same_words_do_not_meet():
    assert held_by(planned(turn("a"), making.memory("f", text="Hello"))) == ["a", "f"]
    assert held_by(planned(making.memory("f", text="Hello"), turn("a"))) == ["f", "a"]


def test_a_turn_that_a_store_hands_out_is_not_judged_beside_a_fact():
    known = {"f": [making.neighbour(turn("z", "Hello"), 1)]}
    assert held_by(planned(making.memory("f", text="Hello"), known=known)) == ["f"]


def test_a_turn_beyond_the_limit_is_refused_and_the_next_does_not_follow_it():
    plan = planned(turn("a", "One"), turn("b", "Two"), turn("c", "One"), room=Room(limit=1, used=0))
    assert [isinstance(one, QuotaExceeded) for one in plan.outcomes] == [False, True, False]
    assert held_by(plan) == ["a", "a"]
    assert plan.sequels == []


@pytest.mark.parametrize(
    ("stored", "new", "held"),
    [
        ({"title": "Oslo"}, {"title": "Bergen"}, "new"),
        ({"title": "Oslo"}, {}, "new"),
        ({}, {"title": "Oslo"}, "new"),
        ({"title": "Oslo"}, {"title": "oslo "}, "old"),
        ({"speaker": "Ann"}, {"speaker": "Bob"}, "new"),
        ({"speaker": "Ann"}, {"speaker": "Ann"}, "old"),
        ({"title": "Oslo…", "space_id": "s"}, {"title": "Bergen…", "space_id": "s"}, "old"),
        ({}, {}, "old"),
    ],
)
def test_facts_are_compared_with_those_of_the_same_title_and_speaker(
    stored: dict[str, str], new: dict[str, str], held: str
):
    old = dataclasses.replace(making.memory("old"), **stored)  # pyright: ignore[reportArgumentType]
    fact = dataclasses.replace(making.memory("new"), **new)  # pyright: ignore[reportArgumentType]
    assert held_by(planned(fact, known={"new": [making.neighbour(old, 1)]})) == [held]
    assert held_by(planned(old, fact))[1] == held
