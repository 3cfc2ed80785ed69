"""What a reranker's reading makes of an order."""

import dataclasses

import pytest

from app.domain.recall import Hit, LaneScores, reranking
from tests.unit.domain import making


def hit(id: str, score: float) -> Hit:
    return Hit(memory=making.memory(id), score=score, similarity=0.5, decay=1.0, lanes=LaneScores())


def outcome(*hits: Hit, scores: tuple[float, ...]) -> list[tuple[str, float, float | None]]:
    return [(one.memory.id, one.score, one.reranked) for one in reranking.reranked(hits, scores)]


def test_the_score_is_the_mean_of_both() -> None:
    got = outcome(hit("a", 0.8), hit("b", 0.6), scores=(0.1, 0.9))
    assert got == [("b", pytest.approx(0.75), 0.9), ("a", pytest.approx(0.45), 0.1)]


def test_what_was_not_read_stays_behind_what_was_and_in_its_order() -> None:
    got = outcome(hit("a", 0.8), hit("b", 0.7), hit("c", 0.6), hit("d", 0.5), scores=(0.0, 0.2))
    assert [id for id, _, _ in got] == ["b", "a", "c", "d"]
    assert [reranked for _, _, reranked in got] == [0.2, 0.0, None, None]


def test_scores_go_on_saying_the_order() -> None:
    scores = [score for _, score, _ in outcome(hit("a", 0.8), hit("b", 0.7), hit("c", 0.6), scores=(0.0,))]
    assert scores == sorted(scores, reverse=True)


def test_nothing_stays_nothing() -> None:
    assert outcome(scores=()) == []


def test_a_memory_is_read_with_what_it_is_about_and_who_said_it() -> None:
    memory = dataclasses.replace(making.memory("a"), text="Tall", title="Eiffel Tower", speaker="Ann")
    assert reranking.text_of(memory) == "Eiffel Tower\nAnn\nTall"
    assert reranking.text_of(dataclasses.replace(memory, title="", speaker="")) == "Tall"
