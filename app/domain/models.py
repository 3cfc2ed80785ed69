"""The values that every layer speaks of. They know no row, no JSON text and no id format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
JsonObject: TypeAlias = Mapping[str, JsonValue]

Vector: TypeAlias = npt.NDArray[np.float32]
"""One embedding: d numbers, L2-normalised, so that the dot product of two is their cosine."""

FOREVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""The open end of an interval. Indexes cannot look for a missing value, so an end is never missing."""


class MemoryStatus(StrEnum):
    """Where a memory stands: found by searches, history of a newer one, or deleted."""

    ACTIVE = "active"
    SUPERSEDED = "superseded"
    DELETED = "deleted"


class ScopeKind(StrEnum):
    """Whose memories a scope holds."""

    USER = "user"
    AGENT = "agent"
    TEAM = "team"
    SPACE = "space"


class Visibility(StrEnum):
    """Who may find a memory: its user alone, or the members of a team."""

    PRIVATE = "private"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a memory lives: the finest unit of visibility. A request ranges over one or several.

    `id` is derived from the tenant and the other parts (`app.domain.scope`), so whoever names a scope
    can only name one of the tenant in the credential. Writers of scopes with one `lock_id` wait for each
    other: duplicates range over all of them.
    """

    id: str
    lock_id: str
    tenant_id: str
    kind: ScopeKind
    user_id: str
    namespace: str
    agent_id: str | None = None
    team_id: str | None = None
    space_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One remembered fact, without its vector.

    `valid_from`/`valid_to` say when the fact held (`created_at` on the wire is `valid_from`),
    `recorded_at`/`retired_at` when we learnt it and let it go; open ends are `FOREVER`.
    Decay counts from `refreshed_at`. `importance` is in [0, 1]. A turn of a conversation has that one's id,
    its own place in it from 0 (`turn`), and who said it, if that was told.
    """

    id: str
    tenant_id: str
    scope_id: str
    user_id: str
    namespace: str
    text: str
    content_hash: str
    importance: float
    source: str
    valid_from: datetime
    recorded_at: datetime
    refreshed_at: datetime
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])
    caption: str = ""
    title: str = ""
    speaker: str = ""
    conversation_id: str | None = None
    turn: int | None = None
    visibility: Visibility = Visibility.PRIVATE
    agent_id: str | None = None
    team_id: str | None = None
    space_id: str | None = None
    status: MemoryStatus = MemoryStatus.ACTIVE
    replaced_by: str | None = None
    valid_to: datetime = FOREVER
    retired_at: datetime = FOREVER
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A stored memory and its cosine, in [-1, 1], to the vector that was asked about."""

    memory: Memory
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryPage:
    """One page of a listing, and how many memories there are in all."""

    memories: Sequence[Memory]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """One customer of this installation; tenants never see each other."""

    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key that opens one tenant. The key itself is not kept, only the SHA-256 `digest` of it."""

    id: str
    tenant_id: str
    digest: str
    label: str
    created_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingModel:
    """Which model made the vectors of a database: its name, vector length, and weights' SHA-256."""

    name: str
    dimensions: int
    digest: str
