"""Which memories took the place of which, and what bringing one of them back changes.

Every memory gives way to at most one other, so what hangs together has exactly one latest memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.admission import Supersession
from app.domain.judge.decision import Evidence
from app.domain.models import Memory, MemoryStatus
from app.errors import Conflict, NotFound

_REASON = "restored by the caller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """How a memory became history: which one took its place, when, why, and the words that this rests on.

    The words are lines as `evidence_lines` makes them.
    """

    memory_id: str
    reason: str
    evidence: Sequence[str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """A memory, and what took its place, if anything did."""

    memory: Memory
    superseded_by: Replacement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """What makes a memory active again: deleted ones of its chain become history, the latest gives way."""

    memory: Memory
    revived_ids: Sequence[str]
    retired: Supersession | None

    @property
    def adds_one(self) -> bool:
        """Whether there is one active memory more afterwards."""
        return self.memory.status is MemoryStatus.DELETED


def restoration(chain: Sequence[HistoryEntry], *, memory_id: str, at: datetime) -> Restoration:
    """How a memory of the chain becomes active again, the latest one its history instead.

    Raises: NotFound when the chain has no such memory, Conflict when it is active.
    """
    by_id = {one.memory.id: one for one in chain}
    if memory_id not in by_id:
        raise NotFound("Memory not found")
    memory = by_id[memory_id].memory
    if memory.status is MemoryStatus.ACTIVE:
        raise Conflict("Memory is active already", existing_id=memory_id)
    others = [one.memory for one in chain if one.memory.id != memory_id]
    return Restoration(
        memory=memory,
        revived_ids=[one.id for one in others if one.status is MemoryStatus.DELETED],
        retired=_retired(_latest(by_id, memory_id), memory, at),
    )


def evidence_lines(evidence: Evidence) -> list[str]:
    """The words a comparison rests on, in lines for people; those without words are left out.

    >>> evidence_lines(Evidence(common=["lives"], only_stored=["rome"], only_new=["new", "york"]))
    ['both: lives', 'before: rome', 'now: new, york']
    """
    lines = {"both": evidence.common, "before": evidence.only_stored, "now": evidence.only_new}
    return [f"{name}: {', '.join(words)}" for name, words in lines.items() if words]


def predecessors(chain: Sequence[HistoryEntry], *, memory_id: str) -> list[Memory]:
    """The other memories of a chain of which this is the latest, newest first."""
    others = [one.memory for one in chain if one.memory.id != memory_id]
    return sorted(others, key=lambda one: (one.valid_from, one.recorded_at, one.id), reverse=True)


def _latest(by_id: Mapping[str, HistoryEntry], memory_id: str) -> Memory:
    entry = by_id[memory_id]
    while entry.superseded_by is not None:
        entry = by_id[entry.superseded_by.memory_id]
    return entry.memory


def _retired(latest: Memory, memory: Memory, at: datetime) -> Supersession | None:
    if latest.id == memory.id:
        return None
    return Supersession(
        old_id=latest.id,
        new_id=memory.id,
        reason=_REASON,
        evidence=Evidence(),
        at=at,
        # A fact may begin to hold a little later than now, but it cannot end before it began.
        valid_to=max(at, latest.valid_from),
    )
