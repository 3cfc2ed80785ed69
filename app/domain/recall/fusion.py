"""One order out of the signals of all lanes: their weighted mean, each divided by the best of its lane.

Dividing by the best keeps what a lane says about distances, which ranks throw away; convex sums of such
scores beat sums of reciprocal ranks (Bruch et al., "An Analysis of Fusion Functions for Hybrid Retrieval",
2023).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain import ranking
from app.domain.recall import terms as terms_of
from app.domain.recall.values import Found, Hit, LaneScore, LaneScores, Reached, RecallPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """All that the lanes found: raw word scores by memory id, routes of the graph, each memory once."""

    found: Sequence[Found]
    words: Mapping[str, float]
    reached: Sequence[Reached] = ()


def seeds(pool: Pool, *, policy: RecallPolicy) -> Sequence[str]:
    """The ids of the best by vectors and words, from which the graph is followed; best first."""
    scores = _fused(_vector_signals(pool), _normalised(pool.words), policy)
    return sorted(scores, key=lambda memory_id: (-scores[memory_id], memory_id))[: policy.seeds]


def rank(pool: Pool, *, question: str, now: datetime, policy: RecallPolicy) -> list[Hit]:
    """All memories of the pool by score, highest first, then newest first, then by id."""
    vector, words = _vector_signals(pool), _normalised(pool.words)
    routes = _strongest_routes(pool.reached, _fused(vector, words, policy))
    graph = {memory_id: signal for memory_id, (_, signal) in routes.items()}
    lanes = _lane_scores(vector, words, graph)
    named = frozenset(terms_of.of_question(question))
    hits = [
        _hit(one, lanes(one.memory.id), routes.get(one.memory.id), named, now, policy) for one in pool.found
    ]
    return sorted(hits, key=order)


def order(hit: Hit) -> tuple[float, float, str]:
    """What hits are sorted by."""
    return (-hit.score, -hit.memory.valid_from.timestamp(), hit.memory.id)


def is_named(speaker: str, question_terms: Collection[str]) -> bool:
    """Whether a question names a speaker by the first word of the name.

    >>> is_named("Caroline Miller", {"carolin", "paint"}), is_named("", {"paint"})
    (True, False)
    """
    first = terms_of.of_text(speaker)[:1]
    return bool(first) and first[0] in question_terms


def _hit(
    one: Found,
    lanes: LaneScores,
    route: tuple[Reached, float] | None,
    named: Collection[str],
    now: datetime,
    policy: RecallPolicy,
) -> Hit:
    decay = policy.decay.since(one.memory.refreshed_at, importance=one.memory.importance, now=now)
    speaker = is_named(one.memory.speaker, named)
    return Hit(
        memory=one.memory,
        score=_score(lanes, speaker=speaker, decay=decay, policy=policy),
        similarity=ranking.similarity(one.cosine),
        decay=decay,
        lanes=lanes,
        speaker=speaker,
        route=None if route is None else route[0],
    )


def _score(lanes: LaneScores, *, speaker: bool, decay: float, policy: RecallPolicy) -> float:
    """The weighted mean of the signals; one that is missing is 0."""
    weighted = (
        policy.vector_weight * _signal(lanes.vector)
        + policy.words_weight * _signal(lanes.words)
        + policy.graph_weight * _signal(lanes.graph)
        + policy.speaker_weight * speaker
        + policy.decay_weight * decay
    )
    return weighted / policy.total_weight


def _signal(score: LaneScore | None) -> float:
    return 0.0 if score is None else score.signal


def _vector_signals(pool: Pool) -> Mapping[str, float]:
    return _normalised({one.memory.id: ranking.similarity(one.cosine) for one in pool.found})


def _fused(
    vector: Mapping[str, float], words: Mapping[str, float], policy: RecallPolicy
) -> Mapping[str, float]:
    """What vectors and words together say of each memory that either found, in [0, 1], by id."""
    total = policy.vector_weight + policy.words_weight
    return {
        memory_id: (
            policy.vector_weight * vector.get(memory_id, 0.0)
            + policy.words_weight * words.get(memory_id, 0.0)
        )
        / total
        for memory_id in vector.keys() | words.keys()
    }


def _normalised(scores: Mapping[str, float]) -> Mapping[str, float]:
    best = max(scores.values(), default=0.0)
    return {memory_id: score / best for memory_id, score in scores.items() if score > 0}


def _strongest_routes(
    reached: Iterable[Reached], base: Mapping[str, float]
) -> Mapping[str, tuple[Reached, float]]:
    """The strongest route to each memory with its signal: what arrives of its seed, or of the question."""
    strongest: dict[str, tuple[Reached, float]] = {}
    for one in reached:
        arriving = one.strength * (1.0 if one.seed_id is None else base.get(one.seed_id, 0.0))
        known = strongest.get(one.memory_id)
        if arriving > 0 and (known is None or arriving > known[1]):
            strongest[one.memory_id] = (one, arriving)
    return strongest


def _lane_scores(*signals: Mapping[str, float]) -> Callable[[str], LaneScores]:
    vector, words, graph = map(_placed, signals)
    return lambda memory_id: LaneScores(
        vector=vector.get(memory_id), words=words.get(memory_id), graph=graph.get(memory_id)
    )


def _placed(signals: Mapping[str, float]) -> Mapping[str, LaneScore]:
    ordered = sorted(signals, key=lambda memory_id: (-signals[memory_id], memory_id))
    return {
        memory_id: LaneScore(rank=rank, signal=signals[memory_id])
        for rank, memory_id in enumerate(ordered, 1)
    }
