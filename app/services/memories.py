"""Single memories and listings: read, change, delete, count."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.decay import DecayPolicy
from app.domain.models import Memory, MemoryPage, MemoryStatus, Scope, Visibility
from app.errors import InvalidInput, NotFound
from app.ports import Clock, Listing, MemoryStore
from app.services.scoping import Readership, Scoping

PLAN = "self-hosted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """A page of one user's memories."""

    tenant_id: str
    user_id: str
    limit: int
    offset: int
    namespace: str = "default"
    visibility: Visibility | None = None
    team_id: str | None = None
    source: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What to change of a memory; None leaves it. A team without a visibility shares it with the team."""

    tenant_id: str
    memory_id: str
    importance: float | None = None
    visibility: Visibility | None = None
    team_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryDetail:
    """A memory, its decay now, and all memories it superseded, newest first."""

    memory: Memory
    decay: float
    predecessors: Sequence[Memory]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How many active memories the tenant holds, of how many; no `limit` is None."""

    plan: str
    limit: int | None
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Memories:
    """What can be done with memories by id, and their listing."""

    store: MemoryStore
    scoping: Scoping
    clock: Clock
    decay: DecayPolicy
    memory_limit: int | None

    async def get(self, *, tenant_id: str, memory_id: str) -> MemoryDetail:
        """An active or superseded memory. Raises: NotFound, Unavailable."""
        memory = await self.store.get(tenant_id=tenant_id, memory_id=memory_id)
        if memory is None:
            raise NotFound("Memory not found")
        predecessors = await self.store.predecessors(tenant_id=tenant_id, memory_id=memory_id)
        return self.detail(memory, predecessors)

    def detail(self, memory: Memory, predecessors: Sequence[Memory]) -> MemoryDetail:
        """The memory with its decay as it is now."""
        faded = self.decay.since(memory.refreshed_at, importance=memory.importance, now=self.clock.now())
        return MemoryDetail(memory=memory, decay=faded, predecessors=predecessors)

    async def page(self, request: ListRequest) -> MemoryPage:
        """One page, newest first. Raises: NotFound for an unknown team, Forbidden, Unavailable."""
        readership = Readership(
            tenant_id=request.tenant_id,
            user_id=request.user_id,
            namespace=request.namespace,
            team_id=request.team_id,
            source=request.source,
            agent_id=request.agent_id,
        )
        listing = Listing(
            tenant_id=request.tenant_id,
            scope_ids=await self.scoping.readable(readership),
            offset=request.offset,
            limit=request.limit,
            visibility=request.visibility,
            source=request.source,
        )
        return await self.store.page(listing)

    async def change(self, change: Change) -> Memory:
        """Change what is given of an active memory.

        Raises: InvalidInput, NotFound, Forbidden for who may not share with the team, Unavailable.
        """
        if change.importance is None and change.visibility is None and change.team_id is None:
            raise InvalidInput("Nothing to update. Provide visibility, importance or team_id.")
        memory = await self.store.get(tenant_id=change.tenant_id, memory_id=change.memory_id)
        if memory is None or memory.status is not MemoryStatus.ACTIVE:
            raise NotFound("Memory not found or already deleted")
        changed = await self.store.update(
            tenant_id=change.tenant_id,
            memory_id=change.memory_id,
            importance=change.importance,
            moved_to=await self._target(memory, change),
        )
        if changed is None:
            raise NotFound("Memory not found or already deleted")
        return changed

    async def delete(self, *, tenant_id: str, memory_id: str) -> None:
        """Delete an active memory with its whole history. Raises: NotFound, Unavailable."""
        deleted = await self.store.delete(tenant_id=tenant_id, memory_id=memory_id, at=self.clock.now())
        if not deleted:
            raise NotFound("Memory not found or already deleted")

    async def usage(self, *, tenant_id: str) -> Usage:
        """The tenant's count of active memories. Raises: Unavailable."""
        used = await self.store.count_active(tenant_id=tenant_id)
        return Usage(plan=PLAN, limit=self.memory_limit, used=used)

    async def _target(self, memory: Memory, change: Change) -> Scope | None:
        """The scope that the memory is moved to; None where it stays."""
        readership = Readership(
            tenant_id=memory.tenant_id, user_id=memory.user_id, namespace=memory.namespace
        )
        if change.visibility is Visibility.PRIVATE:
            return None if memory.team_id is None else self.scoping.private(readership)
        if change.visibility is None and change.team_id is None:
            return None
        team_id = _team_to_share_with(memory, change)
        shared = await self.scoping.shared(readership, team_id=team_id)
        return None if shared.id == memory.scope_id else shared


def _team_to_share_with(memory: Memory, change: Change) -> str:
    if memory.agent_id is not None or memory.space_id is not None:
        reason = "must be private for a memory of an agent or a space"
        raise InvalidInput(f"visibility {reason}", fields={"visibility": reason})
    team_id = change.team_id or memory.team_id
    if team_id is None:
        reason = "A team_id is needed to share a memory with a team"
        raise InvalidInput(reason, fields={"team_id": reason})
    return team_id
