"""Blend, order, and the bounds that prove a search complete."""

import pytest

from app.domain import ranking
from app.domain.ranking import BlendPolicy
from tests.unit.domain import making

POLICY = BlendPolicy()


@pytest.mark.parametrize(
    ("similarity", "decay", "score"),
    [
        (0.8832, 0.9704, 0.9094),
        (0.8921, 0.95, 0.9095),
        (0.87, 0.95, 0.8940),
        (0.92, 0.12, 0.6800),
        (0.89, 0.03, 0.6320),
    ],
)
def test_the_blend_has_the_values_of_the_contract(similarity: float, decay: float, score: float):
    assert POLICY.score(similarity=similarity, decay=decay) == pytest.approx(score, abs=0.5001e-4)


def test_a_fresh_fact_of_lower_similarity_passes_a_stale_one_of_higher():
    fresh = making.memory("fresh", age_days=0.370)
    stale = making.memory("stale", age_days=15.294)
    ranked = ranking.by_score(
        [making.neighbour(stale, 0.92), making.neighbour(fresh, 0.87)], now=making.NOW, policy=POLICY
    )

    assert [(one.memory.id, round(one.score, 3)) for one in ranked] == [("fresh", 0.894), ("stale", 0.68)]


def test_a_memory_found_twice_is_ranked_once_by_its_better_cosine():
    one = making.memory()
    ranked = ranking.by_score(
        [making.neighbour(one, 0.4), making.neighbour(one, 0.6), making.neighbour(one, 0.5)],
        now=making.NOW,
        policy=POLICY,
    )

    assert [hit.similarity for hit in ranked] == [0.6]


def test_equal_scores_are_ordered_newest_first_then_by_id():
    # Similarity alone counts here, so the ages leave the scores equal.
    policy = BlendPolicy(similarity_weight=1, decay_weight=0)
    memories = [making.memory("b"), making.memory("a"), making.memory("old", age_days=3)]
    ranked = ranking.by_score(
        [making.neighbour(one, 0.5) for one in reversed(memories)], now=making.NOW, policy=policy
    )

    assert [one.memory.id for one in ranked] == ["a", "b", "old"]


def test_without_a_query_the_score_is_the_decay_and_similarity_is_one():
    memories = [making.memory("old", age_days=5), making.memory("new")]
    ranked = ranking.by_decay(memories, now=making.NOW, policy=POLICY)

    assert [(one.memory.id, one.similarity, one.score) for one in ranked] == [("new", 1, 1), ("old", 1, 0.5)]


def test_a_negative_cosine_is_no_similarity():
    ranked = ranking.by_score([making.neighbour(making.memory(), -0.3)], now=making.NOW, policy=POLICY)

    assert (ranked[0].similarity, ranked[0].score) == (0, 0.3)


def test_too_few_results_prove_nothing():
    ranked = ranking.by_score([making.neighbour(making.memory(), 1)], now=making.NOW, policy=POLICY)

    assert not ranking.outranks_unseen(ranked, limit=2, similarity_bound=0, decay_bound=0, policy=POLICY)
    assert ranking.dangerous_age_days(ranked, limit=2, similarity_bound=0, policy=POLICY) == float("inf")


def test_a_bound_as_good_as_the_last_result_proves_nothing():
    ranked = ranking.by_score([making.neighbour(making.memory(), 0.5)], now=making.NOW, policy=POLICY)

    assert not ranking.outranks_unseen(ranked, limit=1, similarity_bound=0.5, decay_bound=1, policy=POLICY)


def test_a_bound_below_the_last_result_proves_it():
    ranked = ranking.by_score([making.neighbour(making.memory(), 0.5)], now=making.NOW, policy=POLICY)

    assert ranking.outranks_unseen(ranked, limit=1, similarity_bound=0.49, decay_bound=1, policy=POLICY)


def test_a_score_that_even_a_fresh_memory_cannot_reach_makes_no_age_dangerous():
    ranked = ranking.by_score([making.neighbour(making.memory(), 1)], now=making.NOW, policy=POLICY)

    assert ranking.dangerous_age_days(ranked, limit=1, similarity_bound=0.5, policy=POLICY) == 0


@pytest.mark.parametrize(("similarity_weight", "decay_weight"), [(0.7, 0.4), (1.2, -0.2)])
def test_weights_that_are_no_blend_are_refused(similarity_weight: float, decay_weight: float):
    with pytest.raises(ValueError, match="weights must"):
        BlendPolicy(similarity_weight=similarity_weight, decay_weight=decay_weight)
