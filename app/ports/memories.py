"""Memories and their scopes, one by one and in pages."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.admission import Candidate, Supersession, Suspicion
from app.domain.conversations import Sequel, Tails
from app.domain.models import Memory, MemoryPage, Neighbour, Scope, Visibility
from app.domain.passages import Passage
from app.ports.once import Once

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of the active memories of the scopes: newest first, ties by order of arrival, last first."""

    tenant_id: str
    scope_ids: Sequence[str]
    offset: int
    limit: int
    visibility: Visibility | None = None
    source: str | None = None


class MemoryTransaction(Protocol):
    """One write transaction. Nothing of it is seen outside before it ends, and all of it after."""

    async def lock(self, *, tenant_id: str, lock_ids: Sequence[str]) -> None:
        """Wait until no other transaction writes into the scopes of these locks; keep others out."""
        ...

    async def lock_tenant(self, *, tenant_id: str) -> None:
        """The same for the tenant's count of memories; only needed where a limit is set."""
        ...

    async def compare(
        self, candidates: Sequence[Candidate], *, tenant_id: str, limit: int
    ) -> Mapping[str, Sequence[Neighbour]]:
        """The stored memories to compare with, by the candidate's id.

        These are the active memories beside the candidate with its content hash (cosine 1), the `limit`
        nearest by vector, and half as many that share most words; each memory once, nearest first. Beside a
        candidate lies its scope; beside one shared with a team, what all authors share with the team in
        that namespace. A candidate of the past is also compared with history of the same words and time.
        Turns of conversations are not among these. A candidate that is one is only compared with the active
        turns of its conversation that have its words and the time it was said at, if it has one of its own.
        """
        ...

    async def tails(self, memories: Sequence[Memory], *, tenant_id: str) -> Tails:
        """How the conversations end that the turns among these memories go on with.

        Whatever of these memories is stored already does not count, nor what came after it.
        """
        ...

    async def count_active(self, *, tenant_id: str) -> int:
        """How many active memories the tenant has."""
        ...

    async def create(
        self, candidates: Sequence[Candidate], *, tenant_id: str, scopes: Sequence[Scope]
    ) -> None:
        """Write new memories with passages and vectors, and scopes where missing. Idempotent by id."""
        ...

    async def name_entities(self, candidates: Sequence[Candidate], *, tenant_id: str) -> None:
        """Write the entities that these memories name, and link mentions both ways. Idempotent."""
        ...

    async def continue_conversations(
        self, sequels: Sequence[Sequel], *, windows: Mapping[str, Passage], tenant_id: str
    ) -> None:
        """Write which turn was said after which, and the windows of turns, given by their ids. Idempotent.

        A turn has one window; a new one takes the place of the one that it had.
        """
        ...

    async def refresh(self, memories: Sequence[Memory], *, tenant_id: str) -> None:
        """Write `refreshed_at`, `metadata` and `version` of stored memories."""
        ...

    async def supersede(self, supersessions: Sequence[Supersession], *, tenant_id: str) -> None:
        """Make memories the history of others, in this order, and carry their links over. Idempotent."""
        ...

    async def note_conflicts(self, suspicions: Sequence[Suspicion], *, tenant_id: str) -> None:
        """Note pairs that may contradict each other; a pair that is noted already stays as it is."""
        ...

    async def carry_links(self, *, tenant_id: str, old_id: str, new_id: str) -> None:
        """Copy the links that join a superseded memory with active ones to the memory in its place.

        The copies have ids of their own and say what they were carried from; the originals stay. Idempotent.
        """
        ...


class MemoryStore(Protocol):
    """Memories and their scopes."""

    async def write(
        self, work: Callable[[MemoryTransaction], Awaitable[T]], *, once: Once[T] | None = None
    ) -> T:
        """Run `work` in one transaction; it may run more than once, so it must be idempotent.

        Raises: Repeated.
        """
        ...

    async def compared(self, candidate: Candidate, *, tenant_id: str, limit: int) -> Sequence[Neighbour]:
        """What `MemoryTransaction.compare` finds for this candidate now; nothing is locked or written."""
        ...

    async def tails(self, memories: Sequence[Memory], *, tenant_id: str) -> Tails:
        """What `MemoryTransaction.tails` finds for these memories now; nothing is locked."""
        ...

    async def get(self, *, tenant_id: str, memory_id: str) -> Memory | None:
        """The memory, active or superseded; None for deleted, unknown and foreign ids."""
        ...

    async def predecessors(self, *, tenant_id: str, memory_id: str) -> Sequence[Memory]:
        """All memories that this one superseded, directly or through others, newest first."""
        ...

    async def histories(self, *, tenant_id: str, memory_ids: Sequence[str]) -> Mapping[str, Sequence[Memory]]:
        """The predecessors of each by its id; none for deleted, unknown and foreign ids."""
        ...

    async def page(self, listing: Listing) -> MemoryPage:
        """One page, and the total over all pages."""
        ...

    async def count_active(self, *, tenant_id: str) -> int:
        """How many active memories the tenant has."""
        ...

    async def update(
        self, *, tenant_id: str, memory_id: str, importance: float | None, moved_to: Scope | None = None
    ) -> Memory | None:
        """Change what is not None of an active memory; None when there is no such active memory.

        A memory moved to a team's scope is visible to the team, one moved to a user's is private. The windows
        that hold the text of a moved turn are removed.
        """
        ...

    async def delete(self, *, tenant_id: str, memory_id: str, at: datetime) -> bool:
        """Delete an active memory with its whole history; False when there is no such active memory.

        The windows that hold the text of a deleted turn are removed.
        """
        ...
