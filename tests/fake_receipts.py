"""Answers kept in a dictionary, as `app.ports.ReceiptStore` promises."""

from datetime import datetime
from typing import TypeVar

from app.errors import RecordedAnswer, Repeated
from app.ports import Once

T = TypeVar("T")


class InMemoryReceipts:
    """`ReceiptStore`; other fakes keep the answers to their writes here."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[datetime, RecordedAnswer]] = {}

    async def find(self, *, owner_id: str, key: str, kept_from: datetime) -> RecordedAnswer | None:
        at, answer = self._kept.get((owner_id, key), (None, None))
        return answer if at is not None and at >= kept_from else None

    async def keep(self, once: Once[None]) -> None:
        await self.refuse_repetition(once)
        self.record(once, None)

    async def refuse_repetition(self, once: Once[T] | None) -> None:
        """What a store does first in its transaction. Raises: Repeated."""
        if once is None:
            return
        known = await self.find(owner_id=once.owner_id, key=once.key, kept_from=once.kept_from)
        if known is not None:
            raise Repeated(known)

    def record(self, once: Once[T] | None, result: T) -> None:
        """What a store does last in its transaction."""
        if once is not None:
            self._kept[once.owner_id, once.key] = (once.at, once.answer(result))
