"""Bringing memories back while others write, asked of the fakes and of Neo4j alike."""

import asyncio

from app.domain.models import MemoryStatus, Scope
from app.errors import Conflict
from app.ports import MemoryTransaction
from tests import chained, remembered
from tests.conftest import Stores
from tests.remembered import axis, memory


async def test_restoring_and_deleting_at_once_leave_one_of_both(stores: Stores, scope: Scope) -> None:
    for _ in range(5):
        a, _, c = await chained.three(stores, scope)
        outcomes = await asyncio.gather(
            chained.restore(stores, a), chained.delete(stores, c), return_exceptions=True
        )
        chain = await stores.history.chain(tenant_id=scope.tenant_id, memory_id=a.id)
        statuses = [one.memory.status for one in chain]
        # Whichever came first: deleted first, it is restored from there; restored first, `c` is history.
        assert statuses == [MemoryStatus.ACTIVE, MemoryStatus.SUPERSEDED, MemoryStatus.SUPERSEDED]
        assert not isinstance(outcomes[0], BaseException)
        await chained.delete(stores, a)


async def test_restoring_and_storing_the_same_words_at_once_leave_one(stores: Stores, scope: Scope) -> None:
    for _ in range(5):
        a, _, _ = await chained.three(stores, scope)
        again = remembered.Candidate(memory=memory(scope, "a"), vector=axis(0))

        async def store_unless_known(transaction: MemoryTransaction) -> None:
            await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
            known = await transaction.compare([again], tenant_id=scope.tenant_id, limit=5)  # noqa: B023
            if all(one.memory.text != "a" for one in known[again.memory.id]):  # noqa: B023
                await transaction.create([again], tenant_id=scope.tenant_id, scopes=[scope])  # noqa: B023

        await asyncio.gather(
            chained.restore(stores, a), stores.memories.write(store_unless_known), return_exceptions=True
        )
        assert (await chained.listed(stores, scope)).count("a") == 1
        await chained.forget_all(stores, scope)


async def test_of_many_that_restore_one_memory_one_does(stores: Stores, scope: Scope) -> None:
    a, _, _ = await chained.three(stores, scope)
    outcomes = await asyncio.gather(*[chained.restore(stores, a) for _ in range(10)], return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in outcomes) == 9
    assert await chained.listed(stores, scope) == ["a"]
