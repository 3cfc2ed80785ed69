"""What the service answers about memories, as frozen values; they know no HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from loci_client.judgement_models import OnConflict

Visibility = Literal["private", "team"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMemory:
    """A fact to remember, for `store_many`. What is left at None is decided by the service.

    `importance` is from 0 to 1; `created_at`, when the fact began to hold, needs a UTC offset. `on_conflict`
    says what becomes of memories that the fact contradicts. With a `conversation_id` it is kept as what was
    said there, by `speaker`; `title` names what it is about, `entities` who and what else is in it.
    """

    user_id: str
    fact: str
    importance: float | None = None
    source: str | None = None
    namespace: str | None = None
    team_id: str | None = None
    visibility: Visibility | None = None
    created_at: datetime | None = None
    metadata: Mapping[str, object] | None = None
    on_conflict: OnConflict | None = None
    conversation_id: str | None = None
    speaker: str | None = None
    title: str | None = None
    entities: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreResult:
    """What became of a fact: `action` is `stored`, `duplicate` or `replaced`.

    `id` names the memory that now holds the fact; after `replaced`, `replaced_id` names the first memory
    that it took the place of, `replaced_ids` all of them. `reason` says why, in words.
    """

    action: str
    id: str
    source: str | None = None
    namespace: str | None = None
    team_id: str | None = None
    agent_id: str | None = None
    replaced_id: str | None = None
    replaced_ids: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMemory:
    """A memory that was found, with the numbers that placed it, each in [0, 1]."""

    id: str
    fact: str
    importance: float
    decay_score: float
    similarity: float
    score: float
    source: str
    namespace: str
    created_at: datetime
    metadata: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Memories as a block of text for a prompt; `str(context)` is the text."""

    context: str
    memories: tuple[FoundMemory, ...]

    def __str__(self) -> str:
        return self.context


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMemory:
    """A memory in a listing."""

    id: str
    fact: str
    visibility: str
    team_id: str | None
    importance: float
    source: str
    namespace: str
    created_at: datetime
    metadata: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryPage:
    """One page of a listing, newest first; `total` counts all pages."""

    memories: tuple[ListedMemory, ...]
    limit: int
    offset: int
    total: int

    def __iter__(self) -> Iterator[ListedMemory]:
        return iter(self.memories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """A memory that a newer one replaced."""

    id: str
    fact: str
    created_at: datetime
    superseded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """A single memory with its predecessors, newest first; `status` is `active` or `superseded`.

    A memory of a space has no user.
    """

    id: str
    fact: str
    status: str
    replaced_by: str | None
    history: tuple[Predecessor, ...]
    user_id: str | None
    agent_id: str | None
    team_id: str | None
    visibility: str
    namespace: str
    source: str
    importance: float
    decay_score: float
    metadata: Mapping[str, object]
    created_at: datetime
    refreshed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedMemory:
    """What can be changed of a memory, as it is now."""

    id: str
    visibility: str
    importance: float
    team_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How much of its plan the tenant has used; a limit of None is no limit."""

    plan: str
    memory_limit: int | None
    memories_used: int
    memories_remaining: int | None
