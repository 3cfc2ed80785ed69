"""Curves from cosines to scores."""

from collections.abc import Sequence

import pytest

from app.domain.calibration import UNCALIBRATED, Curve


@pytest.mark.parametrize(
    "knots",
    [
        [],
        [(-1.0, 0.0)],
        [(-1.0, 0.0), (0.5, 0.6), (0.5, 0.7), (1.0, 1.0)],
        [(-1.0, 0.0), (0.2, 0.6), (0.5, 0.6), (1.0, 1.0)],
        [(-1.0, 0.0), (0.9, 1.0)],
        [(-0.9, 0.0), (1.0, 1.0)],
        [(-1.0, -0.1), (1.0, 1.0)],
        [(-1.0, 0.0), (1.0, 1.1)],
    ],
)
def test_a_curve_that_could_change_an_order_is_refused(knots: Sequence[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="a curve"):
        Curve(knots=knots)


@pytest.mark.parametrize(
    ("cosine", "score"), [(-1.1, 0), (-1, 0), (-0.5, 0.25), (0, 0.5), (0.5, 0.75), (1, 1), (1.0000002, 1)]
)
def test_without_a_fit_the_score_is_where_the_cosine_lies_in_its_range(cosine: float, score: float) -> None:
    assert UNCALIBRATED.score(cosine) == pytest.approx(score)  # pyright: ignore[reportUnknownMemberType]


def test_a_knot_is_met_exactly() -> None:
    knots = [(-1.0, 0.0), (0.25, 0.6), (0.42, 0.8), (1.0, 1.0)]
    assert [Curve(knots=knots).score(cosine) for cosine, _ in knots] == [score for _, score in knots]
