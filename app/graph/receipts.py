"""What was answered to requests with an idempotency key, on Neo4j."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from app.errors import RecordedAnswer, Repeated
from app.graph.driver import Database, Row, Transaction
from app.ports import Once

T = TypeVar("T")


class Receipts:
    """`app.ports.ReceiptStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, *, owner_id: str, key: str, kept_from: datetime) -> RecordedAnswer | None:
        """The answer to the request with that key."""
        found = await self._database.read("receipts/find", owner_id=owner_id, key=key, kept_from=kept_from)
        return _answer(found[0]) if found else None

    async def keep(self, once: Once[None]) -> None:
        """Keep the answer to a request that changed nothing. Raises: Repeated."""

        async def nothing(transaction: Transaction) -> None:
            """There is no effect to go with the answer."""

        await write_once(self._database, "keep answer", nothing, once=once)


async def write_once(
    database: Database,
    name: str,
    work: Callable[[Transaction], Awaitable[T]],
    *,
    once: Once[T] | None,
) -> T:
    """Run `work` in one transaction and keep what is answered to it in the same.

    Raises: Repeated, with nothing written, when the key has been answered; Unavailable.
    """
    if once is None:
        return await database.write_transaction(name, work)

    async def guarded(transaction: Transaction) -> T:
        await _refuse_repetition(transaction, once)
        result = await work(transaction)
        await _keep(transaction, once, once.answer(result))
        return result

    return await database.write_transaction(name, guarded)


async def _refuse_repetition(transaction: Transaction, once: Once[T]) -> None:
    # First of all locks: two requests with one key meet here, before either has locked anything else.
    found = await transaction.run(
        "receipts/claim", owner_id=once.owner_id, key=once.key, kept_from=once.kept_from
    )
    if found:
        raise Repeated(_answer(found[0]))


async def _keep(transaction: Transaction, once: Once[T], answer: RecordedAnswer) -> None:
    await transaction.run(
        "receipts/write",
        owner_id=once.owner_id,
        key=once.key,
        fingerprint=answer.fingerprint,
        status=answer.status,
        body=answer.body,
        created_at=once.at,
    )
    await transaction.run("receipts/forget", owner_id=once.owner_id, kept_from=once.kept_from)


def _answer(row: Row) -> RecordedAnswer:
    return RecordedAnswer(fingerprint=row["fingerprint"], status=row["status"], body=row["body"])
