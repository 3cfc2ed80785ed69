"""Ranking: the order depends on the memories alone, and the bounds never call a loss safe."""

from dataclasses import dataclass
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain import ranking
from app.domain.decay import DecayCurve, DecayPolicy
from app.domain.models import Neighbour
from app.domain.ranking import BlendPolicy
from tests.unit.domain import making

unit = st.floats(0, 1)
weights = st.sampled_from([0.0, 0.3, 0.5, 1.0])


@st.composite
def policies(draw: st.DrawFn) -> BlendPolicy:
    decay_weight = draw(weights)
    curve = draw(st.sampled_from(list(DecayCurve)))
    return BlendPolicy(
        similarity_weight=1 - decay_weight, decay_weight=decay_weight, decay=DecayPolicy(curve=curve)
    )


@dataclass(frozen=True)
class Drawn:
    """What decides the rank of one memory."""

    cosine: float
    importance: float
    age_days: float


drawn = st.builds(
    Drawn, cosine=st.floats(-1, 1), importance=unit, age_days=st.one_of(st.just(0.0), st.floats(0, 60))
)
pools = st.lists(drawn, min_size=1, max_size=30)


def pool_of(many: list[Drawn]) -> list[Neighbour]:
    return [
        making.neighbour(
            making.memory(f"m{number:02}", importance=one.importance, age_days=one.age_days), one.cosine
        )
        for number, one in enumerate(many)
    ]


@given(policies(), unit, unit)
def test_a_blend_of_two_shares_is_a_share(policy: BlendPolicy, similarity: float, decay: float):
    assert 0 <= policy.score(similarity=similarity, decay=decay) <= 1 + 1e-12


@given(policies(), pools, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(policy: BlendPolicy, many: list[Drawn], random: Random):
    pool = pool_of(many)
    shuffled = [*pool, *pool[::2]]
    random.shuffle(shuffled)
    assert ranking.by_score(shuffled, now=making.NOW, policy=policy) == ranking.by_score(
        pool, now=making.NOW, policy=policy
    )


@given(policies(), pools)
def test_scores_never_rise_down_the_list(policy: BlendPolicy, many: list[Drawn]):
    scores = [one.score for one in ranking.by_score(pool_of(many), now=making.NOW, policy=policy)]
    assert scores == sorted(scores, reverse=True)


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # the bound is meant to be hard to meet
@given(policies(), pools, st.integers(1, 5), st.integers(1, 15))
def test_what_the_bound_calls_complete_is_what_a_search_of_everything_finds(
    policy: BlendPolicy, many: list[Drawn], limit: int, seen: int
):
    # The nearest `seen` were read; nothing unseen is nearer than the last of them, or fresher than now.
    pool = sorted(pool_of(many), key=lambda one: -one.cosine)
    found = ranking.by_score(pool[:seen], now=making.NOW, policy=policy)
    bound = ranking.similarity(pool[min(seen, len(pool)) - 1].cosine)
    assume(
        ranking.outranks_unseen(found, limit=limit, similarity_bound=bound, decay_bound=1.0, policy=policy)
    )

    everything = ranking.by_score(pool, now=making.NOW, policy=policy)
    assert found[:limit] == everything[:limit]


@given(policies(), pools, st.integers(1, 5), st.integers(1, 15))
def test_the_nearest_and_all_of_dangerous_age_hold_the_best_of_everything(
    policy: BlendPolicy, many: list[Drawn], limit: int, seen: int
):
    # This is the search itself: the nearest first, then whatever is young enough to pass them.
    pool = sorted(pool_of(many), key=lambda one: -one.cosine)
    nearest = pool[:seen]
    found = ranking.by_score(nearest, now=making.NOW, policy=policy)
    bound = ranking.similarity(nearest[-1].cosine)
    dangerous = ranking.dangerous_age_days(found, limit=limit, similarity_bound=bound, policy=policy)
    young = [
        one for one in pool if (making.NOW - one.memory.refreshed_at).total_seconds() <= dangerous * 86_400
    ]
    assume(dangerous != float("inf"))

    both = ranking.by_score([*nearest, *young], now=making.NOW, policy=policy)
    everything = ranking.by_score(pool, now=making.NOW, policy=policy)
    assert both[:limit] == everything[:limit]
