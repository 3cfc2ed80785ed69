"""Chains of memories for tests of what undoes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.domain.history import HistoryEntry
from app.domain.models import Memory, Scope
from app.ports import Listing
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, memory

LATER = NOW + timedelta(days=7)


async def restore(
    stores: Stores, one: Memory, *, memory_limit: int | None = None, at: datetime = LATER
) -> Sequence[HistoryEntry]:
    return await stores.history.restore(
        tenant_id=one.tenant_id, memory_id=one.id, at=at, memory_limit=memory_limit
    )


async def three(stores: Stores, scope: Scope) -> list[Memory]:
    """Oldest first; the first was replaced by the second, that one by the third."""
    chain = [memory(scope, name, at=NOW + timedelta(days=number)) for number, name in enumerate("abc")]
    await remembered.store(stores.memories, scope, *chain)
    await stores.supersede(chain[0], chain[1], NOW)
    await stores.supersede(chain[1], chain[2], NOW)
    return chain


async def delete(stores: Stores, one: Memory) -> bool:
    return await stores.memories.delete(tenant_id=one.tenant_id, memory_id=one.id, at=LATER)


async def listed(stores: Stores, scope: Scope) -> list[str]:
    page = await stores.memories.page(
        Listing(tenant_id=scope.tenant_id, scope_ids=[scope.id], offset=0, limit=100)
    )
    return sorted(one.text for one in page.memories)


async def forget_all(stores: Stores, scope: Scope) -> None:
    page = await stores.memories.page(
        Listing(tenant_id=scope.tenant_id, scope_ids=[scope.id], offset=0, limit=100)
    )
    for one in page.memories:
        await delete(stores, one)
