"""Makes the plan: one candidate after the other, on working copies of what is stored."""

import dataclasses
import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain import conversations
from app.domain.admission import comparable
from app.domain.admission.metadata import merged_metadata
from app.domain.admission.values import (
    Admitted,
    Candidate,
    Judge,
    OnConflict,
    Plan,
    Room,
    Supersession,
    Suspicion,
)
from app.domain.conversations import Endings, Tails
from app.domain.judge import Comparison, Keep, Merge, Supersede
from app.domain.models import Memory, MemoryStatus, Neighbour
from app.errors import InvalidInput, LociError, QuotaExceeded

_MOST_SIBLINGS = 20
"""Of the facts stored together, as many of the nearest are compared with as of those stored before."""

_MOST_SUSPECTS = 3
"""Of a fact that may contradict many others, the nearest say enough."""

_KEPT_AS_SAID = "turns of a conversation are kept as they were said"
_SAID_LAST = "the last turn of this conversation: the same words by the same speaker"
_SAID_THEN = "a turn of this conversation already: the same words by the same speaker at the same time"


def plan(
    candidates: Sequence[Candidate],
    *,
    known: Mapping[str, Sequence[Neighbour]],
    judge: Judge,
    room: Room | None = None,
    tails: Tails | None = None,
) -> Plan:
    """Decide for each candidate in turn; `known` maps its id to the stored memories to compare with.

    `tails` says how the conversations end that the candidates go on with.
    """
    draft = _Draft(known=known, judge=judge, room=room, tails=tails or {})
    outcomes = [draft.admit(candidate) for candidate in candidates]
    return Plan(
        outcomes=outcomes,
        created=list(draft.created.values()),
        refreshed=list(draft.refreshed.values()),
        superseded=draft.superseded,
        suspected=draft.suspected,
        sequels=draft.endings.sequels,
        windows=conversations.windows((one.memory for one in draft.created.values()), tails=tails or {}),
    )


class _Draft:
    """The plan while it is made: working copies of what was stored and of what would be."""

    def __init__(
        self, *, known: Mapping[str, Sequence[Neighbour]], judge: Judge, room: Room | None, tails: Tails
    ) -> None:
        self._known = known
        self._judge = judge
        self._room = room
        self._history: set[str] = set()
        self.created: dict[str, Candidate] = {}
        self.refreshed: dict[str, Memory] = {}
        self.superseded: list[Supersession] = []
        self.suspected: list[Suspicion] = []
        self.endings = Endings(tails)

    def admit(self, candidate: Candidate) -> Admitted | LociError:
        try:
            if candidate.memory.conversation_id is None:
                return self._judged(candidate)
            return self._said(candidate)
        except (InvalidInput, QuotaExceeded) as refusal:
            return refusal

    def _said(self, turn: Candidate) -> Admitted:
        last = self.endings.last(turn.memory)
        last_id = None if last is None else last.id
        said = [one.memory for one in self._known.get(turn.memory.id, ())]
        said += [one.memory for one in self.created.values()]
        if last is not None and last_id not in self.created:
            said.append(last)
        for one in said:
            is_last = one.id == last_id
            if conversations.repeats(turn.memory, one, is_last=is_last):
                return self._merge(turn, one, _SAID_LAST if is_last else _SAID_THEN)
        self._make_room(1)
        self.created[turn.memory.id] = dataclasses.replace(turn, memory=self.endings.add(turn.memory))
        return Admitted(memory_id=turn.memory.id, stored=True, reason=_KEPT_AS_SAID)

    def _judged(self, candidate: Candidate) -> Admitted:
        among = {one.memory.id: one for one in self._compared(candidate)}
        ruling = self._judge(candidate.memory.text, among=list(among.values()))
        match ruling:
            case Keep(reason=reason, suspects=suspects):
                return self._store(candidate, reason, suspects=suspects)
            case Merge(into=target, reason=reason):
                return self._merge(candidate, among[target].memory, reason)
            case Supersede(targets=targets, reason=reason):
                contradicted = [among[one.memory_id].memory for one in targets]
                return self._contradict(candidate, targets, contradicted, reason)

    def _compared(self, candidate: Candidate) -> list[Neighbour]:
        known = self._known.get(candidate.memory.id, ())
        siblings = _nearest(self._siblings(candidate), candidate, known=known)
        return [*(one for one in known if self._may_be_judged(one.memory, candidate)), *siblings]

    def _siblings(self, candidate: Candidate) -> Iterator[Neighbour]:
        for other in self.created.values():
            together = comparable.are_together(other.memory, candidate.memory)
            if together and self._may_be_judged(other.memory, candidate):
                yield Neighbour(memory=other.memory, cosine=float(other.vector @ candidate.vector))

    def _may_be_judged(self, memory: Memory, candidate: Candidate) -> bool:
        return memory.id not in self._history and comparable.are_comparable(memory, candidate.memory)

    def _store(self, candidate: Candidate, reason: str, *, suspects: Sequence[Comparison] = ()) -> Admitted:
        self._make_room(1)
        memory = candidate.memory
        self.created[memory.id] = candidate
        self.suspected += [
            Suspicion(old_id=one.memory_id, new_id=memory.id, reason=one.reason, at=memory.recorded_at)
            for one in suspects[:_MOST_SUSPECTS]
        ]
        return Admitted(memory_id=memory.id, stored=True, reason=reason)

    def _contradict(
        self,
        candidate: Candidate,
        targets: Sequence[Comparison],
        contradicted: Sequence[Memory],
        reason: str,
    ) -> Admitted:
        if candidate.on_conflict is not OnConflict.REPLACE:
            noted = targets if candidate.on_conflict is OnConflict.ASK else ()
            return self._store(candidate, f"kept beside what it contradicts: {reason}", suspects=noted)
        pairs = list(zip(contradicted, targets, strict=True))
        newer = [pair for pair in pairs if pair[0].valid_from > candidate.memory.valid_from]
        older = [pair for pair in pairs if pair not in newer]
        self._make_room((0 if newer else 1) - len(older))
        self.created[candidate.memory.id] = candidate
        for old, comparison in older:
            self._supersede(old, candidate.memory, comparison)
        if newer:
            # What held earlier than what is known now is history from the start.
            latest, comparison = max(newer, key=lambda pair: (pair[0].valid_from, pair[0].id))
            self._supersede(candidate.memory, latest, comparison)
        replaced = [old.id for old, _ in older]
        return Admitted(memory_id=candidate.memory.id, stored=True, reason=reason, replaced_ids=replaced)

    def _supersede(self, old: Memory, new: Memory, comparison: Comparison) -> None:
        at = max(old.recorded_at, new.recorded_at)
        self._history.add(old.id)
        self.superseded.append(
            Supersession(
                old_id=old.id,
                new_id=new.id,
                reason=comparison.reason,
                evidence=comparison.evidence,
                at=at,
                valid_to=new.valid_from,
            )
        )
        if old.id in self.created:
            pending = self.created[old.id]
            history = dataclasses.replace(
                pending.memory,
                status=MemoryStatus.SUPERSEDED,
                replaced_by=new.id,
                valid_to=new.valid_from,
                retired_at=at,
            )
            self.created[old.id] = dataclasses.replace(pending, memory=history)

    def _merge(self, candidate: Candidate, stored: Memory, reason: str) -> Admitted:
        current = self.refreshed.get(stored.id, stored)
        again = dataclasses.replace(
            current,
            refreshed_at=max(current.refreshed_at, candidate.memory.refreshed_at),
            metadata=merged_metadata(current.metadata, candidate.memory.metadata),
            version=current.version + 1,
        )
        if stored.id in self.created:
            pending = self.created[stored.id]
            self.created[stored.id] = dataclasses.replace(pending, memory=again)
        else:
            self.refreshed[stored.id] = again
        return Admitted(memory_id=stored.id, stored=False, reason=reason)

    def _make_room(self, more: int) -> None:
        room = self._room
        if room is None:
            return
        used = room.used + len(self.created) - len(self._history)
        if more > 0 and used + more > room.limit:
            raise QuotaExceeded("Memory limit reached", limit=room.limit, used=used)


def _nearest(
    siblings: Iterable[Neighbour], candidate: Candidate, *, known: Iterable[Neighbour]
) -> list[Neighbour]:
    """The siblings that say the same, or that would be among the nearest, had they been stored before."""
    cosines = heapq.nlargest(_MOST_SIBLINGS, (one.cosine for one in known))
    least = cosines[-1] if len(cosines) == _MOST_SIBLINGS else -1.0

    def is_other(one: Neighbour) -> bool:
        return one.memory.content_hash != candidate.memory.content_hash

    return heapq.nsmallest(
        _MOST_SIBLINGS,
        (one for one in siblings if one.cosine >= least or not is_other(one)),
        key=lambda one: (is_other(one), -one.cosine, one.memory.id),
    )
