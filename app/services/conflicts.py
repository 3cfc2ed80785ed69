"""Conflicts between memories: which are open, and settling them."""

from dataclasses import dataclass

import uuid6

from app.domain.conflicts import Choice, KeepBoth, KeepOne, MergeInto
from app.errors import NotFound
from app.ports import (
    Clock,
    ConflictListing,
    ConflictPage,
    ConflictStore,
    Embedder,
    Once,
    ResolvedConflict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRef:
    """One conflict of one tenant."""

    tenant_id: str
    conflict_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Lists conflicts and settles them."""

    store: ConflictStore
    embedder: Embedder
    clock: Clock

    async def page(self, listing: ConflictListing) -> ConflictPage:
        """One page, newest first. Raises: Unavailable."""
        return await self.store.page(listing)

    async def keep_both(
        self, conflict: ConflictRef, *, once: Once[ResolvedConflict] | None = None
    ) -> ResolvedConflict:
        """Let both memories stand. Raises: NotFound, Conflict, Repeated, Unavailable."""
        return await self._settle(conflict, KeepBoth(), once)

    async def keep_one(
        self, conflict: ConflictRef, *, memory_id: str, once: Once[ResolvedConflict] | None = None
    ) -> ResolvedConflict:
        """Let one memory stand and make the other its history.

        Raises: NotFound, InvalidInput for a memory that is neither, Conflict, Repeated, Unavailable.
        """
        return await self._settle(conflict, KeepOne(memory_id=memory_id), once)

    async def merge(
        self, conflict: ConflictRef, *, text: str, once: Once[ResolvedConflict] | None = None
    ) -> ResolvedConflict:
        """Put a new memory in the place of both.

        Raises: NotFound, InvalidInput for metadata that are together too large, Conflict also when another
        active memory says the same, Repeated, Unavailable.
        """
        known = await self.store.get(tenant_id=conflict.tenant_id, conflict_id=conflict.conflict_id)
        if known is None:
            raise NotFound("Conflict not found")
        (vector,) = await self.embedder.embed([text])
        merged = MergeInto(memory_id=str(uuid6.uuid7()), text=text, vector=vector)
        return await self._settle(conflict, merged, once)

    async def _settle(
        self, conflict: ConflictRef, choice: Choice, once: Once[ResolvedConflict] | None
    ) -> ResolvedConflict:
        return await self.store.resolve(
            choice,
            tenant_id=conflict.tenant_id,
            conflict_id=conflict.conflict_id,
            at=self.clock.now(),
            once=once,
        )
