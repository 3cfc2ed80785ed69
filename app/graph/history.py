"""Chains of memories that took each other's place, on Neo4j."""

from collections.abc import Sequence
from datetime import datetime

from app.domain import history
from app.domain.history import HistoryEntry, Replacement, Restoration
from app.domain.models import FOREVER, Memory
from app.errors import Conflict, NotFound, QuotaExceeded
from app.graph import locks, memory_transaction, receipts, rows
from app.graph.driver import Database, Row, Transaction
from app.graph.memory_transaction import MemoryTransaction
from app.ports import Once


class History:
    """`app.ports.HistoryStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def chain(self, *, tenant_id: str, memory_id: str) -> Sequence[HistoryEntry]:
        """The memory and all that it is joined with by replacement, oldest first."""
        return await self._database.read_transaction(
            "history", lambda transaction: _chain(transaction, tenant_id, memory_id)
        )

    async def restore(
        self,
        *,
        tenant_id: str,
        memory_id: str,
        at: datetime,
        memory_limit: int | None,
        once: Once[Sequence[HistoryEntry]] | None = None,
    ) -> Sequence[HistoryEntry]:
        """Make a memory active again. Raises: NotFound, Conflict, QuotaExceeded, Repeated, Unavailable."""

        async def bring_back(transaction: Transaction) -> Sequence[HistoryEntry]:
            if memory_limit is not None:
                # Always the tenant before its scopes: one order for all, so no two wait for each other.
                await locks.take_tenant(transaction, tenant_id=tenant_id)
            await _lock_chain(transaction, tenant_id, memory_id)
            chain = await _chain(transaction, tenant_id, memory_id)
            plan = history.restoration(chain, memory_id=memory_id, at=at)
            await _refuse_obstacles(transaction, plan, memory_limit)
            await _apply(transaction, plan)
            return await _chain(transaction, tenant_id, memory_id)

        return await receipts.write_once(self._database, "restore", bring_back, once=once)


async def refuse_same_words(transaction: Transaction, memory: Memory, *, besides: Sequence[str] = ()) -> None:
    """No active fact beside this one may say the same. Raises: Conflict, with the id of what does."""
    if memory.conversation_id is not None:
        # The same words may be said twice.
        return
    found = await transaction.run(
        "history/same_words",
        tenant_id=memory.tenant_id,
        scope_id=memory.scope_id,
        team_id=memory.team_id,
        namespace=memory.namespace,
        content_hash=memory.content_hash,
        title=memory.title if memory.space_id is None else None,
        speaker=memory.speaker,
    )
    for row in found:
        if row["id"] not in besides:
            raise Conflict("An active memory says the same already", existing_id=row["id"])


async def _lock_chain(transaction: Transaction, tenant_id: str, memory_id: str) -> None:
    held: set[str] = set()
    while True:
        (found,) = await transaction.run("history/scopes", tenant_id=tenant_id, memory_id=memory_id)
        wanted = set(found["lock_ids"]) - held
        if not wanted:
            return
        # While this waited, one of the memories may have been moved, or another have taken their place.
        await locks.take_scopes(transaction, tenant_id=tenant_id, lock_ids=sorted(wanted))
        held |= wanted


async def _chain(transaction: Transaction, tenant_id: str, memory_id: str) -> Sequence[HistoryEntry]:
    (answer,) = await transaction.run("history/chain", tenant_id=tenant_id, memory_id=memory_id)
    return [_entry(row) for row in answer["found"]]


def _entry(row: Row) -> HistoryEntry:
    memory = rows.memory(row)
    if memory.replaced_by is None:
        return HistoryEntry(memory=memory, superseded_by=None)
    replacement = Replacement(
        memory_id=memory.replaced_by,
        reason=row["reason"],
        # What was written by hand, or before evidence was kept, has none.
        evidence=row["evidence"] or (),
        at=rows.moment(row["superseded_at"]),
    )
    return HistoryEntry(memory=memory, superseded_by=replacement)


async def _refuse_obstacles(transaction: Transaction, plan: Restoration, memory_limit: int | None) -> None:
    memory = plan.memory
    (answer,) = await transaction.run("history/is_whole", tenant_id=memory.tenant_id, memory_id=memory.id)
    if not answer["is_whole"]:
        raise NotFound("Memory not found")
    await refuse_same_words(transaction, memory)
    if memory_limit is None or not plan.adds_one:
        return
    used = await memory_transaction.count_active(transaction, tenant_id=memory.tenant_id)
    if used >= memory_limit:
        raise QuotaExceeded("Memory limit reached", limit=memory_limit, used=used)


async def _apply(transaction: Transaction, plan: Restoration) -> None:
    tenant_id = plan.memory.tenant_id
    # First of all the memory itself: what gives way to it carries its links only to what is active.
    await transaction.run("history/activate", tenant_id=tenant_id, memory_id=plan.memory.id, forever=FOREVER)
    if plan.revived_ids:
        await transaction.run("history/revive", tenant_id=tenant_id, memory_ids=plan.revived_ids)
    if plan.retired is not None:
        await MemoryTransaction(transaction).supersede([plan.retired], tenant_id=tenant_id)
