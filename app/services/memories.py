"""Single memories and listings: read, change, delete, count."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import decay
from app.domain.decay import DecayPolicy
from app.domain.models import Memory, MemoryPage, Visibility
from app.errors import InvalidInput, NotFound
from app.ports import Clock, Listing, MemoryStore
from app.services import scoping

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
    clock: Clock
    decay: DecayPolicy
    memory_limit: int | None

    async def get(self, *, tenant_id: str, memory_id: str) -> MemoryDetail:
        """An active or superseded memory. Raises: NotFound, Unavailable."""
        memory = await self.store.get(tenant_id=tenant_id, memory_id=memory_id)
        if memory is None:
            raise NotFound("Memory not found")
        predecessors = await self.store.predecessors(tenant_id=tenant_id, memory_id=memory_id)
        age = decay.age_days(refreshed_at=memory.refreshed_at, now=self.clock.now())
        faded = self.decay.at(importance=memory.importance, age_days=age)
        return MemoryDetail(memory=memory, decay=faded, predecessors=predecessors)

    async def page(self, request: ListRequest) -> MemoryPage:
        """One page, newest first. Raises: NotFound for an unknown team, Unavailable."""
        scoping.refuse_team(request.team_id)
        scope = scoping.private_scope(
            tenant_id=request.tenant_id, user_id=request.user_id, namespace=request.namespace
        )
        listing = Listing(
            tenant_id=request.tenant_id,
            scope_ids=[scope.id],
            offset=request.offset,
            limit=request.limit,
            visibility=request.visibility,
            source=request.source,
        )
        return await self.store.page(listing)

    async def change(
        self,
        *,
        tenant_id: str,
        memory_id: str,
        importance: float | None,
        visibility: Visibility | None,
        team_id: str | None,
    ) -> Memory:
        """Change what is given of an active memory. Raises: InvalidInput, NotFound, Unavailable."""
        if importance is None and visibility is None and team_id is None:
            raise InvalidInput("Nothing to update. Provide visibility, importance or team_id.")
        if visibility is not Visibility.PRIVATE and (visibility or team_id):
            await self._refuse_sharing(tenant_id, memory_id, team_id)
        changed = await self.store.update(
            tenant_id=tenant_id, memory_id=memory_id, importance=importance, visibility=visibility
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

    async def _refuse_sharing(self, tenant_id: str, memory_id: str, team_id: str | None) -> None:
        if team_id is None:
            reason = "A team_id is needed to share a memory with a team"
            raise InvalidInput(reason, fields={"team_id": reason})
        if await self.store.get(tenant_id=tenant_id, memory_id=memory_id) is None:
            raise NotFound("Memory not found or already deleted")
        scoping.refuse_team(team_id)
