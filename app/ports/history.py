"""Chains of memories that took each other's place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.history import HistoryEntry
from app.ports.once import Once


class HistoryStore(Protocol):
    """What became of memories, and the way back."""

    async def chain(self, *, tenant_id: str, memory_id: str) -> Sequence[HistoryEntry]:
        """The memory and all that it took the place of or that took its place, through any number of others.

        Oldest first, by `valid_from`, then `recorded_at`, then id; of whatever status, deleted included.
        Empty for unknown and foreign ids.
        """
        ...

    async def restore(
        self,
        *,
        tenant_id: str,
        memory_id: str,
        at: datetime,
        memory_limit: int | None,
        once: Once[Sequence[HistoryEntry]] | None = None,
    ) -> Sequence[HistoryEntry]:
        """Make a superseded or deleted memory active again; the chain afterwards, as `chain` orders it.

        Raises: NotFound for unknown and foreign ids and for what was deleted with its agent or space;
        Conflict when it is active, or an active memory beside it has the same words; QuotaExceeded when a
        deleted one would be one more than `memory_limit`; Repeated.
        """
        ...
