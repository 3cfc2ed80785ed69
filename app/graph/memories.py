"""Memories and their scopes on Neo4j."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from app import ports
from app.domain.admission import Candidate
from app.domain.conversations import Tails
from app.domain.models import Memory, MemoryPage, Neighbour, Scope
from app.graph import conversations, memory_transaction, receipts, rows, scopes
from app.graph.driver import Database, Row, Transaction
from app.graph.memory_transaction import MemoryTransaction
from app.ports import Once

T = TypeVar("T")


class Memories:
    """`app.ports.MemoryStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(
        self, work: Callable[[ports.MemoryTransaction], Awaitable[T]], *, once: Once[T] | None = None
    ) -> T:
        """Run `work` in one transaction. Raises: Repeated, Unavailable."""
        return await receipts.write_once(
            self._database, "remember", lambda transaction: work(MemoryTransaction(transaction)), once=once
        )

    async def compared(self, candidate: Candidate, *, tenant_id: str, limit: int) -> Sequence[Neighbour]:
        """The stored memories that a candidate would be compared with, nearest first, then by id."""

        async def compare(transaction: Transaction) -> Sequence[Neighbour]:
            reader = MemoryTransaction(transaction)
            known = await reader.compare([candidate], tenant_id=tenant_id, limit=limit)
            return known[candidate.memory.id]

        return await self._database.read_transaction("judge", compare)

    async def tails(self, memories: Sequence[Memory], *, tenant_id: str) -> Tails:
        """How the conversations end that turns among these memories go on with."""
        if all(one.conversation_id is None for one in memories):
            return {}
        return await self._database.read_transaction(
            "tails", lambda transaction: conversations.tails(transaction, memories, tenant_id=tenant_id)
        )

    async def get(self, *, tenant_id: str, memory_id: str) -> Memory | None:
        """The memory, active or superseded."""
        found = await self._database.read("memories/get", tenant_id=tenant_id, memory_id=memory_id)
        return _only(found)

    async def predecessors(self, *, tenant_id: str, memory_id: str) -> Sequence[Memory]:
        """All memories that this one superseded, newest first."""
        return (await self.histories(tenant_id=tenant_id, memory_ids=[memory_id]))[memory_id]

    async def histories(self, *, tenant_id: str, memory_ids: Sequence[str]) -> Mapping[str, Sequence[Memory]]:
        """The predecessors of each, newest first, by its id."""
        found = await self._database.read(
            "memories/predecessors", tenant_id=tenant_id, memory_ids=list(memory_ids)
        )
        histories: dict[str, list[Memory]] = {memory_id: [] for memory_id in memory_ids}
        for row in found:
            histories[row["latest_id"]].append(rows.memory(row))
        return histories

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
        self, *, tenant_id: str, memory_id: str, importance: float | None, moved_to: Scope | None = None
    ) -> Memory | None:
        """Change what is not None of an active memory, and raise its version."""
        further = [] if moved_to is None else [moved_to.lock_id]

        async def change(transaction: Transaction) -> Memory | None:
            await scopes.lock_of_memory(
                transaction, tenant_id=tenant_id, memory_id=memory_id, further=further
            )
            if moved_to is not None:
                await scopes.move_memory(transaction, memory_id, to=moved_to)
            changed = await transaction.run(
                "memories/update",
                tenant_id=tenant_id,
                memory_id=memory_id,
                importance=None if importance is None else float(importance),
            )
            return _only(changed)

        return await self._database.write_transaction("update", change)

    async def delete(self, *, tenant_id: str, memory_id: str, at: datetime) -> bool:
        """Delete an active memory with its whole history."""

        async def remove(transaction: Transaction) -> bool:
            await scopes.lock_of_memory(transaction, tenant_id=tenant_id, memory_id=memory_id)
            await conversations.remove_windows(transaction, tenant_id=tenant_id, memory_id=memory_id)
            answer = await transaction.run("memories/delete", tenant_id=tenant_id, memory_id=memory_id, at=at)
            return any(row["deleted"] for row in answer)

        return await self._database.write_transaction("delete", remove)


def _only(found: Sequence[Row]) -> Memory | None:
    return rows.memory(found[0]) if found else None
