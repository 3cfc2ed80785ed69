"""Long sentences about people with names: which of those stored does a new one contradict?

Such sentences ("Ann Lee and Bo Roy wrote a field guide to alpine flowers") share words with many others, and
rules on their grammar find few contradictions. A logistic regression over eight likenesses and two leads over
the other candidates decides instead, twice: once whether the sentence contradicts any, once which. The
weights are made by `scripts/judge/train_story.py`, which also prints how well they do.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from app.domain.judge.pairing import Pair, weighty
from app.domain.judge.reading import Statement
from app.domain.judge.tokens import Kind

_LEAST_WORDS = 5
_MANY = 6
_CONTRASTS = frozenset({"instead", "never", "while", "rather"})


@dataclass(frozen=True, slots=True)
class Model:
    """Weights and bias of a logistic regression, and the probability from which on it says yes."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, features: Sequence[float]) -> float:
        """How sure the model is, in (0, 1).

        >>> Model((1.0,), 0.0, 0.5).probability([0.0])
        0.5
        """
        return 1 / (
            1 + math.exp(-self.bias - math.fsum(w * f for w, f in zip(self.weights, features, strict=True)))
        )


@cache
def models() -> tuple[Model, Model]:
    """The model that tells a contradiction from an addition, and the one that tells which is contradicted."""
    text = resources.files("app.domain.judge").joinpath("story.json").read_text(encoding="utf-8")
    both = json.loads(text)
    first, second = (
        Model(tuple(both[name]["weights"]), both[name]["bias"], both[name]["threshold"])
        for name in ("contradicts", "is_target")
    )
    return first, second


def is_story(one: Statement) -> bool:
    """Whether a statement is long, and about somebody named in full."""
    opening = (*one.subject[:2], *one.tokens[:1])
    named = any(t.kind is Kind.NAME for t in opening) and not (
        one.subject and one.subject[0].kind is Kind.WORD
    )
    return named and len(weighty(one.said)) >= _LEAST_WORDS and bool(_full_names(one))


def contradicted(pairs: Sequence[Pair], cosines: Sequence[float]) -> int | None:
    """Which of the old statements the new one contradicts, by its place, or None where that is not sure."""
    if not pairs or not is_story(pairs[0].new):
        return None
    rows = features(pairs, cosines)
    contradicts, is_target = models()
    sure = [is_target.probability(row) for row in rows]
    best = max(range(len(rows)), key=lambda at: (sure[at], -at))
    told = bool(_full_names(pairs[best].old) & _full_names(pairs[best].new))
    if (
        told
        and sure[best] >= is_target.threshold
        and contradicts.probability(rows[best]) >= contradicts.threshold
    ):
        return best
    return None


def features(pairs: Sequence[Pair], cosines: Sequence[float]) -> list[list[float]]:
    """One row per candidate: eight likenesses, then its leads over the others."""
    rows = [_likenesses(pair, cosine) for pair, cosine in zip(pairs, cosines, strict=True)]
    totals = [row[0] + row[2] for row in rows]
    return [[*row, _lead(totals, at), _lead([one[2] for one in rows], at)] for at, row in enumerate(rows)]


def _lead(values: Sequence[float], at: int) -> float:
    others = [value for place, value in enumerate(values) if place != at]
    return values[at] - max(others) if others else 0.0


def _likenesses(pair: Pair, cosine: float) -> list[float]:
    old, new = _names(pair.old), _names(pair.new)
    shared = sum(t.kind is not Kind.NAME for t in pair.common)
    return [
        shared / max(1, _others(pair.old)),
        shared / max(1, _others(pair.new)),
        cosine,
        min(shared, _MANY) / _MANY,
        len(old & new) / max(1, len(old)),
        len(old & new) / max(1, len(new)),
        float(pair.verbs_agree),
        float(
            pair.old.negated != pair.new.negated
            or bool(pair.new.instead)
            or bool(_CONTRASTS & set(pair.new.keys))
        ),
    ]


def _full_names(one: Statement) -> set[tuple[str, str]]:
    """Names of two words or more, by pairs: as those are called whom nobody knows by first name."""
    named = [t for t in one.tokens if t.kind is Kind.NAME]
    return {(a.key, b.key) for a, b in pairwise(named) if b.place == a.place + 1}


def _names(one: Statement) -> set[str]:
    return {t.key for t in one.said if t.kind is Kind.NAME}


def _others(one: Statement) -> int:
    return sum(t.kind is not Kind.NAME for t in weighty(one.said))
