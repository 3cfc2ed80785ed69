"""Spaces on Neo4j."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from enum import Enum
from typing import TypeVar

from app import ports
from app.domain import scope as scopes
from app.domain.spaces import Space, SpaceSize
from app.graph import locks, receipts, rows
from app.graph.driver import Database, Transaction
from app.graph.memory_transaction import MemoryTransaction
from app.ports import Once

T = TypeVar("T")

_MEMORIES_PER_TRANSACTION = 5_000
"""Deleting as many takes a second or two; one of many more may outgrow the server's memory."""


class _Removal(Enum):
    """How far the removal of a space has come; `MISSED` when somebody else removed it."""

    BEGUN = "begun"
    DONE = "done"
    MISSED = "missed"


class Spaces:
    """`app.ports.SpaceStore` on Neo4j. A transaction deletes at most so many memories."""

    def __init__(
        self, database: Database, *, memories_per_transaction: int = _MEMORIES_PER_TRANSACTION
    ) -> None:
        self._database = database
        self._memories_per_transaction = memories_per_transaction

    async def write(
        self,
        space: Space,
        work: Callable[[ports.MemoryTransaction, Space], Awaitable[T]],
        *,
        once: Once[T] | None = None,
    ) -> T:
        """Run `work` with the space of that name. Raises: Repeated, Unavailable."""

        async def inside(transaction: Transaction) -> T:
            held = await _entered(transaction, space)
            return await work(MemoryTransaction(transaction), held)

        return await receipts.write_once(self._database, "remember in space", inside, once=once)

    async def named(self, *, tenant_id: str, name: str) -> Space | None:
        """The space with exactly that name."""
        return await self._database.read_transaction(
            "find space", lambda transaction: _named(transaction, tenant_id, name)
        )

    async def get(self, *, tenant_id: str, space_id: str) -> Space | None:
        """The space with that id."""
        return await self._database.read_transaction(
            "get space", lambda transaction: _with_id(transaction, tenant_id, space_id)
        )

    async def page(self, *, tenant_id: str, offset: int, limit: int) -> tuple[Sequence[SpaceSize], int]:
        """One page, and the total over all pages, of one and the same moment."""

        async def both(transaction: Transaction) -> tuple[Sequence[SpaceSize], int]:
            found = await transaction.run("spaces/page", tenant_id=tenant_id, offset=offset, limit=limit)
            (answer,) = await transaction.run("spaces/count", tenant_id=tenant_id)
            sizes = [SpaceSize(space=rows.space(row), memories=row["memories"]) for row in found]
            return sizes, answer["total"]

        return await self._database.read_transaction("list spaces", both)

    async def delete(self, *, tenant_id: str, id_or_name: str, at: datetime) -> bool:
        """Remove a space and delete its memories; an id goes before a name.

        A large space is emptied in several transactions. If that ends early, the space is still there with
        the rest, and can be deleted again.
        """
        space = await self.get(tenant_id=tenant_id, space_id=id_or_name)
        space = space or await self.named(tenant_id=tenant_id, name=id_or_name)
        if space is None:
            return False
        while True:
            outcome = await self._database.write_transaction(
                "delete space", lambda transaction: self._removed(transaction, space, at)
            )
            if outcome is not _Removal.BEGUN:
                return outcome is _Removal.DONE

    async def _removed(self, transaction: Transaction, space: Space, at: datetime) -> _Removal:
        """Empty a space as far as one transaction goes, and remove it when nothing is left."""
        if not await _locked(transaction, space):
            return _Removal.MISSED
        (answer,) = await transaction.run(
            "spaces/empty",
            tenant_id=space.tenant_id,
            space_id=space.id,
            at=at,
            limit=self._memories_per_transaction,
        )
        if answer["deleted"] == self._memories_per_transaction:
            return _Removal.BEGUN
        await transaction.run("spaces/delete", tenant_id=space.tenant_id, space_id=space.id)
        return _Removal.DONE


async def _entered(transaction: Transaction, space: Space) -> Space:
    """The space of that name, locked; written first where there is none."""
    while True:
        found = await _named(transaction, space.tenant_id, space.name)
        if found is None:
            await transaction.run(
                "spaces/create",
                tenant_id=space.tenant_id,
                id=space.id,
                name=space.name,
                created_at=space.created_at,
            )
        elif await _locked(transaction, found):
            return found


async def _locked(transaction: Transaction, space: Space) -> bool:
    """Wait for the writers of a space and keep others out; False when it was removed meanwhile."""
    await locks.take_scopes(transaction, tenant_id=space.tenant_id, lock_ids=[_lock_id(space)])
    return await _with_id(transaction, space.tenant_id, space.id) is not None


async def _named(transaction: Transaction, tenant_id: str, name: str) -> Space | None:
    found = await transaction.run("spaces/named", tenant_id=tenant_id, name=name)
    return rows.space(found[0]) if found else None


async def _with_id(transaction: Transaction, tenant_id: str, space_id: str) -> Space | None:
    found = await transaction.run("spaces/get", tenant_id=tenant_id, space_id=space_id)
    return rows.space(found[0]) if found else None


def _lock_id(space: Space) -> str:
    return scopes.space_scope(tenant_id=space.tenant_id, space_id=space.id).lock_id
