"""What a group of incoming memories does to the stored ones: a plan, made before anything is written.

The members of one group see each other: the second of two equal facts is a duplicate of the first.
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain import judge as judging
from app.domain.judge import JudgePolicy, Keep, Merge
from app.domain.models import JsonObject, Memory, Neighbour, Vector
from app.domain.passages import Passage
from app.errors import InvalidInput, LociError, QuotaExceeded

METADATA_LIMIT_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A memory as it would be stored, its vector, and the passages of a long text with theirs."""

    memory: Memory
    vector: Vector
    passages: Sequence[Passage] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What became of one candidate: stored under its own id, or a duplicate of `memory_id`."""

    memory_id: str
    stored: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The outcome of each candidate, in their order, and the writes that make it so."""

    outcomes: Sequence["Admitted | LociError"]
    created: Sequence[Candidate]
    refreshed: Sequence[Memory]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many more memories the tenant may hold: `limit` in all, `used` so far."""

    limit: int
    used: int


def plan(
    candidates: Sequence[Candidate],
    *,
    known: Mapping[str, Sequence[Neighbour]],
    policy: JudgePolicy,
    room: Room | None = None,
) -> Plan:
    """Decide for each candidate in turn; `known` maps its id to the stored memories to compare with."""
    draft = _Draft(known=known, policy=policy, room=room)
    outcomes = [draft.admit(candidate) for candidate in candidates]
    return Plan(outcomes=outcomes, created=draft.created, refreshed=draft.refreshed)


def merged_metadata(old: JsonObject, new: JsonObject) -> JsonObject:
    """Both objects merged at the top level, new keys winning.

    Raises: InvalidInput when the result is larger than 16 KiB as compact UTF-8 JSON.
    """
    merged = {**old, **new}
    if metadata_bytes(merged) > METADATA_LIMIT_BYTES:
        reason = "The metadata of the stored memory and of this one are together larger than 16 KiB"
        raise InvalidInput(reason, fields={"metadata": reason})
    return merged


def metadata_bytes(metadata: JsonObject) -> int:
    """The size of the metadata as compact UTF-8 JSON.

    >>> metadata_bytes({"a": "é"})
    10
    """
    return len(json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode())


class _Draft:
    """The plan while it is made: working copies of what was stored and of what would be."""

    def __init__(
        self, *, known: Mapping[str, Sequence[Neighbour]], policy: JudgePolicy, room: Room | None
    ) -> None:
        self._known = known
        self._policy = policy
        self._room = room
        self._created: dict[str, Candidate] = {}
        self._refreshed: dict[str, Memory] = {}

    @property
    def created(self) -> Sequence[Candidate]:
        return list(self._created.values())

    @property
    def refreshed(self) -> Sequence[Memory]:
        return list(self._refreshed.values())

    def admit(self, candidate: Candidate) -> Admitted | LociError:
        among = [*self._known.get(candidate.memory.id, ()), *self._siblings(candidate)]
        decision = judging.judge(candidate.memory.text, among=among, policy=self._policy)
        try:
            match decision:
                case Keep(reason=reason):
                    return self._store(candidate, reason)
                case Merge(into=target, reason=reason):
                    stored = {one.memory.id: one.memory for one in among}
                    return self._merge(candidate, stored[target], reason)
        except (InvalidInput, QuotaExceeded) as refusal:
            return refusal

    def _siblings(self, candidate: Candidate) -> list[Neighbour]:
        return [
            Neighbour(memory=other.memory, cosine=float(other.vector @ candidate.vector))
            for other in self._created.values()
            if _are_together(other.memory, candidate.memory)
        ]

    def _store(self, candidate: Candidate, reason: str) -> Admitted:
        room = self._room
        if room is not None and room.used + len(self._created) >= room.limit:
            raise QuotaExceeded("Memory limit reached", limit=room.limit, used=room.used + len(self._created))
        self._created[candidate.memory.id] = candidate
        return Admitted(memory_id=candidate.memory.id, stored=True, reason=reason)

    def _merge(self, candidate: Candidate, stored: Memory, reason: str) -> Admitted:
        current = self._refreshed.get(stored.id, stored)
        again = dataclasses.replace(
            current,
            refreshed_at=max(current.refreshed_at, candidate.memory.refreshed_at),
            metadata=merged_metadata(current.metadata, candidate.memory.metadata),
            version=current.version + 1,
        )
        if stored.id in self._created:
            pending = self._created[stored.id]
            self._created[stored.id] = dataclasses.replace(pending, memory=again)
        else:
            self._refreshed[stored.id] = again
        return Admitted(memory_id=stored.id, stored=False, reason=reason)


def _are_together(one: Memory, other: Memory) -> bool:
    # A team keeps a fact once, whoever of its authors shares it.
    if one.team_id is not None and one.team_id == other.team_id:
        return one.namespace == other.namespace
    return one.scope_id == other.scope_id
