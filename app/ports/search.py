"""Reads over many memories."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.models import JsonObject, JsonValue, Memory, Neighbour, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestQuery:
    """A search for the `limit` active memories of the scopes nearest to `vector`.

    `refreshed_from` leaves out what was last refreshed before it; `source` keeps only equal sources,
    `metadata` only memories whose metadata has each of its members with an equal JSON value.
    """

    tenant_id: str
    scope_ids: Sequence[str]
    vector: Vector
    limit: int
    refreshed_from: datetime | None = None
    source: str | None = None
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])


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
