"""Answers kept for requests that may be sent again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import RecordedAnswer
from app.ports import Clock, Once, ReceiptStore

_KEPT = timedelta(hours=24)
"""As long as other services keep theirs; a retry comes within minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """What was answered to requests with an idempotency key, for a day."""

    store: ReceiptStore
    clock: Clock

    def window(self) -> tuple[datetime, datetime]:
        """Now, and the time before which receipts no longer count."""
        now = self.clock.now()
        return now, now - _KEPT

    async def find(self, *, owner_id: str, key: str) -> RecordedAnswer | None:
        """The answer that was given to the request with that key."""
        _, kept_from = self.window()
        return await self.store.find(owner_id=owner_id, key=key, kept_from=kept_from)

    async def keep(self, once: Once[None]) -> None:
        """Keep the answer to a request that changed nothing. Raises: Repeated."""
        await self.store.keep(once)
