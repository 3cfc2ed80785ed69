"""What a ranking is worth for a question: pure functions of the ids that came back and of those wanted."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

DEPTH = 10
"""How many results are looked at."""

RECALL_1, RECALL_5, RECALL_10 = "R@1", "R@5", "R@10"
HIT, NDCG, RECIPROCAL_RANK = "hit@10", "nDCG@10", "MRR@10"
NEW_ABOVE_OLD = "new above old"
"""Only where a question names memories that must not come before the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Whether each result, best first, is one that was wanted, and how many were wanted in all."""

    wanted: Sequence[bool]
    of: int


def ranking(ids: Sequence[str], *, gold: frozenset[str], lost: int = 0) -> Ranking:
    """The first ten results, each id once. `lost` more memories are wanted that no result can be.

    >>> ranking(["a", "b", "a"], gold=frozenset("a"), lost=1)
    Ranking(wanted=[True, False], of=2)
    """
    distinct = islice(dict.fromkeys(ids), DEPTH)
    return Ranking(wanted=[one in gold for one in distinct], of=len(gold) + lost)


def recall(ranked: Ranking, *, at: int) -> float:
    """The share, in [0, 1], of what was wanted that is among the first `at`; 0 where nothing was.

    >>> recall(Ranking(wanted=[True, False, True], of=4), at=2)
    0.25
    """
    return sum(ranked.wanted[:at]) / ranked.of if ranked.of else 0.0


def hit(ranked: Ranking) -> float:
    """1 if anything wanted came back, else 0.

    >>> hit(Ranking(wanted=[False, True], of=4))
    1.0
    """
    return float(any(ranked.wanted))


def ndcg(ranked: Ranking) -> float:
    """Discounted gain over that of the best possible ten, in [0, 1].

    After Järvelin and Kekäläinen 2002, with gains of 0 and 1.

    >>> ndcg(Ranking(wanted=[True, True], of=2)), round(ndcg(Ranking(wanted=[False, True], of=1)), 3)
    (1.0, 0.631)
    """
    best = _gain([True] * min(ranked.of, DEPTH))
    return _gain(ranked.wanted) / best if best else 0.0


def reciprocal_rank(ranked: Ranking) -> float:
    """One over the rank, from 1, of the first that was wanted; 0 if none came back.

    >>> reciprocal_rank(Ranking(wanted=[False, True, True], of=2))
    0.5
    """
    return next((1 / rank for rank, is_wanted in enumerate(ranked.wanted, start=1) if is_wanted), 0.0)


def measured(ranked: Ranking) -> Mapping[str, float]:
    """Every metric of a ranking, by name.

    >>> measured(Ranking(wanted=[True], of=1))[RECALL_1]
    1.0
    """
    return {
        RECALL_1: recall(ranked, at=1),
        RECALL_5: recall(ranked, at=5),
        RECALL_10: recall(ranked, at=DEPTH),
        HIT: hit(ranked),
        NDCG: ndcg(ranked),
        RECIPROCAL_RANK: reciprocal_rank(ranked),
    }


def _gain(wanted: Sequence[bool]) -> float:
    return sum(1 / math.log2(rank + 1) for rank, is_wanted in enumerate(wanted, start=1) if is_wanted)
