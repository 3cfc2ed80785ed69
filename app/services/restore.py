"""Bringing a memory back that was replaced or deleted: the other way round, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import history
from app.domain.history import HistoryEntry
from app.ports import Clock, HistoryStore, Once
from app.services.memories import Memories, MemoryDetail


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Makes superseded and deleted memories active again; `memory_limit` as for storing."""

    store: HistoryStore
    memories: Memories
    clock: Clock
    memory_limit: int | None

    async def memory(
        self, *, tenant_id: str, memory_id: str, once: Once[MemoryDetail] | None = None
    ) -> MemoryDetail:
        """The memory, active again; what was active in its place is its history now.

        Raises: NotFound, Conflict when it is active or an active memory says the same, QuotaExceeded,
        Repeated, Unavailable.
        """

        def detail(chain: Sequence[HistoryEntry]) -> MemoryDetail:
            (restored,) = (one.memory for one in chain if one.memory.id == memory_id)
            return self.memories.detail(restored, history.predecessors(chain, memory_id=memory_id))

        return detail(
            await self.store.restore(
                tenant_id=tenant_id,
                memory_id=memory_id,
                at=self.clock.now(),
                memory_limit=self.memory_limit,
                once=None if once is None else once.of(detail),
            )
        )
