"""How well the words of memories fit a question: BM25 with the statistics of the scopes that were asked.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the usual
k1 = 1.2 and b = 0.75. The full-text index ranks by statistics of all tenants, so its scores are not used.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.recall import terms as terms_of
from app.domain.recall.values import Found, TermCount

_K1 = 1.2
_B = 0.75


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each term stands in a text, and how many terms the text has."""

    terms: Mapping[str, int]
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The terms of a memory's own text, with its title and speaker, and of each of its passages."""

    memory_id: str
    own: Counted
    passages: Sequence[Counted] = ()


def wording(found: Found) -> Wording:
    """The terms of a memory that was found. They hang on it alone, so they need to be counted only once."""
    memory = found.memory
    return Wording(
        memory_id=memory.id,
        own=_counted(f"{memory.speaker} {memory.title} {memory.text}"),
        passages=[_counted(text) for text in found.passages],
    )


def scores(
    wordings: Sequence[Wording], *, counts: Iterable[TermCount], size: int, passage_share: float
) -> Mapping[str, float]:
    """The raw score of each memory that holds a counted term, by id; 0 < score.

    Of a memory with passages, the best of them has `passage_share` of the say. `size` is how many memories
    the counts are of.
    """
    weights = {one.term: rarity(one.memories, size=size) for one in counts}
    own_length = _average(one.own for one in wordings)
    passage_length = _average(part for one in wordings for part in one.passages)
    blended: dict[str, float] = {}
    for one in wordings:
        score = _score(one.own, weights, own_length)
        if one.passages:
            best = max(_score(part, weights, passage_length) for part in one.passages)
            score = (1 - passage_share) * score + passage_share * best
        if score > 0:
            blended[one.memory_id] = score
    return blended


def rarity(memories: int, *, size: int) -> float:
    """The weight of a term that `memories` of `size` hold; the rarer, the heavier, and never below 0.

    >>> round(rarity(1, size=100), 2), round(rarity(90, size=100), 2)
    (4.21, 0.11)
    """
    among = max(size, memories)
    return math.log(1 + (among - memories + 0.5) / (memories + 0.5))


def _counted(text: str) -> Counted:
    terms = terms_of.of_text(text)
    return Counted(Counter(terms), len(terms))


def _average(texts: Iterable[Counted]) -> float:
    lengths = [one.length for one in texts]
    return max(1.0, sum(lengths) / len(lengths)) if lengths else 1.0


def _score(text: Counted, weights: Mapping[str, float], average: float) -> float:
    saturation = _K1 * (1 - _B + _B * text.length / average)
    held = ((weight, text.terms.get(term, 0)) for term, weight in weights.items())
    return sum(weight * n * (_K1 + 1) / (n + saturation) for weight, n in held if n)
