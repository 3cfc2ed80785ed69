"""From cosines to scores that mean the same for every query: a curve per embedding model.

A strong match scores above 0.8, a related one above 0.6, an unrelated one below that. How the curves were
fitted is said in `docs/calibration.md`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Straight lines between knots (cosine, score). It rises all the way, so it never changes an order."""

    knots: Sequence[tuple[float, float]]

    def __post_init__(self) -> None:
        rises = all(one[0] < next[0] and one[1] < next[1] for one, next in pairwise(self.knots))
        if len(self.knots) < 2 or not rises:
            raise ValueError(
                "a curve needs at least two knots, each above and to the right of the one before"
            )
        (first_cosine, first_score), (last_cosine, last_score) = self.knots[0], self.knots[-1]
        if first_cosine != -1 or last_cosine != 1 or first_score < 0 or last_score > 1:
            raise ValueError("a curve goes from cosine -1 to cosine 1 with scores in [0, 1]")

    def score(self, cosine: float) -> float:
        """The score, in [0, 1], of a cosine; what rounding put outside [-1, 1] counts as the end.

        >>> Curve(knots=[(-1, 0), (0, 0.4), (1, 1)]).score(0.5)
        0.7
        """
        at = min(max(cosine, -1.0), 1.0)
        index = min(bisect_right(self.knots, at, key=lambda knot: knot[0]), len(self.knots) - 1)
        (left, low), (right, high) = self.knots[index - 1], self.knots[index]
        return low + (high - low) * (at - left) / (right - left)


UNCALIBRATED = Curve(knots=((-1.0, 0.0), (1.0, 1.0)))
"""For models that nobody has fitted a curve for: (1 + cosine) / 2."""
