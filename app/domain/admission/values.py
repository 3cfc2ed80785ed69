"""What goes into a plan and what comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.conversations import Sequel, Window
from app.domain.judge import Ruling
from app.domain.judge.decision import Evidence
from app.domain.models import Memory, Neighbour, Vector
from app.domain.passages import Passage
from app.errors import LociError


class Judge(Protocol):
    """Says what a text means beside the memories it is compared with."""

    def __call__(self, text: str, *, among: Sequence[Neighbour]) -> Ruling:
        """The ruling; the order of `among` does not matter."""
        ...


class OnConflict(StrEnum):
    """What becomes of memories that a new fact contradicts.

    `REPLACE` makes them its history, `KEEP` leaves them, `ASK` leaves them and notes the conflict.
    """

    REPLACE = "replace"
    KEEP = "keep"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A memory as it would be stored, its vector, and the passages of a long text with theirs.

    `entities` are the names that the caller gave of what it is about.
    """

    memory: Memory
    vector: Vector
    passages: Sequence[Passage] = ()
    entities: Sequence[str] = ()
    on_conflict: OnConflict = OnConflict.REPLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What became of one candidate: stored under its own id, or a duplicate of `memory_id`.

    `replaced_ids` are the memories that it took the place of, nearest first.
    """

    memory_id: str
    stored: bool
    reason: str
    replaced_ids: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersession:
    """One memory becomes the history of another; it held until `valid_to`, and was let go `at`."""

    old_id: str
    new_id: str
    reason: str
    evidence: Evidence
    at: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Two memories that may contradict each other and were both left alone."""

    old_id: str
    new_id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The outcome of each candidate, in their order, and the writes that make it so, in this order.

    `windows` is what the windows of turns should be then.
    """

    outcomes: Sequence[Admitted | LociError]
    created: Sequence[Candidate]
    refreshed: Sequence[Memory]
    sequels: Sequence[Sequel] = ()
    windows: Sequence[Window] = ()
    superseded: Sequence[Supersession] = ()
    suspected: Sequence[Suspicion] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many more memories the tenant may hold: `limit` in all, `used` so far."""

    limit: int
    used: int
