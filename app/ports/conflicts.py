"""Pairs of memories that may contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.conflicts import Choice, ConflictingPair, ConflictStatus
from app.domain.models import Memory
from app.ports.once import Once


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictListing:
    """A page of a tenant's conflicts; `user_id` and `namespace` are of either memory, None is any."""

    tenant_id: str
    status: ConflictStatus
    offset: int
    limit: int
    user_id: str | None = None
    namespace: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """One page of conflicts, and how many there are in all."""

    conflicts: Sequence[ConflictingPair]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedConflict:
    """A conflict with its resolution, and the memory that stands; None where both do."""

    conflict: ConflictingPair
    memory: Memory | None


class ConflictStore(Protocol):
    """Conflicts between memories. They are noted by `MemoryTransaction.note_conflicts`."""

    async def get(self, *, tenant_id: str, conflict_id: str) -> ConflictingPair | None:
        """The conflict, whatever its state and that of its memories; None for unknown and foreign ids."""
        ...

    async def page(self, listing: ConflictListing) -> ConflictPage:
        """One page, newest first, and the total over all pages.

        Of open conflicts only those whose two memories are active; of resolved ones those of which no
        memory is deleted.
        """
        ...

    async def resolve(
        self,
        choice: Choice,
        *,
        tenant_id: str,
        conflict_id: str,
        at: datetime,
        once: Once[ResolvedConflict] | None = None,
    ) -> ResolvedConflict:
        """Settle an open conflict.

        Raises: NotFound for unknown and foreign ids; what `app.domain.conflicts.settle` raises; Conflict when
        another active memory says the merged text; Repeated.
        """
        ...
