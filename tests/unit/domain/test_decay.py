"""The decay contract, value by value: the tables of its sections on values and on the switch."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import decay
from app.domain.decay import DecayCurve, DecayPolicy

AGES_DAYS = (0, 1, 2, 5, 7, 10, 14, 30)
HALF_LIFE = {
    1.0: (1, 0.9330, 0.8706, 0.7071, 0.6156, 0.5, 0.3789, 0.1250),
    0.8: (1, 0.9170, 0.8409, 0.6484, 0.5453, 0.4204, 0.2973, 0.0743),
    0.7: (1, 0.9057, 0.8203, 0.6095, 0.5, 0.3715, 0.2500, 0.0513),
    0.5: (1, 0.8706, 0.7579, 0.5, 0.3789, 0.2500, 0.1436, 0.0156),
    0.2: (1, 0.7071, 0.5, 0.1768, 0.0884, 0.0312, 0.0078, 0.0000),
    0.1: (1, 0.5, 0.2500, 0.0312, 0.0078, 0.0010, 0.0001, 0.0000),
    0.05: (1, 0.5, 0.2500, 0.0312, 0.0078, 0.0010, 0.0001, 0.0000),
    0.0: (1, 0.5, 0.2500, 0.0312, 0.0078, 0.0010, 0.0001, 0.0000),
}
E_FOLD = {
    1.0: (1, 0.9048, 0.8187, 0.6065, 0.4966, 0.3679, 0.2466, 0.0498),
    0.7: (1, 0.8669, 0.7515, 0.4895, 0.3679, 0.2397, 0.1353, 0.0138),
    0.5: (1, 0.8187, 0.6703, 0.3679, 0.2466, 0.1353, 0.0608, 0.0025),
    0.2: (1, 0.6065, 0.3679, 0.0821, 0.0302, 0.0067, 0.0009, 0.0000),
    0.1: (1, 0.3679, 0.1353, 0.0067, 0.0009, 0.0000, 0.0000, 0.0000),
    0.0: (1, 0.3679, 0.1353, 0.0067, 0.0009, 0.0000, 0.0000, 0.0000),
}
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("importance", HALF_LIFE)
def test_the_half_life_curve_has_the_values_of_the_contract(importance: float):
    policy = DecayPolicy()
    values = tuple(policy.at(importance=importance, age_days=age) for age in AGES_DAYS)

    # The contract cuts 0.03125 to 0.0312, so the last digit may differ by half a unit.
    assert values == pytest.approx(HALF_LIFE[importance], abs=0.5001e-4)


@pytest.mark.parametrize("importance", E_FOLD)
def test_the_e_fold_curve_has_the_values_of_the_contract(importance: float):
    policy = DecayPolicy(curve=DecayCurve.E_FOLD)
    values = tuple(policy.at(importance=importance, age_days=age) for age in AGES_DAYS)

    assert values == pytest.approx(E_FOLD[importance], abs=0.5001e-4)


@pytest.mark.parametrize(("importance", "half_life_days"), [(1.0, 10.0), (0.7, 7.0), (0.2, 2.0), (0.0, 1.0)])
def test_half_is_left_after_exactly_one_half_life(importance: float, half_life_days: float):
    left = DecayPolicy().at(importance=importance, age_days=half_life_days)

    assert left == pytest.approx(0.5, abs=1e-12)


def test_age_counts_days_with_fractions():
    assert decay.age_days(refreshed_at=NOW - timedelta(days=1, hours=6), now=NOW) == 1.25


def test_a_moment_that_lies_ahead_has_age_zero():
    assert decay.age_days(refreshed_at=NOW + timedelta(minutes=5), now=NOW) == 0


def test_nothing_falls_to_zero_so_no_age_is_safe_for_that_bound():
    assert DecayPolicy().age_days_at(0) == float("inf")


@pytest.mark.parametrize(("longest", "floor"), [(0.0, 0.1), (-1.0, 0.1), (10.0, 0.0), (10.0, 1.1)])
def test_a_policy_that_cannot_decay_is_refused(longest: float, floor: float):
    with pytest.raises(ValueError, match="half-life must be positive"):
        DecayPolicy(longest_half_life_days=longest, importance_floor=floor)
