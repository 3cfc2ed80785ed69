"""Turns of conversations: their order, which one is told again, and what they are found under."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain import conversations, passages
from app.domain.conversations import Conversation, Sequel, Tail, Window
from app.domain.models import Memory, MemoryStatus
from tests.unit.domain import making

CHAT = Conversation(scope_id="s1", id="chat")


def turn(memory_id: str, text: str = "Hello", *, speaker: str = "Ann", told: bool = False) -> Memory:
    """A turn; told, it was said an hour before it came in."""
    one = making.memory(memory_id, text=text)
    said = one.recorded_at - timedelta(hours=1) if told else one.recorded_at
    return dataclasses.replace(one, conversation_id="chat", speaker=speaker, valid_from=said)


def at(one: Memory, place: int) -> Memory:
    return dataclasses.replace(one, turn=place)


def deleted(one: Memory) -> Memory:
    return dataclasses.replace(one, status=MemoryStatus.DELETED)


def test_turns_are_counted_from_zero_where_a_conversation_begins():
    endings = conversations.Endings({})
    assert [endings.add(turn(one)).turn for one in ("a", "b", "c")] == [0, 1, 2]
    assert endings.sequels == [Sequel(turn_id="a", next_id="b"), Sequel(turn_id="b", next_id="c")]


def test_turns_go_on_after_the_last_one_stored_even_if_it_is_deleted():
    endings = conversations.Endings({CHAT: Tail(last=deleted(at(turn("a"), 6)))})
    assert endings.add(turn("b")).turn == 7
    assert endings.sequels == [Sequel(turn_id="a", next_id="b")]


def test_conversations_with_one_id_in_two_scopes_are_two():
    other = dataclasses.replace(turn("b"), scope_id="s2")
    endings = conversations.Endings({})
    assert [endings.add(one).turn for one in (turn("a"), other)] == [0, 0]


def test_the_last_turn_told_once_more_is_a_repetition():
    assert conversations.repeats(turn("b"), turn("a"), is_last=True)


def test_the_same_words_later_in_a_conversation_are_no_repetition():
    assert not conversations.repeats(turn("b"), turn("a"), is_last=False)


def test_an_earlier_turn_is_known_again_by_the_time_at_which_it_was_said():
    assert conversations.repeats(turn("b", told=True), turn("a", told=True), is_last=False)


@pytest.mark.parametrize(
    "said",
    [
        turn("a", "Good bye"),
        turn("a", speaker="Bob"),
        deleted(turn("a")),
        dataclasses.replace(turn("a"), conversation_id="other"),
        dataclasses.replace(turn("a"), scope_id="s2"),
    ],
    ids=["other words", "another speaker", "deleted", "another conversation", "another scope"],
)
def test_a_turn_repeats_only_what_was_said_by_the_same_in_the_same_conversation(said: Memory):
    assert not conversations.repeats(turn("b"), said, is_last=True)


def test_a_window_holds_a_turn_between_its_neighbours():
    turns = [turn("a", "One"), turn("b", "Two"), turn("c", "Three")]
    assert conversations.windows(turns, tails={}) == [
        Window(memory_id="a", text="One\nTwo"),
        Window(memory_id="b", text="One\nTwo\nThree"),
        Window(memory_id="c", text="Two\nThree"),
    ]


def test_a_turn_that_stands_alone_has_no_window():
    assert conversations.windows([turn("a")], tails={}) == []


def test_the_window_of_the_last_stored_turn_changes_when_the_next_comes():
    tails = {CHAT: Tail(before=turn("a", "One"), last=turn("b", "Two"))}
    assert conversations.windows([turn("c", "Three")], tails=tails) == [
        Window(memory_id="b", text="One\nTwo\nThree"),
        Window(memory_id="c", text="Two\nThree"),
    ]


def test_no_window_reaches_over_a_deleted_turn():
    tails = {CHAT: Tail(before=turn("a", "One"), last=deleted(turn("b", "Two")))}
    assert conversations.windows([turn("c", "Three")], tails=tails) == []


def test_a_deleted_turn_before_the_last_is_in_no_window():
    tails = {CHAT: Tail(before=deleted(turn("a", "One")), last=turn("b", "Two"))}
    assert conversations.windows([turn("c", "Three")], tails=tails)[0].text == "Two\nThree"


def test_facts_and_turns_of_other_conversations_between_turns_are_in_no_window():
    other = dataclasses.replace(turn("b", "Two"), conversation_id="other")
    mixed = [turn("a", "One"), other, making.memory("f", text="A fact"), turn("c", "Three")]
    assert [one.text for one in conversations.windows(mixed, tails={})] == ["One\nThree", "One\nThree"]


def test_a_long_turn_has_no_window_and_lends_its_nearest_passage_to_its_neighbours():
    long = " ".join(f"Sentence number {number} says a little." for number in range(60))
    parts = passages.of(long)
    turns = [turn("a", "One"), turn("b", long), turn("c", "Three")]
    assert conversations.windows(turns, tails={}) == [
        Window(memory_id="a", text=f"One\n{parts[0]}"),
        Window(memory_id="c", text=f"{parts[-1]}\nThree"),
    ]


def test_what_repeats_the_last_turn_is_not_expected_to_be_added():
    turns = [turn("a", "One"), turn("b", "One"), turn("c", "Two"), making.memory("f")]
    new, tails = conversations.added(turns, tails={})
    assert [(one.id, one.turn) for one in new] == [("a", 0), ("c", 1)]
    assert tails[CHAT] == Tail(last=new[1], before=new[0])
