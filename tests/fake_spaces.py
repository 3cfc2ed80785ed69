"""Spaces in a dictionary, as `app.ports.SpaceStore` promises, over the memories of `tests.fakes`."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from app.domain import scope as scopes
from app.domain.models import Memory
from app.domain.spaces import Space, SpaceSize
from app.ports import Listing, MemoryTransaction, Once
from tests.fakes import InMemoryMemories

T = TypeVar("T")
_ALL = 1_000_000


class InMemorySpaces:
    """`SpaceStore`; one transaction runs at a time, as in the memories."""

    def __init__(self, memories: InMemoryMemories) -> None:
        self._memories = memories
        self._spaces: dict[tuple[str, str], Space] = {}

    async def write(
        self,
        space: Space,
        work: Callable[[MemoryTransaction, Space], Awaitable[T]],
        *,
        once: Once[T] | None = None,
    ) -> T:
        entered = space

        async def inside(transaction: MemoryTransaction) -> T:
            nonlocal entered
            entered = await self.named(tenant_id=space.tenant_id, name=space.name) or space
            return await work(transaction, entered)

        answer = await self._memories.write(inside, once=once)
        self._spaces[entered.tenant_id, entered.id] = entered
        return answer

    async def named(self, *, tenant_id: str, name: str) -> Space | None:
        return next((one for one in self._of(tenant_id) if one.name == name), None)

    async def get(self, *, tenant_id: str, space_id: str) -> Space | None:
        return self._spaces.get((tenant_id, space_id))

    async def page(self, *, tenant_id: str, offset: int, limit: int) -> tuple[Sequence[SpaceSize], int]:
        spaces = sorted(self._of(tenant_id), key=lambda one: one.name)
        page = [
            SpaceSize(space=one, memories=len(await self._held(one)))
            for one in spaces[offset : offset + limit]
        ]
        return page, len(spaces)

    async def delete(self, *, tenant_id: str, id_or_name: str, at: datetime) -> bool:
        space = await self.get(tenant_id=tenant_id, space_id=id_or_name)
        space = space or await self.named(tenant_id=tenant_id, name=id_or_name)
        if space is None:
            return False
        for one in await self._held(space):
            await self._memories.delete(tenant_id=tenant_id, memory_id=one.id, at=at)
        del self._spaces[tenant_id, space.id]
        self._memories.drop_scopes(tenant_id, owner_id=space.id)
        return True

    def _of(self, tenant_id: str) -> list[Space]:
        return [one for one in self._spaces.values() if one.tenant_id == tenant_id]

    async def _held(self, space: Space) -> Sequence[Memory]:
        scope = scopes.space_scope(tenant_id=space.tenant_id, space_id=space.id)
        listing = Listing(tenant_id=space.tenant_id, scope_ids=[scope.id], offset=0, limit=_ALL)
        return (await self._memories.page(listing)).memories
