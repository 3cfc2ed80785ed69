"""Decay: bounded, falling, and slower for what is more important."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.domain.decay import DecayCurve, DecayPolicy

importances = st.floats(0, 1)
ages_days = st.floats(0, 50_000)
policies = st.sampled_from([DecayPolicy(curve=curve) for curve in DecayCurve])


@given(policies, importances, ages_days)
def test_decay_stays_in_zero_to_one(policy: DecayPolicy, importance: float, age: float):
    # After centuries the positive number is too small for a float.
    assert 0 <= policy.at(importance=importance, age_days=age) <= 1


@given(policies, importances)
def test_a_memory_refreshed_now_has_not_decayed(policy: DecayPolicy, importance: float):
    assert policy.at(importance=importance, age_days=0) == 1


@given(policies, importances, ages_days, ages_days)
def test_decay_never_rises_with_age(policy: DecayPolicy, importance: float, one: float, other: float):
    younger, older = sorted((one, other))
    assert policy.at(importance=importance, age_days=older) <= policy.at(
        importance=importance, age_days=younger
    )


@given(policies, importances, importances, ages_days)
def test_decay_is_never_faster_for_what_is_more_important(
    policy: DecayPolicy, one: float, other: float, age: float
):
    less, more = sorted((one, other))
    assert policy.at(importance=less, age_days=age) <= policy.at(importance=more, age_days=age)


@given(importances, ages_days)
def test_one_more_half_life_leaves_half(importance: float, age: float):
    policy = DecayPolicy()
    half_life = 10 * max(importance, 0.1)
    left = policy.at(importance=importance, age_days=age + half_life)
    assert math.isclose(
        left, policy.at(importance=importance, age_days=age) / 2, rel_tol=1e-6, abs_tol=1e-300
    )


@given(policies, st.floats(1e-9, 2), importances, st.floats(0, 1_000))
def test_from_the_age_of_a_decay_on_no_memory_is_above_it(
    policy: DecayPolicy, decay: float, importance: float, later: float
):
    age = policy.age_days_at(decay) + later
    assert policy.at(importance=importance, age_days=age) <= decay * (1 + 1e-9)
