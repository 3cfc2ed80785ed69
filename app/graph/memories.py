"""Memories and their scopes on Neo4j."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from app import ports
from app.domain.models import Memory, MemoryPage, Visibility
from app.graph import locks, memory_transaction, rows
from app.graph.driver import Database, Row, Transaction
from app.graph.memory_transaction import MemoryTransaction

T = TypeVar("T")


class Memories:
    """`app.ports.MemoryStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, work: Callable[[ports.MemoryTransaction], Awaitable[T]]) -> T:
        """Run `work` in one transaction. Raises: Unavailable."""
        return await self._database.write_transaction(
            "remember", lambda transaction: work(MemoryTransaction(transaction))
        )

    async def get(self, *, tenant_id: str, memory_id: str) -> Memory | None:
        """The memory, active or superseded."""
        found = await self._database.read("memories/get", tenant_id=tenant_id, memory_id=memory_id)
        return _only(found)

    async def predecessors(self, *, tenant_id: str, memory_id: str) -> Sequence[Memory]:
        """All memories that this one superseded, newest first."""
        found = await self._database.read("memories/predecessors", tenant_id=tenant_id, memory_id=memory_id)
        return [rows.memory(row) for row in found]

    async def page(self, listing: ports.Listing) -> MemoryPage:
        """One page, and the total over all pages, of one and the same moment."""
        chosen = {
            "tenant_id": listing.tenant_id,
            "scope_ids": list(listing.scope_ids),
            "visibility": None if listing.visibility is None else listing.visibility.value,
            "source": listing.source,
        }

        async def both(transaction: Transaction) -> MemoryPage:
            (page,) = await transaction.run(
                "memories/page", offset=listing.offset, limit=listing.limit, **chosen
            )
            (answer,) = await transaction.run("memories/count_listed", **chosen)
            return MemoryPage(memories=[rows.memory(row) for row in page["found"]], total=answer["total"])

        return await self._database.read_transaction("list", both)

    async def count_active(self, *, tenant_id: str) -> int:
        """How many active memories the tenant has."""
        return await self._database.read_transaction(
            "count",
            lambda transaction: memory_transaction.count_active(transaction, tenant_id=tenant_id),
        )

    async def update(
        self, *, tenant_id: str, memory_id: str, importance: float | None, visibility: Visibility | None
    ) -> Memory | None:
        """Change what is not None of an active memory, and raise its version."""

        async def change(transaction: Transaction) -> Memory | None:
            await _lock_scope_of(transaction, tenant_id=tenant_id, memory_id=memory_id)
            changed = await transaction.run(
                "memories/update",
                tenant_id=tenant_id,
                memory_id=memory_id,
                importance=None if importance is None else float(importance),
                visibility=None if visibility is None else visibility.value,
            )
            return _only(changed)

        return await self._database.write_transaction("update", change)

    async def delete(self, *, tenant_id: str, memory_id: str, at: datetime) -> bool:
        """Delete an active memory with its whole history."""

        async def remove(transaction: Transaction) -> bool:
            await _lock_scope_of(transaction, tenant_id=tenant_id, memory_id=memory_id)
            answer = await transaction.run("memories/delete", tenant_id=tenant_id, memory_id=memory_id, at=at)
            return any(row["deleted"] for row in answer)

        return await self._database.write_transaction("delete", remove)


async def _lock_scope_of(transaction: Transaction, *, tenant_id: str, memory_id: str) -> None:
    # A store that has just found this memory to be the duplicate must not lose it before it commits.
    found = await transaction.run("scopes/of_memory", tenant_id=tenant_id, memory_id=memory_id)
    await locks.take_scopes(transaction, tenant_id=tenant_id, scope_ids=[row["scope_id"] for row in found])


def _only(found: Sequence[Row]) -> Memory | None:
    return rows.memory(found[0]) if found else None
