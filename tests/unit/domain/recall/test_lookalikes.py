"""Newer facts before older ones that say nearly the same."""

import dataclasses
from datetime import timedelta

from app.domain.recall import Hit, LaneScores, Likeness, RecallPolicy, lookalikes
from tests.unit.domain import making

POLICY = RecallPolicy()


def hit(
    id: str, score: float, *, days_ago: int = 0, title: str = "", conversation_id: str | None = None
) -> Hit:
    memory = dataclasses.replace(
        making.memory(id),
        valid_from=making.NOW - timedelta(days=days_ago),
        title=title,
        conversation_id=conversation_id,
    )
    return Hit(memory=memory, score=score, similarity=0.5, decay=1.0, lanes=LaneScores())


def ordered(*hits: Hit, cosine: float = 0.8) -> list[str]:
    pairs = [
        Likeness(one_id=one.memory.id, other_id=other.memory.id, cosine=cosine)
        for one in hits
        for other in hits
        if one.memory.id < other.memory.id
    ]
    return [one.memory.id for one in lookalikes.newer_first(hits, pairs, policy=POLICY)]


def test_the_newer_of_two_alike_comes_first() -> None:
    assert ordered(hit("old", 0.6, days_ago=9), hit("new", 0.5)) == ["new", "old"]


def test_it_says_what_it_was_put_above() -> None:
    old, new = hit("old", 0.6, days_ago=9), hit("new", 0.5)
    (first, _) = lookalikes.newer_first(
        [old, new], [Likeness(one_id="new", other_id="old", cosine=0.8)], policy=POLICY
    )
    assert (first.memory.id, first.above, first.score) == ("new", "old", 0.6)


def test_unlike_ones_stay_as_they_are() -> None:
    assert ordered(hit("old", 0.6, days_ago=9), hit("new", 0.5), cosine=0.54) == ["old", "new"]


def test_one_that_answers_much_worse_is_not_lifted() -> None:
    assert ordered(hit("old", 0.9, days_ago=9), hit("new", 0.5)) == ["old", "new"]


def test_those_of_the_same_moment_stay_as_they_are() -> None:
    assert ordered(hit("b", 0.6), hit("a", 0.5)) == ["b", "a"]


def test_differently_titled_ones_are_about_different_things() -> None:
    assert ordered(hit("old", 0.6, days_ago=9, title="A"), hit("new", 0.5, title="B")) == ["old", "new"]


def test_the_newest_of_three_comes_first() -> None:
    three = (hit("oldest", 0.6, days_ago=9), hit("middle", 0.55, days_ago=5), hit("newest", 0.5))
    assert ordered(*three) == ["newest", "middle", "oldest"]


def test_turns_are_not_compared() -> None:
    turns = [hit("a", 0.6, days_ago=1, conversation_id="c"), hit("b", 0.5, conversation_id="c")]
    assert lookalikes.may_be_alike(turns, policy=POLICY) == []


def test_facts_of_one_moment_are_not_compared() -> None:
    assert lookalikes.may_be_alike([hit("a", 0.6), hit("b", 0.5)], policy=POLICY) == []


def test_only_the_first_hits_are_compared() -> None:
    many = [hit(f"m{number:02}", 0.5, days_ago=100 - number) for number in range(100)]
    assert len(lookalikes.may_be_alike(many, policy=POLICY)) == lookalikes.COMPARED


def test_facts_that_could_not_be_lifted_are_not_compared() -> None:
    far_apart = [hit("old", 0.9, days_ago=5), hit("new", 0.5)]
    newest_first = [hit("new", 0.9), hit("old", 0.8, days_ago=5)]
    assert lookalikes.may_be_alike(far_apart, policy=POLICY) == []
    assert lookalikes.may_be_alike(newest_first, policy=POLICY) == []
    both = [hit("old", 0.9, days_ago=5), hit("beside", 0.2), hit("new", 0.8)]
    assert lookalikes.may_be_alike(both, policy=POLICY) == ["old", "new"]
