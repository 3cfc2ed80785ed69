"""What recall ranks, and what it says about each memory that it ranked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from app.domain.decay import DecayPolicy
from app.domain.models import Memory


class Lane(StrEnum):
    """The ways by which a memory is found."""

    VECTOR = "vector"
    WORDS = "words"
    GRAPH = "graph"


RERANKER: Final = "reranker"

Part: TypeAlias = Lane | Literal["reranker"]
"""What an answer can be made without. The reranker only orders what lanes have found: no lane to ask for."""


class RouteKind(StrEnum):
    """How the graph brought a memory: by a client's link, the order of turns, or a named thing."""

    LINK = "link"
    TURN = "turn"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A memory with what ranks it: its best cosine, its own or a passage's, and the texts of its passages."""

    memory: Memory
    cosine: float
    passages: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCount:
    """How many memories of the scopes hold a term: exact where `share` is below 1/3 of what was counted."""

    term: str
    memories: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A memory that the graph joins with a seed; `strength` in [0, 1] is what arrives of the seed's score.

    `via` names the relationship or the thing. Without a seed the question itself names the thing.
    """

    memory_id: str
    seed_id: str | None
    kind: RouteKind
    via: str
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two memories and the cosine between them."""

    one_id: str
    other_id: str
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallPolicy:
    """The weights of the signals, each of which is in [0, 1]; the score is their weighted mean.

    Chosen on three conversations of the LoCoMo development set and two hundred multi-hop questions by
    trying some sixty settings, not one of them for a single question.
    """

    vector_weight: float = 0.6
    words_weight: float = 0.4
    graph_weight: float = 0.3
    speaker_weight: float = 0.1
    decay_weight: float = 0.1
    passage_share: float = 0.5
    seeds: int = 10
    common_share: float = 0.3
    alike_cosine: float = 0.55
    alike_gap: float = 0.3
    decay: DecayPolicy = field(default_factory=DecayPolicy)

    @property
    def total_weight(self) -> float:
        """The sum of the weights."""
        return sum(self._weights())

    def __post_init__(self) -> None:
        if min(self._weights()) < 0 or self.vector_weight + self.words_weight <= 0:
            raise ValueError("weights must not be negative, and vectors or words must count")
        if self.seeds < 1 or not 0 <= self.passage_share <= 1:
            raise ValueError("there must be a seed, and the passages' share must be in [0, 1]")

    def _weights(self) -> Sequence[float]:
        return (
            self.vector_weight,
            self.words_weight,
            self.graph_weight,
            self.speaker_weight,
            self.decay_weight,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneScore:
    """Where a lane put a memory: from rank 1, with a signal in [0, 1]."""

    rank: int
    signal: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A memory as recall ranked it; every number is in [0, 1] and unrounded.

    `similarity` is the cosine, clipped. `route` is the strongest by which the graph brought it, `speaker`
    whether the question names who said it, `above` the older look-alike that it was put above, `reranked`
    what the reranker said, None where it was not asked.
    """

    memory: Memory
    score: float
    similarity: float
    decay: float
    lanes: "LaneScores"
    speaker: bool = False
    route: Reached | None = None
    above: str | None = None
    reranked: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneScores:
    """What each lane said of a memory; None where it did not find it, or was left out."""

    vector: LaneScore | None = None
    words: LaneScore | None = None
    graph: LaneScore | None = None
