"""Requests that may be repeated: what was answered is kept with what was done, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from app.errors import RecordedAnswer

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Once(Generic[T]):
    """A request that takes effect once, however often it is sent with the same key.

    `owner_id` is the tenant, or what takes its place where no key opens one. `fingerprint` stands for the
    whole request. `answer` turns the result into what is kept, and is called in the transaction of the
    effect. Receipts from before `kept_from` do not count.
    """

    owner_id: str
    key: str
    fingerprint: str
    at: datetime
    kept_from: datetime
    answer: Callable[[T], RecordedAnswer]

    def of(self, result_of: Callable[[S], T]) -> "Once[S]":
        """The same for a step whose result becomes the result by `result_of`."""
        return Once(
            owner_id=self.owner_id,
            key=self.key,
            fingerprint=self.fingerprint,
            at=self.at,
            kept_from=self.kept_from,
            answer=lambda result: self.answer(result_of(result)),
        )


class ReceiptStore(Protocol):
    """What was answered to requests with a key."""

    async def find(self, *, owner_id: str, key: str, kept_from: datetime) -> RecordedAnswer | None:
        """The answer to the request with that key, unless it was given before `kept_from`."""
        ...

    async def keep(self, once: Once[None]) -> None:
        """Keep the answer to a request that changed nothing. Raises: Repeated."""
        ...
