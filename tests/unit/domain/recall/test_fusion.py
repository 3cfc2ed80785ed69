"""Fusion: one order out of all signals."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain.recall import Found, Hit, Reached, RecallPolicy, RouteKind, fusion
from app.domain.recall.fusion import Pool
from tests.unit.domain import making

POLICY = RecallPolicy()
NO_DECAY = dataclasses.replace(POLICY, decay_weight=0.0)


def found(id: str, cosine: float = 0.0, *, speaker: str = "", age_days: float = 0.0) -> Found:
    memory = dataclasses.replace(making.memory(id, age_days=age_days), speaker=speaker)
    return Found(memory=memory, cosine=cosine)


def reached(memory_id: str, seed_id: str | None, strength: float) -> Reached:
    return Reached(memory_id=memory_id, seed_id=seed_id, kind=RouteKind.LINK, via="about", strength=strength)


def ranked(pool: Pool, *, question: str = "tea", policy: RecallPolicy = NO_DECAY) -> dict[str, Hit]:
    hits = fusion.rank(pool, question=question, now=making.NOW, policy=policy)
    return {hit.memory.id: hit for hit in hits}


def test_vectors_and_words_both_count() -> None:
    pool = Pool(
        found=[found("both", 0.8), found("vector", 0.8), found("words", 0.1)], words={"both": 3, "words": 3}
    )
    assert list(ranked(pool)) == ["both", "vector", "words"]


def test_each_lane_is_measured_by_its_best() -> None:
    hits = ranked(Pool(found=[found("a", 0.4), found("b", 0.2)], words={"b": 7.0}))
    assert hits["a"].lanes.vector is not None
    assert hits["b"].lanes.vector is not None
    assert hits["b"].lanes.words is not None
    assert (hits["a"].lanes.vector.signal, hits["b"].lanes.vector.signal) == (1.0, 0.5)
    assert (hits["b"].lanes.words.rank, hits["b"].lanes.words.signal) == (1, 1.0)
    assert hits["a"].lanes.words is None


def test_who_points_away_from_the_question_is_not_near_it() -> None:
    hit = ranked(Pool(found=[found("a", -0.5)], words={"a": 1.0}))["a"]
    assert hit.similarity == 0
    assert hit.lanes.vector is None


def test_the_graph_lifts_what_hangs_together_with_the_best() -> None:
    pool = Pool(
        found=[found("seed", 0.9), found("far", 0.1), found("other", 0.15)],
        words={},
        reached=[reached("far", "seed", 1.0)],
    )
    assert list(ranked(pool)) == ["seed", "far", "other"]


def test_of_several_routes_the_strongest_counts() -> None:
    routes = [reached("far", "seed", 0.2), reached("far", None, 0.8), reached("far", "weak", 1.0)]
    pool = Pool(found=[found("seed", 0.9), found("weak", 0.1), found("far", 0.2)], words={}, reached=routes)
    assert ranked(pool)["far"].route == routes[1]


def test_a_route_from_a_memory_that_was_not_let_through_leads_nowhere() -> None:
    pool = Pool(found=[found("far", 0.2)], words={}, reached=[reached("far", "refused", 1.0)])
    assert ranked(pool)["far"].lanes.graph is None


def test_the_speaker_whom_the_question_names_comes_first_among_equals() -> None:
    pool = Pool(found=[found("a", 0.5, speaker="Jon"), found("b", 0.5, speaker="Gina Miller")], words={})
    assert list(ranked(pool, question="What does Gina’s shop sell?")) == ["b", "a"]


def test_age_reorders_near_ties() -> None:
    pool = Pool(found=[found("old", 0.52, age_days=300), found("new", 0.5)], words={})
    assert list(ranked(pool, policy=POLICY)) == ["new", "old"]


def test_age_does_not_bury_the_answer() -> None:
    many = [found(f"new{number}", 0.4) for number in range(50)]
    pool = Pool(found=[found("old", 0.6, age_days=10_000), *many], words={"old": 2.0})
    assert next(iter(ranked(pool, policy=POLICY))) == "old"


def test_equals_come_newest_first_then_by_id() -> None:
    old = dataclasses.replace(found("a", 0.5).memory, valid_from=making.NOW - timedelta(days=1))
    pool = Pool(found=[Found(memory=old, cosine=0.5), found("c", 0.5), found("b", 0.5)], words={})
    assert list(ranked(pool)) == ["b", "c", "a"]


def test_an_empty_pool_has_no_order() -> None:
    assert fusion.rank(Pool(found=[], words={}), question="tea", now=making.NOW, policy=POLICY) == []


def test_the_seeds_are_the_best_without_the_graph() -> None:
    pool = Pool(
        found=[found(f"m{number:02}", number / 100) for number in range(30)],
        words={},
        reached=[reached("m00", None, 1.0)],
    )
    assert fusion.seeds(pool, policy=POLICY) == [f"m{number:02}" for number in range(29, 19, -1)]


@pytest.mark.parametrize(
    "changes", [{"vector_weight": -0.1}, {"vector_weight": 0.0, "words_weight": 0.0}, {"seeds": 0}]
)
def test_a_policy_that_cannot_rank_is_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        dataclasses.replace(POLICY, **changes)  # pyright: ignore[reportArgumentType]  # wrong on purpose
