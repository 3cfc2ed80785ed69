"""What the service answers about its decisions, as frozen values; they know no HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

OnConflict = Literal["replace", "keep", "ask"]
"""What becomes of memories that a new fact contradicts: history, left alone, or left alone and noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersededBy:
    """Which memory took the place of another, why, on which words, and when."""

    id: str
    reason: str
    evidence: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """A memory of a chain; it held from `created_at` to `valid_to`, and we knew it until `retired_at`."""

    id: str
    fact: str
    status: str
    created_at: datetime
    valid_to: datetime | None
    recorded_at: datetime
    retired_at: datetime | None
    superseded_by: SupersededBy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of two facts: those in common, and those that only either has."""

    common: tuple[str, ...]
    only_stored: tuple[str, ...]
    only_new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMemory:
    """A stored memory beside a new fact; `verdict` says what the new one is to it."""

    id: str
    fact: str
    similarity: float
    verdict: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What storing a fact would do: `action` is `stored`, `duplicate` or `replaced`.

    `id` is the memory that says it already; `replaced_by` the newer one whose history it would be from the
    start.
    """

    action: str
    id: str | None
    replaced_id: str | None
    replaced_ids: tuple[str, ...]
    replaced_by: str | None
    reason: str
    candidates: tuple[ComparedMemory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingMemory:
    """One of the two memories of a conflict, or the one that stands."""

    id: str
    fact: str
    status: str
    user_id: str | None
    agent_id: str | None
    team_id: str | None
    visibility: str
    namespace: str
    source: str
    importance: float
    metadata: Mapping[str, object]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a conflict was resolved: `both` stand, `one` does, or they were `merged`."""

    outcome: str
    memory_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingPair:
    """Two memories that may contradict each other; `new` was stored while `old` was there."""

    id: str
    status: str
    reason: str
    at: datetime
    old: ConflictingMemory
    new: ConflictingMemory
    resolution: Resolution | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """One page of conflicts, newest first; `total` counts all pages."""

    conflicts: tuple[ConflictingPair, ...]
    limit: int
    offset: int
    total: int

    def __iter__(self) -> Iterator[ConflictingPair]:
        return iter(self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedConflict:
    """A conflict with its resolution, and the memory that stands; None where both do."""

    conflict: ConflictingPair
    memory: ConflictingMemory | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the tenant has decided for all requests that do not say otherwise."""

    on_conflict: str
