"""The order of search results, and the proof that nothing better was left out.

`score = 0.7 · similarity + 0.3 · decay` (contract `/v1`, decay and blend). Unrounded numbers decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.decay import DecayPolicy
from app.domain.models import Memory, Neighbour

_FLOAT32_MARGIN = 1e-6
"""Index scores are single precision: a bound that close to the last result proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlendPolicy:
    """How similarity and decay make one score; the weights sum to 1."""

    similarity_weight: float = 0.7
    decay_weight: float = 0.3
    decay: DecayPolicy = field(default_factory=DecayPolicy)

    def __post_init__(self) -> None:
        if min(self.similarity_weight, self.decay_weight) < 0:
            raise ValueError("weights must not be negative")
        if abs(self.similarity_weight + self.decay_weight - 1) > 1e-9:
            raise ValueError("weights must sum to 1")

    def score(self, *, similarity: float, decay: float) -> float:
        """The blend of two numbers in [0, 1].

        >>> round(BlendPolicy().score(similarity=0.87, decay=0.95), 4)
        0.894
        """
        return self.similarity_weight * similarity + self.decay_weight * decay


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedMemory:
    """A memory with the numbers that placed it, each in [0, 1] and unrounded."""

    memory: Memory
    similarity: float
    decay: float
    score: float


def similarity(cosine: float) -> float:
    """The cosine clamped to [0, 1].

    >>> similarity(-0.2), similarity(0.5), similarity(1.0000001)
    (0.0, 0.5, 1.0)
    """
    return min(1.0, max(0.0, cosine))


def by_score(neighbours: Iterable[Neighbour], *, now: datetime, policy: BlendPolicy) -> list[RankedMemory]:
    """All neighbours in order of score, then newest first, then by id; each memory once."""
    best: dict[str, Neighbour] = {}
    for one in neighbours:
        known = best.get(one.memory.id)
        if known is None or one.cosine > known.cosine:
            best[one.memory.id] = one
    ranked = [_ranked(one.memory, similarity(one.cosine), now, policy) for one in best.values()]
    return sorted(ranked, key=_order)


def by_decay(memories: Iterable[Memory], *, now: datetime, policy: BlendPolicy) -> list[RankedMemory]:
    """All memories, least faded first, for a request without a query: similarity 1, score = decay."""
    ranked: list[RankedMemory] = []
    for memory in memories:
        faded = _decay_of(memory, now, policy)
        ranked.append(RankedMemory(memory=memory, similarity=1.0, decay=faded, score=faded))
    return sorted(ranked, key=_order)


def outranks_unseen(
    ranked: Sequence[RankedMemory],
    *,
    limit: int,
    similarity_bound: float,
    decay_bound: float,
    policy: BlendPolicy,
) -> bool:
    """Whether no unseen memory within both bounds can reach the first `limit` results.

    >>> outranks_unseen([], limit=1, similarity_bound=0.1, decay_bound=1.0, policy=BlendPolicy())
    False
    """
    if len(ranked) < limit:
        return False
    best_unseen = policy.score(similarity=similarity_bound, decay=decay_bound)
    return best_unseen + _FLOAT32_MARGIN < ranked[limit - 1].score


def dangerous_age_days(
    ranked: Sequence[RankedMemory], *, limit: int, similarity_bound: float, policy: BlendPolicy
) -> float:
    """The age below which an unseen memory within the bound could still reach the first `limit`.

    Anything older is too faded, however important. Infinite where even that proves nothing.
    """
    if len(ranked) < limit or policy.decay_weight == 0:
        return float("inf")
    to_beat = ranked[limit - 1].score - _FLOAT32_MARGIN
    harmless_decay = (to_beat - policy.similarity_weight * similarity_bound) / policy.decay_weight
    return policy.decay.age_days_at(harmless_decay)


def _ranked(memory: Memory, similar: float, now: datetime, policy: BlendPolicy) -> RankedMemory:
    faded = _decay_of(memory, now, policy)
    blended = policy.score(similarity=similar, decay=faded)
    return RankedMemory(memory=memory, similarity=similar, decay=faded, score=blended)


def _decay_of(memory: Memory, now: datetime, policy: BlendPolicy) -> float:
    return policy.decay.since(memory.refreshed_at, importance=memory.importance, now=now)


def _order(one: RankedMemory) -> tuple[float, float, str]:
    return (-one.score, -one.memory.valid_from.timestamp(), one.memory.id)
