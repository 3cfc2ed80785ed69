"""The judge that is off: it keeps every fact, and only equal words are one."""

from app.domain import judge as judging
from app.domain.judge import Keep, Merge, Verdict
from tests.unit.domain import making


def test_equal_words_are_one_fact():
    among = [making.neighbour(making.memory("old", text="Likes tea"), 0.1)]
    assert judging.decide_by_words("likes TEA.", among=among) == Merge(into="old", reason="the same words")


def test_a_contradiction_and_a_paraphrase_are_kept():
    near = [
        making.neighbour(making.memory("a", text="Lives in New York"), 0.999),
        making.neighbour(making.memory("b", text="Lives in Oslo"), 0.95),
    ]
    assert isinstance(judging.decide_by_words("Lives in New York City", among=near), Keep)


def test_what_was_looked_at_comes_nearest_first_with_what_it_is():
    among = [
        making.neighbour(making.memory("far", text="Likes tea"), 0.2),
        making.neighbour(making.memory("near", text="Likes milk"), 0.9),
    ]
    compared = judging.compare_words("Likes tea", among=among)
    assert [(one.memory_id, one.verdict) for one in compared] == [
        ("near", Verdict.DIFFERENT),
        ("far", Verdict.SAME),
    ]
