"""Metrics of rankings stay in their bounds and grow with better answers; intervals hold the mean."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.cli.evaluation.recall import bootstrap, evidence, metrics
from app.cli.evaluation.recall.metrics import Ranking

ids = st.sampled_from("abcdefghijklmnop")
orders = st.lists(ids, max_size=16)
golds = st.frozensets(ids, min_size=1, max_size=12)


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    return metrics.ranking(draw(orders), gold=draw(golds), lost=draw(st.integers(0, 3)))


@st.composite
def samples(draw: st.DrawFn) -> tuple[list[float], list[str]]:
    values = draw(st.lists(st.floats(0, 1), min_size=1, max_size=30))
    clusters = draw(st.lists(st.sampled_from("abcd"), min_size=len(values), max_size=len(values)))
    return values, clusters


@given(rankings())
def test_every_metric_is_a_share(ranked: Ranking) -> None:
    assert all(0 <= value <= 1 + 1e-12 for value in metrics.measured(ranked).values())


@given(rankings())
def test_recall_grows_with_depth(ranked: Ranking) -> None:
    shares = [metrics.recall(ranked, at=at) for at in range(1, metrics.DEPTH + 1)]
    assert shares == sorted(shares)


@given(golds)
def test_all_that_is_wanted_before_all_else_is_the_best_answer(gold: frozenset[str]) -> None:
    found = metrics.measured(metrics.ranking([*sorted(gold), "other"], gold=gold))
    assert math.isclose(found[metrics.NDCG], 1.0)
    assert (found[metrics.HIT], found[metrics.RECIPROCAL_RANK]) == (1.0, 1.0)
    assert math.isclose(found[metrics.RECALL_10], min(1, metrics.DEPTH / len(gold)))


@given(orders, golds, st.integers(0, 14))
def test_moving_a_wanted_result_up_never_makes_an_answer_worse(
    order: list[str], gold: frozenset[str], place: int
) -> None:
    distinct = list(dict.fromkeys(order))
    swapped = list(distinct)
    if place + 1 < len(distinct) and distinct[place + 1] in gold and distinct[place] not in gold:
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    before, after = (metrics.measured(metrics.ranking(one, gold=gold)) for one in (distinct, swapped))
    assert all(after[name] >= before[name] for name in before)


@given(orders, golds)
def test_a_repeated_result_counts_once(order: list[str], gold: frozenset[str]) -> None:
    assert metrics.ranking([*order, *order], gold=gold) == metrics.ranking(order, gold=gold)


@given(orders, golds)
def test_nothing_lost_can_be_made_up_for(order: list[str], gold: frozenset[str]) -> None:
    whole = metrics.measured(metrics.ranking(order, gold=gold))
    poorer = metrics.measured(metrics.ranking(order, gold=gold, lost=1))
    assert all(poorer[name] <= whole[name] for name in whole)


@given(samples())
def test_an_interval_lies_between_the_worst_and_the_best_value(
    sample: tuple[list[float], list[str]],
) -> None:
    values, clusters = sample
    found = bootstrap.estimate(values, clusters=clusters)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert math.isclose(found.value, sum(values) / len(values), abs_tol=1e-9)


@given(samples())
def test_an_interval_does_not_depend_on_the_order_of_questions(
    sample: tuple[list[float], list[str]],
) -> None:
    pairs = list(zip(*sample, strict=True))
    turned = pairs[::-1]
    first = bootstrap.estimate([value for value, _ in pairs], clusters=[one for _, one in pairs])
    second = bootstrap.estimate([value for value, _ in turned], clusters=[one for _, one in turned])
    assert math.isclose(first.low, second.low, abs_tol=1e-9)
    assert math.isclose(first.high, second.high, abs_tol=1e-9)


def test_clusters_that_differ_give_a_wider_interval_than_questions_drawn_alone() -> None:
    values = [1.0] * 50 + [0.0] * 50
    alone = bootstrap.estimate(values, clusters=[f"{number}" for number in range(100)])
    together = bootstrap.estimate(values, clusters=["good"] * 50 + ["bad"] * 50)
    assert together.high - together.low > alone.high - alone.low


@given(st.lists(st.text(alphabet="D0123456789:;, ", max_size=12), max_size=5))
def test_evidence_is_never_read_into_what_is_not_there(written: list[str]) -> None:
    known = {"D1:1", "D1:2", "D10:3"}
    found = evidence.read(written, known=known)
    assert found.keys <= known
    assert len(found.keys) <= found.repaired + sum(one in known for one in written)
