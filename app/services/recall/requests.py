"""What is asked of recall, and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain import conditions
from app.domain.conditions import Condition
from app.domain.models import Memory
from app.domain.ranking import RankedMemory
from app.domain.recall import Hit, Lane, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search of one user's memories; `limit` at least 1."""

    tenant_id: str
    user_id: str
    query: str
    limit: int
    namespace: str = "default"
    source: str | None = None
    team_id: str | None = None
    include_team: bool = False
    agent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRequest:
    """Like a search; without a query the least faded memories are taken."""

    tenant_id: str
    user_id: str
    query: str | None
    limit: int
    namespace: str = "default"
    team_id: str | None = None
    include_team: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A block of text for a prompt, and the memories in it, in the same order."""

    text: str
    ranked: Sequence[RankedMemory]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeWanted:
    """A user's memories, what an agent knows of a user, a team's as a member sees them, or a space.

    `space` is the id or the name of one and goes with nothing else; all others need a user.
    """

    user_id: str | None = None
    namespace: str = "default"
    agent_id: str | None = None
    team_id: str | None = None
    space: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphOptions:
    """Which links of clients are followed, and how far; turns and named things always are, by one step.

    `relationship_types` None follows all types, empty none.
    """

    relationship_types: Sequence[str] | None = None
    depth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallRequest:
    """A question, or None for the least faded memories, over any scopes the caller may see.

    `as_of` asks for what held then, `known_at` for what was known then. With a `token_budget` the answer
    is also written as a block for a prompt, and holds what fits into it.
    """

    tenant_id: str
    query: str | None
    scopes: Sequence[ScopeWanted]
    limit: int = 10
    condition: Condition = conditions.ALWAYS
    as_of: datetime | None = None
    known_at: datetime | None = None
    with_history: bool = False
    min_score: float = 0.0
    decay_weight: float | None = None
    lanes: frozenset[Lane] = frozenset(Lane)
    graph: GraphOptions = field(default_factory=GraphOptions)
    token_budget: int | None = None
    explain: bool = False


class Stage(StrEnum):
    """Where a memory falls out of an answer."""

    SUPERSEDED = "superseded"
    SCOPE = "scope"
    TIME = "time"
    FILTER = "filter"
    LANES = "lanes"
    MIN_SCORE = "min_score"
    LIMIT = "limit"
    TOKEN_BUDGET = "token_budget"  # noqa: S105  # no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A memory that was found and does not come back; rank and score where it had them."""

    memory: Memory
    stage: Stage
    reason: str
    score: float | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Degraded:
    """A lane, or the reranker, that failed or was late, so that the answer was made without it."""

    lane: Part
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """The answer, best first. `histories` maps ids to predecessors, where those were asked for."""

    hits: Sequence[Hit]
    histories: Mapping[str, Sequence[Memory]] = field(default_factory=dict[str, Sequence[Memory]])
    context: str | None = None
    tokens: int | None = None
    left_out: Sequence[LeftOut] = ()
    degraded: Sequence[Degraded] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Where one memory falls out of an answer; `stage` is None when it comes back, at `rank`."""

    memory_id: str
    stage: Stage | None
    reason: str
    rank: int | None = None
    hit: Hit | None = None


Keeps = Callable[[Memory], bool]
"""Whether a memory may come back at all."""
