"""What the services ask of the outside: time, vectors, and stores. Nothing here says how.

Every store method that touches tenant data takes the tenant, and no answer ever holds data of another.
Stores raise `Unavailable` when the database cannot be reached; the rest is said at each method.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from app.domain.admission import Candidate
from app.domain.links import Link
from app.domain.models import (
    ApiKey,
    EmbeddingModel,
    Memory,
    MemoryPage,
    Neighbour,
    Scope,
    Tenant,
    Vector,
    Visibility,
)

T = TypeVar("T")


class Clock(Protocol):
    """The only source of the time of day."""

    def now(self) -> datetime:
        """The present, aware and in UTC."""
        ...


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def model(self) -> EmbeddingModel:
        """Which model this is; a database holds the vectors of one model only."""
        ...

    async def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One L2-normalised row per text, in order: n × d.

        Raises: Unavailable when the model cannot answer in time.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestQuery:
    """A search for the `limit` active memories of the scopes nearest to `vector`.

    `refreshed_from` leaves out what was last refreshed before it; `source` keeps only equal sources.
    """

    tenant_id: str
    scope_ids: Sequence[str]
    vector: Vector
    limit: int
    refreshed_from: datetime | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastFadedQuery:
    """A search for the `limit` active memories of the scopes that have faded least by `now`.

    Importances below `importance_floor` count as that; `refreshed_from` leaves out what is older.
    """

    tenant_id: str
    scope_ids: Sequence[str]
    now: datetime
    importance_floor: float
    limit: int
    refreshed_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of the active memories of the scopes: newest first, ties by order of arrival, last first."""

    tenant_id: str
    scope_ids: Sequence[str]
    offset: int
    limit: int
    visibility: Visibility | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkQuery:
    """The links between `memory_ids` and other active memories, taken either way, strongest first.

    Links to `passed` memories are left out; `relationship_type` keeps only equal types. At most
    `links_per_memory` of each memory and `limit` in all are answered.
    """

    tenant_id: str
    memory_ids: Sequence[str]
    links_per_memory: int
    limit: int
    passed: Collection[str] = ()
    relationship_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLinks:
    """Links, each once, and whether a limit left some out."""

    links: Sequence[Link]
    truncated: bool


class MemoryTransaction(Protocol):
    """One write transaction. Nothing of it is seen outside before it ends, and all of it after."""

    async def lock(self, *, tenant_id: str, scope_ids: Sequence[str]) -> None:
        """Wait until no other transaction writes into these scopes, and keep others out until the end."""
        ...

    async def lock_tenant(self, *, tenant_id: str) -> None:
        """The same for the tenant's count of memories; only needed where a limit is set."""
        ...

    async def compare(
        self, candidates: Sequence[Candidate], *, tenant_id: str, limit: int
    ) -> Mapping[str, Sequence[Neighbour]]:
        """The stored memories to compare with, by the candidate's id.

        These are the active memories of the candidate's scope with its content hash (cosine 1), and
        the `limit` nearest by vector; each memory once.
        """
        ...

    async def count_active(self, *, tenant_id: str) -> int:
        """How many active memories the tenant has."""
        ...

    async def create(
        self, candidates: Sequence[Candidate], *, tenant_id: str, scopes: Sequence[Scope]
    ) -> None:
        """Write new memories with their vectors, and their scopes where missing. Idempotent by id."""
        ...

    async def refresh(self, memories: Sequence[Memory], *, tenant_id: str) -> None:
        """Write `refreshed_at`, `metadata` and `version` of stored memories."""
        ...

    async def carry_links(self, *, tenant_id: str, old_id: str, new_id: str) -> None:
        """Copy the links that join a superseded memory with active ones to the memory in its place.

        The copies have ids of their own and say what they were carried from; the originals stay. Idempotent.
        """
        ...


class MemoryStore(Protocol):
    """Memories and their scopes."""

    async def write(self, work: Callable[[MemoryTransaction], Awaitable[T]]) -> T:
        """Run `work` in one transaction; it may run more than once, so it must be idempotent."""
        ...

    async def get(self, *, tenant_id: str, memory_id: str) -> Memory | None:
        """The memory, active or superseded; None for deleted, unknown and foreign ids."""
        ...

    async def predecessors(self, *, tenant_id: str, memory_id: str) -> Sequence[Memory]:
        """All memories that this one superseded, directly or through others, newest first."""
        ...

    async def page(self, listing: Listing) -> MemoryPage:
        """One page, and the total over all pages."""
        ...

    async def count_active(self, *, tenant_id: str) -> int:
        """How many active memories the tenant has."""
        ...

    async def update(
        self, *, tenant_id: str, memory_id: str, importance: float | None, visibility: Visibility | None
    ) -> Memory | None:
        """Change what is not None of an active memory; None when there is no such active memory."""
        ...

    async def delete(self, *, tenant_id: str, memory_id: str, at: datetime) -> bool:
        """Delete an active memory with its whole history; False when there is no such active memory."""
        ...


class MemorySearch(Protocol):
    """Reads over many memories."""

    async def nearest(self, query: NearestQuery) -> Sequence[Neighbour]:
        """At most `limit` neighbours, highest cosine first, then by id.

        Fewer than `limit` means that there are no more.
        """
        ...

    async def least_faded(self, query: LeastFadedQuery) -> Sequence[Memory]:
        """At most `limit` active memories in order of their decay, then newest first, then by id."""
        ...


class LinkStore(Protocol):
    """Links between memories. Those of a memory that is not active are as good as gone."""

    async def create(self, link: Link, *, tenant_id: str, most_graph_types: int) -> None:
        """Write a link between two active memories. Idempotent by id.

        Raises: NotFound unless both are active; Conflict, naming the link of that direction and type where
        there is one; InvalidInput when the database holds `most_graph_types` others.
        """
        ...

    async def delete(self, *, tenant_id: str, edge_id: str) -> bool:
        """Remove a link for good; False when no two active memories have a link of that id."""
        ...

    async def around(self, query: LinkQuery) -> FoundLinks:
        """The links of some active memories, by weight, highest first, then by id."""
        ...

    async def among(self, *, tenant_id: str, memory_ids: Sequence[str], limit: int) -> FoundLinks:
        """The links with both ends among these active memories, in the same order."""
        ...

    async def memories(self, *, tenant_id: str, memory_ids: Sequence[str]) -> Mapping[str, Memory]:
        """Those of the memories that are active, by id."""
        ...


class AccessStore(Protocol):
    """Tenants and their keys."""

    async def create_tenant(self, tenant: Tenant, key: ApiKey | None) -> None:
        """Write a tenant and, with it, its first key. Raises: Conflict when the name is taken."""
        ...

    async def create_first_tenant(self, tenant: Tenant, key: ApiKey | None) -> bool:
        """The same, but only when there is no tenant at all; False otherwise. Safe when two race."""
        ...

    async def tenants(self) -> Sequence[Tenant]:
        """All tenants, oldest first."""
        ...

    async def create_key(self, key: ApiKey) -> None:
        """Write a key of an existing tenant. Raises: NotFound without the tenant."""
        ...

    async def keys(self, *, tenant_id: str | None) -> Sequence[ApiKey]:
        """The keys of one tenant, or of all; oldest first."""
        ...

    async def delete_key(self, *, key_id: str) -> bool:
        """Remove a key for good; False when there is none."""
        ...

    async def key_by_digest(self, digest: str) -> ApiKey | None:
        """The key with that SHA-256 hex digest."""
        ...

    async def mark_used(self, *, key_id: str, at: datetime) -> None:
        """Note when the key was last used."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessCheck:
    """One thing that must hold before requests can be served, and what to do where it does not."""

    name: str
    ok: bool
    detail: str


class DatabaseHealth(Protocol):
    """Whether the database can serve."""

    async def ping(self) -> None:
        """One round trip. Raises: Unavailable."""
        ...

    async def readiness(self) -> Sequence[ReadinessCheck]:
        """Connection, schema and indexes; never raises for a database that is down."""
        ...
