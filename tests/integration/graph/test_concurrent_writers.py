"""Many writers at once: what is equal is stored once, and nobody waits for ever."""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import Sequence
from functools import partial

import pytest
import uuid6

from app.domain import admission
from app.domain import judge as judging
from app.domain.admission import Admitted, Candidate
from app.domain.judge import JudgePolicy
from app.domain.models import Scope, Tenant, Vector
from app.errors import LociError, QuotaExceeded
from app.graph.store import GraphStore
from app.ports import MemoryTransaction
from tests import remembered
from tests.raw_cypher import RawCypher
from tests.remembered import NOW, axis, memory


async def admit(
    graph: GraphStore,
    scope: Scope,
    texts: Sequence[str],
    vectors: Sequence[Vector],
    *,
    limit: int | None = None,
) -> Sequence[Admitted | LociError]:
    """Lock, compare, decide and write, as the service does."""
    candidates = [
        Candidate(memory=memory(scope, text), vector=vector)
        for text, vector in zip(texts, vectors, strict=True)
    ]

    async def work(transaction: MemoryTransaction) -> Sequence[Admitted | LociError]:
        room = None
        if limit is not None:
            await transaction.lock_tenant(tenant_id=scope.tenant_id)
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
        if limit is not None:
            used = await transaction.count_active(tenant_id=scope.tenant_id)
            room = admission.Room(limit=limit, used=used)
        known = await transaction.compare(candidates, tenant_id=scope.tenant_id, limit=5)
        plan = admission.plan(
            candidates, known=known, judge=partial(judging.judge, policy=JudgePolicy()), room=room
        )
        await transaction.create(plan.created, tenant_id=scope.tenant_id, scopes=[scope])
        await transaction.refresh(plan.refreshed, tenant_id=scope.tenant_id)
        return plan.outcomes

    return await graph.memories.write(work)


async def test_of_twenty_identical_stores_one_is_new(graph: GraphStore, scope: Scope) -> None:
    answers = await asyncio.gather(*(admit(graph, scope, ["Likes tea"], [axis(0)]) for _ in range(20)))
    outcomes = [one for answer in answers for one in answer if isinstance(one, Admitted)]
    assert Counter(one.stored for one in outcomes) == {True: 1, False: 19}
    assert len({one.memory_id for one in outcomes}) == 1
    stored = await graph.memories.get(tenant_id=scope.tenant_id, memory_id=outcomes[0].memory_id)
    assert stored is not None
    assert stored.version == 20


async def test_each_writer_sees_the_vectors_of_the_one_before(graph: GraphStore, scope: Scope) -> None:
    """Other words every time, so that only the vector index can tell that it is one fact."""
    texts = ["is " + "really " * number + "fond of tea" for number in range(10)]
    answers = await asyncio.gather(*(admit(graph, scope, [text], [axis(0, cosine=0.999)]) for text in texts))
    outcomes = [one for answer in answers for one in answer if isinstance(one, Admitted)]
    assert Counter(one.stored for one in outcomes) == {True: 1, False: 9}


async def test_writers_of_many_scopes_do_not_block_each_other_for_good(
    graph: GraphStore, tenant_id: str
) -> None:
    await graph.access.create_tenant(Tenant(id=tenant_id, name=tenant_id, created_at=NOW), None)
    scopes = [remembered.scope_of(tenant_id, namespace=str(number)) for number in range(10)]
    vectors = remembered.random_vectors(3, seed=1)
    await asyncio.gather(
        *(
            admit(graph, one, [f"{number}"], [vector])
            for one in scopes
            for number, vector in enumerate(vectors)
        )
    )
    assert await graph.memories.count_active(tenant_id=tenant_id) == 30


async def test_writers_that_lock_the_same_scopes_in_any_order_all_finish(
    graph: GraphStore, tenant_id: str
) -> None:
    scope_ids = [remembered.scope_of(tenant_id, namespace=str(number)).id for number in range(5)]

    async def lock_all(transaction: MemoryTransaction, order: Sequence[str]) -> bool:
        await transaction.lock(tenant_id=tenant_id, lock_ids=order)
        return True

    def writer(order: Sequence[str]) -> "asyncio.Future[bool]":
        return asyncio.ensure_future(graph.memories.write(lambda transaction: lock_all(transaction, order)))

    orders = [scope_ids, scope_ids[::-1]] * 5
    assert await asyncio.gather(*(writer(order) for order in orders)) == [True] * 10


async def test_the_limit_of_a_tenant_holds_over_its_scopes(graph: GraphStore, tenant_id: str) -> None:
    scopes = [remembered.scope_of(tenant_id, namespace=str(number)) for number in range(8)]
    answers = await asyncio.gather(*(admit(graph, one, ["Likes tea"], [axis(0)], limit=5) for one in scopes))
    refused = [one for answer in answers for one in answer if isinstance(one, QuotaExceeded)]
    assert len(refused) == 3
    assert await graph.memories.count_active(tenant_id=tenant_id) == 5


async def test_a_fact_deleted_while_it_is_stored_again_is_not_lost(graph: GraphStore, scope: Scope) -> None:
    """Either the store comes first and its memory is deleted, or it comes last and makes a new one."""
    for round_number in range(10):
        text = f"Likes tea {round_number}"
        one = memory(scope, text)
        await remembered.store(graph.memories, scope, one, vectors=[axis(2 * round_number)])
        deleted, outcomes = await asyncio.gather(
            graph.memories.delete(tenant_id=scope.tenant_id, memory_id=one.id, at=NOW),
            admit(graph, scope, [text], [axis(2 * round_number)]),
        )
        assert deleted
        (outcome,) = outcomes
        assert isinstance(outcome, Admitted)
        kept = await graph.memories.get(tenant_id=scope.tenant_id, memory_id=outcome.memory_id)
        assert (kept is not None) == outcome.stored


async def test_of_many_first_tenants_one_is_made(graph: GraphStore, raw: RawCypher) -> None:
    await raw.run("MATCH (n) WHERE n:Tenant OR n:ApiKey DETACH DELETE n")
    tenants = [Tenant(id=str(uuid6.uuid7()), name=f"Company {number}", created_at=NOW) for number in range(8)]
    made = await asyncio.gather(*(graph.access.create_first_tenant(one, None) for one in tenants))
    assert Counter(made) == {True: 1, False: 7}
    assert await graph.access.tenants() == [tenants[made.index(True)]]


async def test_of_many_tenants_of_one_name_one_is_made(graph: GraphStore, tenant_id: str) -> None:
    tenants = [Tenant(id=str(uuid6.uuid7()), name=f"Company {tenant_id}", created_at=NOW) for _ in range(8)]
    outcomes = await asyncio.gather(
        *(graph.access.create_tenant(one, None) for one in tenants), return_exceptions=True
    )
    assert Counter(type(one).__name__ for one in outcomes) == {"NoneType": 1, "Conflict": 7}


async def test_a_transaction_that_is_repeated_writes_once(graph: GraphStore, scope: Scope) -> None:
    candidate = Candidate(memory=memory(scope), vector=axis(0))

    async def twice(transaction: MemoryTransaction) -> None:
        for _ in range(2):
            await transaction.create([candidate], tenant_id=scope.tenant_id, scopes=[scope])

    await graph.memories.write(twice)
    await graph.memories.write(twice)
    assert await graph.memories.count_active(tenant_id=scope.tenant_id) == 1


async def test_a_vector_of_another_length_is_refused_whole(graph: GraphStore, scope: Scope) -> None:
    sound = Candidate(memory=memory(scope), vector=axis(0))
    short = dataclasses.replace(sound, memory=memory(scope, "short"), vector=axis(0)[:100])

    async def create(transaction: MemoryTransaction) -> None:
        await transaction.create([sound, short], tenant_id=scope.tenant_id, scopes=[scope])

    with pytest.raises(ValueError, match="1 of 2 memories"):
        await graph.memories.write(create)
    assert await graph.memories.count_active(tenant_id=scope.tenant_id) == 0
