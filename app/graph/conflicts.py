"""Pairs of memories that may contradict each other, on Neo4j."""

from datetime import datetime

from app.domain import conflicts
from app.domain.conflicts import Choice, ConflictingPair, Outcome, Resolution, Settlement
from app.domain.models import Memory
from app.errors import NotFound
from app.graph import history, locks, receipts, rows
from app.graph.driver import Database, Row, Transaction
from app.graph.memory_transaction import MemoryTransaction
from app.ports import ConflictListing, ConflictPage, Once, ResolvedConflict


class Conflicts:
    """`app.ports.ConflictStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, *, tenant_id: str, conflict_id: str) -> ConflictingPair | None:
        """The conflict, whatever its state."""

        async def read(transaction: Transaction) -> ConflictingPair | None:
            found = await _row(transaction, tenant_id, conflict_id)
            return None if found is None else _pair(found["conflict"])

        return await self._database.read_transaction("get conflict", read)

    async def page(self, listing: ConflictListing) -> ConflictPage:
        """One page, newest first, and the total over all pages."""
        (answer,) = await self._database.read(
            "conflicts/page",
            tenant_id=listing.tenant_id,
            status=listing.status.value,
            user_id=listing.user_id,
            namespace=listing.namespace,
            offset=listing.offset,
            limit=listing.limit,
        )
        return ConflictPage(conflicts=[_pair(row) for row in answer["found"]], total=answer["total"])

    async def resolve(
        self,
        choice: Choice,
        *,
        tenant_id: str,
        conflict_id: str,
        at: datetime,
        once: Once[ResolvedConflict] | None = None,
    ) -> ResolvedConflict:
        """Settle an open conflict. Raises: NotFound, Conflict, InvalidInput, Repeated, Unavailable."""

        async def settle(transaction: Transaction) -> ResolvedConflict:
            pair = await _locked_pair(transaction, tenant_id, conflict_id)
            settlement = conflicts.settle(pair, choice, at=at)
            await _apply(transaction, pair, settlement)
            return await _resolved(transaction, pair, settlement)

        return await receipts.write_once(self._database, "resolve conflict", settle, once=once)


async def _locked_pair(transaction: Transaction, tenant_id: str, conflict_id: str) -> ConflictingPair:
    held: set[str] = set()
    while True:
        found = await _row(transaction, tenant_id, conflict_id)
        if found is None:
            raise NotFound("Conflict not found")
        wanted = set(found["lock_ids"]) - held
        if not wanted:
            return _pair(found["conflict"])
        # While this waited, a memory may have been moved: then its new scope is locked as well.
        await locks.take_scopes(transaction, tenant_id=tenant_id, lock_ids=sorted(wanted))
        held |= wanted


async def _apply(transaction: Transaction, pair: ConflictingPair, settlement: Settlement) -> None:
    writer, tenant_id = MemoryTransaction(transaction), pair.new.tenant_id
    if settlement.created is not None:
        both = [pair.old.id, pair.new.id]
        await history.refuse_same_words(transaction, settlement.created.memory, besides=both)
        # It lies in the scope of one of the two, which is there.
        await writer.create([settlement.created], tenant_id=tenant_id, scopes=[])
    await writer.supersede(settlement.superseded, tenant_id=tenant_id)
    resolution = settlement.resolution
    await transaction.run(
        "conflicts/resolve",
        tenant_id=tenant_id,
        conflict_id=pair.id,
        resolution=resolution.outcome.value,
        kept_id=resolution.memory_id,
        at=resolution.at,
    )


async def _resolved(
    transaction: Transaction, pair: ConflictingPair, settlement: Settlement
) -> ResolvedConflict:
    found = await _row(transaction, pair.new.tenant_id, pair.id)
    if found is None:
        raise NotFound("Conflict not found")
    return ResolvedConflict(conflict=_pair(found["conflict"]), memory=_standing(pair, settlement))


def _standing(pair: ConflictingPair, settlement: Settlement) -> Memory | None:
    if settlement.created is not None:
        return settlement.created.memory
    by_id = {one.id: one for one in (pair.old, pair.new)}
    return by_id.get(settlement.resolution.memory_id or "")


async def _row(transaction: Transaction, tenant_id: str, conflict_id: str) -> Row | None:
    found = await transaction.run("conflicts/get", tenant_id=tenant_id, conflict_id=conflict_id)
    return found[0] if found else None


def _pair(row: Row) -> ConflictingPair:
    return ConflictingPair(
        id=row["id"],
        old=rows.memory(row["old"]),
        new=rows.memory(row["new"]),
        reason=row["reason"],
        at=rows.moment(row["at"]),
        resolution=_resolution(row),
    )


def _resolution(row: Row) -> Resolution | None:
    if row["resolution"] is None:
        return None
    return Resolution(
        outcome=Outcome(row["resolution"]), memory_id=row["kept_id"], at=rows.moment(row["resolved_at"])
    )
