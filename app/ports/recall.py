"""The lanes of recall: what the database finds by vector, by words and by the graph."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.models import Memory, MemoryStatus, Vector
from app.domain.recall import Found, Likeness, Reached, TermCount

ACTIVE = (MemoryStatus.ACTIVE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsQuery:
    """A search for memories of the scopes that hold some of these terms, at most `limit`.

    `terms` are single words, letters and digits alone, as `app.domain.recall.terms.of_question` looks terms
    up; the index cuts them to their stems itself.
    """

    tenant_id: str
    scope_ids: Sequence[str]
    terms: Sequence[str]
    limit: int
    statuses: Sequence[MemoryStatus] = ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsFound:
    """The memories that hold terms, those of the rarest first, and how common each term is.

    `terms` has every word that was asked for, in that order. `size` is how many active memories the scopes
    hold; it is exact for small scopes, and an estimate within a few percent for scopes of more than some
    hundreds. The counts of terms are of the same memories, by their own text, title and speaker; those of
    very common terms are estimated from a sample.
    """

    memory_ids: Sequence[str]
    terms: Sequence[TermCount]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorQuery:
    """A search for the `limit` memories of the scopes nearest to `vector`, passages included.

    Those of `also_ids` are told of as well, near or not; unknown and foreign ids are left out.
    """

    tenant_id: str
    scope_ids: Sequence[str]
    vector: Vector
    limit: int
    also_ids: Sequence[str] = ()
    statuses: Sequence[MemoryStatus] = ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The ids of the nearest, each once, highest cosine first, then by id; below `limit` there are no more.

    `found` is what ranking needs to know of them and of those that were named, in no order.
    """

    memory_ids: Sequence[str]
    found: Sequence[Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesQuery:
    """A question for what ranking needs to know of some memories; unknown and foreign ids are left out."""

    tenant_id: str
    scope_ids: Sequence[str]
    memory_ids: Sequence[str]
    vector: Vector | None
    statuses: Sequence[MemoryStatus] = ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachQuery:
    """A question for the memories of the scopes that the graph joins with `seed_ids`.

    `entity_keys` are names in the question; those that are entities of the scopes reach memories too.
    `relationship_types` keeps only clients' links of these types; None keeps all, empty none. `depth` counts
    hops over links, at least 1. At most `limit` are answered, the strongest first.
    """

    tenant_id: str
    scope_ids: Sequence[str]
    seed_ids: Sequence[str]
    entity_keys: Sequence[str]
    limit: int
    relationship_types: Sequence[str] | None = None
    depth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanQuery:
    """One page of all memories of the scopes, in a fixed order of the store's own.

    `after` is the last memory of the page before. A page with fewer than `limit` is the last.
    """

    tenant_id: str
    scope_ids: Sequence[str]
    limit: int
    after: Memory | None = None
    statuses: Sequence[MemoryStatus] = ACTIVE


class RecallIndex(Protocol):
    """The lanes. Every answer holds memories of the tenant and of the scopes alone."""

    async def words(self, query: WordsQuery) -> WordsFound:
        """The memories by words. Raises: Unavailable; ValueError for a term that is no plain word.

        While the index is filled the call waits for it: put a limit to its time.
        """
        ...

    async def nearest(self, query: VectorQuery) -> Nearest:
        """The nearest, and what was named. Raises: Unavailable, also while the index is filled."""
        ...

    async def nearest_of(self, query: CandidatesQuery, *, limit: int) -> Sequence[str]:
        """The ids of the nearest, exactly, of the memories that the query names, in the same order.

        Raises: Unavailable; ValueError without a vector.
        """
        ...

    async def candidates(self, query: CandidatesQuery) -> Sequence[Found]:
        """What ranking needs to know of them, in no order; cosine 0 without a vector. Raises: Unavailable."""
        ...

    async def reached(self, query: ReachQuery) -> Sequence[Reached]:
        """What the graph joins with the seeds, strongest first, then by id. Raises: Unavailable."""
        ...

    async def alike(
        self, *, tenant_id: str, memory_ids: Sequence[str], least_cosine: float
    ) -> Sequence[Likeness]:
        """The cosines between these memories, of each pair that is so near, once. Raises: Unavailable."""
        ...

    async def scan(self, query: ScanQuery) -> Sequence[Memory]:
        """The page. Raises: Unavailable."""
        ...
