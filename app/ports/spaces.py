"""Spaces."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.spaces import Space, SpaceSize
from app.ports.memories import MemoryTransaction
from app.ports.once import Once

T = TypeVar("T")


class SpaceStore(Protocol):
    """Spaces of a tenant."""

    async def write(
        self,
        space: Space,
        work: Callable[[MemoryTransaction, Space], Awaitable[T]],
        *,
        once: Once[T] | None = None,
    ) -> T:
        """Run `work` with the space of that name, which is written if there is none, in one transaction.

        Until it ends, nobody else writes into the space or removes it. `work` may run more than once, so it
        must be idempotent; where it fails, no space is left behind. Raises: Repeated.
        """
        ...

    async def named(self, *, tenant_id: str, name: str) -> Space | None:
        """The space with exactly that name."""
        ...

    async def get(self, *, tenant_id: str, space_id: str) -> Space | None:
        """The space with that id."""
        ...

    async def page(self, *, tenant_id: str, offset: int, limit: int) -> tuple[Sequence[SpaceSize], int]:
        """One page by name in code-point order with counts of active memories, and the total."""
        ...

    async def delete(self, *, tenant_id: str, id_or_name: str, at: datetime) -> bool:
        """Remove a space and delete its memories; an id goes before a name. False when there is none.

        A very large space may go in steps; where that fails, the rest can be deleted by asking again.
        """
        ...
