"""Pairs of memories that may contradict each other, and how a caller settles which of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain import admission
from app.domain import text as texts
from app.domain.admission import Candidate, Supersession
from app.domain.judge.decision import Evidence
from app.domain.models import FOREVER, Memory, MemoryStatus, Vector
from app.errors import Conflict, InvalidInput

_REASON = "resolved by the caller"


class ConflictStatus(StrEnum):
    """Whether a caller has yet to say what becomes of the pair."""

    OPEN = "open"
    RESOLVED = "resolved"


class Outcome(StrEnum):
    """What a caller decided: both stand, one of them does, or a new memory takes the place of both."""

    BOTH = "both"
    ONE = "one"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a conflict was resolved; `memory_id` is the memory that stands, None where both do."""

    outcome: Outcome
    memory_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingPair:
    """Two memories that may contradict each other: `new` was stored while `old` was there."""

    id: str
    old: Memory
    new: Memory
    reason: str
    at: datetime
    resolution: Resolution | None = None

    @property
    def status(self) -> ConflictStatus:
        """Open until it has a resolution."""
        return ConflictStatus.OPEN if self.resolution is None else ConflictStatus.RESOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepBoth:
    """Both facts hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOne:
    """One of the two holds, and the other becomes its history."""

    memory_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeInto:
    """A new memory, with this id, text and vector, takes the place of both."""

    memory_id: str
    text: str
    vector: Vector


Choice: TypeAlias = KeepBoth | KeepOne | MergeInto


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What a choice changes."""

    resolution: Resolution
    created: Candidate | None = None
    superseded: Sequence[Supersession] = ()


def settle(pair: ConflictingPair, choice: Choice, *, at: datetime) -> Settlement:
    """What the choice makes of the pair.

    Raises: Conflict when the pair is resolved or one of the two is not active, InvalidInput when the memory
    to keep is neither of them or the metadata of both together are too large.
    """
    if pair.resolution is not None:
        raise Conflict("This conflict is resolved already", existing_id=pair.resolution.memory_id)
    if any(one.status is not MemoryStatus.ACTIVE for one in (pair.old, pair.new)):
        raise Conflict("A memory of this conflict is no longer active, so there is nothing to resolve")
    match choice:
        case KeepBoth():
            return Settlement(resolution=Resolution(outcome=Outcome.BOTH, memory_id=None, at=at))
        case KeepOne(memory_id=kept_id):
            other = _other(pair, kept_id)
            return Settlement(
                resolution=Resolution(outcome=Outcome.ONE, memory_id=kept_id, at=at),
                superseded=[_superseded(other, kept_id, at)],
            )
        case MergeInto(memory_id=merged_id):
            return Settlement(
                resolution=Resolution(outcome=Outcome.MERGED, memory_id=merged_id, at=at),
                created=Candidate(memory=_merged(pair, choice, at), vector=choice.vector),
                superseded=[_superseded(one, merged_id, at) for one in (pair.old, pair.new)],
            )


def _other(pair: ConflictingPair, kept_id: str) -> Memory:
    others = {pair.old.id: pair.new, pair.new.id: pair.old}
    if kept_id not in others:
        reason = "must be `both` or the id of one of the two memories"
        raise InvalidInput(f"keep {reason}", fields={"keep": reason})
    return others[kept_id]


def _superseded(old: Memory, new_id: str, at: datetime) -> Supersession:
    # A fact may begin to hold a little later than now, but it cannot end before it began.
    held_until = max(at, old.valid_from)
    return Supersession(
        old_id=old.id, new_id=new_id, reason=_REASON, evidence=Evidence(), at=at, valid_to=held_until
    )


def _merged(pair: ConflictingPair, choice: MergeInto, at: datetime) -> Memory:
    return replace(
        pair.new,
        id=choice.memory_id,
        text=choice.text,
        caption=texts.caption(choice.text),
        content_hash=texts.content_hash(choice.text),
        importance=max(pair.old.importance, pair.new.importance),
        metadata=admission.merged_metadata(pair.old.metadata, pair.new.metadata),
        valid_from=at,
        valid_to=FOREVER,
        refreshed_at=at,
        recorded_at=at,
        retired_at=FOREVER,
        version=1,
    )
