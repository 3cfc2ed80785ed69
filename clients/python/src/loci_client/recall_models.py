"""What is asked of recall and what it answers, as frozen values; they know no HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Lane = Literal["vector", "words", "graph"]
"""The ways by which memories are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallScope:
    """Where to look: a user's memories, what an agent knows of a user, a team's as a member, or a space.

    `space` is the name or the id of one, and goes with nothing else.
    """

    user_id: str | None = None
    namespace: str | None = None
    agent_id: str | None = None
    team_id: str | None = None
    space: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallGraph:
    """How far edges are followed, from 1 to 3, and of which types: all for None, none for an empty list."""

    types: Sequence[str] | None = None
    depth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneScore:
    """Where a lane put a memory: its rank, from 1, and what the lane gave it, from 0 to 1."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How the graph brought a memory: `kind` is `link`, `turn` or `entity`, `via` the edge or the thing.

    `from_memory_id` is None where the question names the thing.
    """

    kind: str
    via: str
    from_memory_id: str | None
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphScore:
    """Where the graph put a memory, and by which route."""

    rank: int
    score: float
    route: Route | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What brought a memory to its place; a lane that did not find it is None."""

    vector: LaneScore | None
    words: LaneScore | None
    graph: GraphScore | None
    speaker_named: bool
    put_above: str | None
    reranked: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMemory:
    """What a memory took the place of; it held until `valid_to`, and we knew it until `retired_at`."""

    id: str
    fact: str
    created_at: datetime
    valid_to: datetime | None
    recorded_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecalledMemory:
    """A memory that answers a question, with the numbers that placed it, each in [0, 1].

    `history` and `explanation` are None where they were not asked for.
    """

    id: str
    fact: str
    title: str | None
    speaker: str | None
    conversation_id: str | None
    user_id: str | None
    agent_id: str | None
    team_id: str | None
    space_id: str | None
    namespace: str
    source: str
    importance: float
    created_at: datetime
    valid_to: datetime | None
    status: str
    metadata: Mapping[str, object]
    similarity: float
    decay_score: float
    score: float
    history: tuple[PastMemory, ...] | None = None
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Degraded:
    """A lane that the answer was made without, and why."""

    lane: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A memory that was looked at and does not come back: at which stage it fell out, and why."""

    id: str
    stage: str
    reason: str
    score: float | None
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """The memories that answer a question, best first; iterating goes over them.

    `context`, which is also `str()`, and `tokens` are there with a token budget, `left_out` with `explain`.
    """

    results: tuple[RecalledMemory, ...]
    degraded: tuple[Degraded, ...]
    context: str | None = None
    tokens: int | None = None
    left_out: tuple[LeftOut, ...] = ()

    def __iter__(self) -> Iterator[RecalledMemory]:
        return iter(self.results)

    def __str__(self) -> str:
        return self.context or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """At which stage a memory falls out of an answer, or that it `comes_back`, at `rank`."""

    id: str
    comes_back: bool
    stage: str | None
    reason: str
    rank: int | None
    score: float | None
    explanation: Explanation | None
