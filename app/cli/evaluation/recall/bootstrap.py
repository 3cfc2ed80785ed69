"""Means and how far they would move with other questions of the same kind: the bootstrap, clustered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1_000
SEED = 20_260_101
"""Any number; the same one gives the same intervals."""

_OUTSIDE = (2.5, 97.5)
"""Percentiles of a 95 % interval (Efron and Tibshirani 1993, chapter 13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean and its 95 % interval."""

    value: float
    low: float
    high: float


def estimate(values: Sequence[float], *, clusters: Sequence[str]) -> Estimate:
    """The mean of the values; clusters are drawn whole, since their questions are not independent.

    With a single cluster there is nothing to draw: the interval is the mean itself.

    >>> estimate([1.0, 0.0, 1.0], clusters=["a", "a", "a"]).low == 2 / 3
    True

    Raises: ValueError for no values, or where each has not its cluster.
    """
    if not values or len(values) != len(clusters):
        raise ValueError("there must be values, each with its cluster")
    names, positions = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.bincount(positions, weights=np.asarray(values, dtype=float))
    counts = np.bincount(positions)
    drawn = np.random.default_rng(SEED).integers(len(names), size=(RESAMPLES, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = (float(one) for one in np.percentile(means, _OUTSIDE))
    return Estimate(value=float(sums.sum() / counts.sum()), low=low, high=high)
