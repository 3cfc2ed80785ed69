"""Records of memories in dictionaries, and transactions on copies of them."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain import text as texts
from app.domain.admission import Candidate, Supersession, Suspicion
from app.domain.conversations import Sequel, Tails
from app.domain.links import Link
from app.domain.models import Memory, MemoryStatus, Neighbour, Scope, Vector
from app.domain.passages import Passage
from app.errors import NotFound
from tests import fake_conversations, fake_links


@dataclass
class Records:
    has_owner: Callable[[Scope], bool]
    memories: dict[tuple[str, str], Memory] = field(default_factory=dict[tuple[str, str], Memory])
    vectors: dict[tuple[str, str], list[Vector]] = field(default_factory=dict[tuple[str, str], list[Vector]])
    scopes: dict[str, Scope] = field(default_factory=dict[str, Scope])
    conflicts: dict[tuple[str, str, str], Suspicion] = field(
        default_factory=dict[tuple[str, str, str], Suspicion]
    )
    superseded: dict[tuple[str, str], Supersession] = field(
        default_factory=dict[tuple[str, str], Supersession]
    )
    links: dict[tuple[str, str], Link] = field(default_factory=dict[tuple[str, str], Link])
    sequels: set[Sequel] = field(default_factory=set[Sequel])
    windows: dict[tuple[str, str], Passage] = field(default_factory=dict[tuple[str, str], Passage])
    entities: dict[tuple[str, str], Sequence[str]] = field(
        default_factory=dict[tuple[str, str], Sequence[str]]
    )

    def copy(self) -> "Records":
        return Records(
            has_owner=self.has_owner,
            memories=dict(self.memories),
            vectors=dict(self.vectors),
            scopes=dict(self.scopes),
            conflicts=dict(self.conflicts),
            superseded=dict(self.superseded),
            links=dict(self.links),
            sequels=set(self.sequels),
            windows=dict(self.windows),
            entities=dict(self.entities),
        )

    def add_scope(self, scope: Scope) -> None:
        if not self.has_owner(scope):
            raise NotFound(f"{scope.kind.value.capitalize()} not found")
        self.scopes.setdefault(scope.id, scope)

    def active(self, tenant_id: str) -> list[Memory]:
        return [
            one
            for one in self.memories.values()
            if one.tenant_id == tenant_id and one.status is MemoryStatus.ACTIVE
        ]

    def neighbours(self, memories: Iterable[Memory], vector: Vector, limit: int) -> list[Neighbour]:
        found = [Neighbour(memory=one, cosine=self._cosine(one, vector)) for one in memories]
        return sorted(found, key=lambda one: (-one.cosine, one.memory.id))[:limit]

    def _cosine(self, memory: Memory, vector: Vector) -> float:
        key = (memory.tenant_id, memory.id)
        vectors = [*self.vectors[key], *(self.windows[key].vector for _ in range(key in self.windows))]
        return max(float(one @ vector) for one in vectors)

    def remove_windows(self, turn: Memory) -> None:
        """Remove the windows that hold the text of a turn."""
        of_tenant = [one for one in self.memories.values() if one.tenant_id == turn.tenant_id]
        for near_id in fake_conversations.neighbourhood(of_tenant, self.sequels, turn):
            self.windows.pop((turn.tenant_id, near_id), None)


class InMemoryTransaction:
    """Works on a copy, which becomes the truth when the transaction ends well."""

    def __init__(self, records: Records) -> None:
        self.records = records

    async def lock(self, *, tenant_id: str, lock_ids: Sequence[str]) -> None:
        """One transaction runs at a time, so there is nothing to lock."""

    async def lock_tenant(self, *, tenant_id: str) -> None:
        """One transaction runs at a time, so there is nothing to lock."""

    async def compare(
        self, candidates: Sequence[Candidate], *, tenant_id: str, limit: int
    ) -> Mapping[str, Sequence[Neighbour]]:
        return {one.memory.id: self._compared(one, tenant_id, limit) for one in candidates}

    async def tails(self, memories: Sequence[Memory], *, tenant_id: str) -> Tails:
        of_tenant = [one for one in self.records.memories.values() if one.tenant_id == tenant_id]
        return fake_conversations.tails(of_tenant, self.records.sequels, memories)

    def _compared(self, candidate: Candidate, tenant_id: str, limit: int) -> list[Neighbour]:
        if candidate.memory.conversation_id is not None:
            return fake_conversations.said_then(self.records.active(tenant_id), candidate.memory)
        others = [
            one
            for one in self.records.active(tenant_id)
            if self._room_of(one) == self._room_of(candidate.memory)
            and one.id != candidate.memory.id
            and one.conversation_id is None
        ]
        near = self.records.neighbours(others, candidate.vector, limit)
        wanted = set(texts.words(candidate.memory.text))
        shared = sorted(others, key=lambda one: (-len(wanted & set(texts.words(one.text))), one.id))[:limit]
        near += self.records.neighbours(
            [one for one in shared if wanted & set(texts.words(one.text))], candidate.vector, limit
        )
        by_id = {one.memory.id: one for one in near}
        for one in [*others, *self._told_as_past(candidate.memory)]:
            if one.content_hash == candidate.memory.content_hash:
                by_id[one.id] = Neighbour(memory=one, cosine=1.0)
        return sorted(by_id.values(), key=lambda one: (-one.cosine, one.memory.id))

    def _told_as_past(self, new: Memory) -> list[Memory]:
        if new.valid_from >= new.recorded_at:
            return []
        return [
            one
            for one in self.records.memories.values()
            if one.tenant_id == new.tenant_id
            and one.status is MemoryStatus.SUPERSEDED
            and one.valid_from == new.valid_from
            and self._room_of(one) == self._room_of(new)
        ]

    def _room_of(self, memory: Memory) -> tuple[str, ...]:
        if memory.team_id is None:
            return (memory.scope_id,)
        return (memory.team_id, memory.namespace)

    async def count_active(self, *, tenant_id: str) -> int:
        return len(self.records.active(tenant_id))

    async def create(
        self, candidates: Sequence[Candidate], *, tenant_id: str, scopes: Sequence[Scope]
    ) -> None:
        for scope in scopes:
            self.records.add_scope(scope)
        for one in candidates:
            scope = self.records.scopes.get(one.memory.scope_id)
            if scope is None or scope.tenant_id != tenant_id:
                raise ValueError(f"{one.memory.id} has no scope of this tenant")
            key = (tenant_id, one.memory.id)
            self.records.memories.setdefault(key, one.memory)
            self.records.vectors.setdefault(key, [one.vector, *(part.vector for part in one.passages)])

    async def name_entities(self, candidates: Sequence[Candidate], *, tenant_id: str) -> None:
        self.records.entities |= {(tenant_id, one.memory.id): one.entities for one in candidates}

    async def continue_conversations(
        self, sequels: Sequence[Sequel], *, windows: Mapping[str, Passage], tenant_id: str
    ) -> None:
        self.records.sequels |= set(sequels)
        self.records.windows |= {(tenant_id, turn_id): one for turn_id, one in windows.items()}

    async def refresh(self, memories: Sequence[Memory], *, tenant_id: str) -> None:
        for one in memories:
            stored = self.records.memories.get((tenant_id, one.id))
            if stored is not None:
                self.records.memories[tenant_id, one.id] = dataclasses.replace(
                    stored, refreshed_at=one.refreshed_at, metadata=one.metadata, version=one.version
                )

    async def supersede(self, supersessions: Sequence[Supersession], *, tenant_id: str) -> None:
        for one in supersessions:
            self.records.superseded[tenant_id, one.old_id] = one
            old = self.records.memories.get((tenant_id, one.old_id))
            if old is None:
                continue
            self.records.memories[tenant_id, one.old_id] = dataclasses.replace(
                old,
                status=MemoryStatus.SUPERSEDED,
                replaced_by=one.new_id,
                valid_to=one.valid_to,
                retired_at=one.at,
                version=old.version + (old.status is MemoryStatus.ACTIVE),
            )
            await self.carry_links(tenant_id=tenant_id, old_id=one.old_id, new_id=one.new_id)

    async def note_conflicts(self, suspicions: Sequence[Suspicion], *, tenant_id: str) -> None:
        for one in suspicions:
            self.records.conflicts.setdefault((tenant_id, one.new_id, one.old_id), one)

    async def carry_links(self, *, tenant_id: str, old_id: str, new_id: str) -> None:
        active = {one.id for one in self.records.active(tenant_id)}
        fake_links.carry(self.records.links, tenant_id=tenant_id, old_id=old_id, new_id=new_id, active=active)


def any_owner(scope: Scope) -> bool:
    """For tests that are not about agents, teams and spaces."""
    del scope
    return True
