"""What a new fact is compared with, asked of the fakes and of Neo4j alike."""

from collections.abc import Mapping, Sequence

import pytest

from app.domain.admission import Candidate
from app.domain.models import Neighbour, Scope
from app.ports import MemoryTransaction
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory


async def compared(
    stores: Stores, scope: Scope, *candidates: Candidate, limit: int = 5
) -> Mapping[str, Sequence[Neighbour]]:
    async def compare(transaction: MemoryTransaction) -> Mapping[str, Sequence[Neighbour]]:
        return await transaction.compare(candidates, tenant_id=scope.tenant_id, limit=limit)

    return await stores.memories.write(compare)


async def test_a_candidate_is_compared_with_the_same_words_wherever_their_vector_lies(
    stores: Stores, scope: Scope
) -> None:
    same, near = memory(scope, "Likes tea"), memory(scope, "Likes coffee")
    await remembered.store(stores.memories, scope, same, near, vectors=[axis(10), axis(0, cosine=0.9)])
    new = memory(scope, "likes TEA.")
    known = await compared(stores, scope, Candidate(memory=new, vector=axis(0)), limit=1)
    assert [(one.memory.id, pytest.approx(one.cosine, abs=1e-5)) for one in known[new.id]] == [
        (same.id, 1.0),
        (near.id, 0.9),
    ]


async def test_a_memory_found_by_words_and_by_vector_comes_once(stores: Stores, scope: Scope) -> None:
    same = memory(scope)
    await remembered.store(stores.memories, scope, same, vectors=[axis(0, cosine=0.5)])
    new = memory(scope)
    known = await compared(stores, scope, Candidate(memory=new, vector=axis(0)))
    assert [(one.memory, one.cosine) for one in known[new.id]] == [(same, 1.0)]


async def test_every_candidate_has_its_own_neighbours(stores: Stores, scope: Scope) -> None:
    first, second = memory(scope, "one"), memory(scope, "two")
    await remembered.store(stores.memories, scope, first, second, vectors=[axis(0), axis(20)])
    near_first, near_second = memory(scope, "one more"), memory(scope, "two more")
    known = await compared(
        stores,
        scope,
        Candidate(memory=near_first, vector=axis(0, cosine=0.8)),
        Candidate(memory=near_second, vector=axis(20, cosine=0.7)),
        limit=1,
    )
    nearest = {new: [one.memory.id for one in found] for new, found in known.items()}
    assert nearest == {near_first.id: [first.id], near_second.id: [second.id]}


async def test_nothing_is_compared_across_scopes(stores: Stores, scope: Scope) -> None:
    elsewhere = remembered.scope_of(scope.tenant_id, namespace="work")
    await remembered.store(stores.memories, elsewhere, memory(elsewhere), vectors=[axis(0)])
    new = memory(scope)
    assert await compared(stores, scope, Candidate(memory=new, vector=axis(0))) == {new.id: []}


async def test_deleted_and_superseded_memories_are_not_compared_with(stores: Stores, scope: Scope) -> None:
    old, current, gone = memory(scope, "a"), memory(scope, "b"), memory(scope, "c")
    await remembered.store(stores.memories, scope, old, current, gone)
    await stores.supersede(old, current, NOW)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=gone.id, at=NOW)
    new = memory(scope, "a")
    known = await compared(stores, scope, Candidate(memory=new, vector=axis(0)))
    assert [one.memory.id for one in known[new.id]] == [current.id]


async def test_a_repeated_candidate_is_not_its_own_neighbour(stores: Stores, scope: Scope) -> None:
    one = memory(scope)
    await remembered.store(stores.memories, scope, one, vectors=[axis(0)])
    assert await compared(stores, scope, Candidate(memory=one, vector=axis(0))) == {one.id: []}
