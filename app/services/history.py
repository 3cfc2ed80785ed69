"""What became of a memory: everything it took the place of and everything that took its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.history import HistoryEntry
from app.domain.models import MemoryStatus
from app.errors import NotFound
from app.ports import HistoryStore


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Shows chains of memories that took each other's place."""

    store: HistoryStore

    async def of(self, *, tenant_id: str, memory_id: str) -> Sequence[HistoryEntry]:
        """The whole chain of a memory that is not deleted, oldest first. Raises: NotFound, Unavailable."""
        chain = await self.store.chain(tenant_id=tenant_id, memory_id=memory_id)
        shown = [one for one in chain if one.memory.status is not MemoryStatus.DELETED]
        if all(one.memory.id != memory_id for one in shown):
            raise NotFound("Memory not found")
        return shown
