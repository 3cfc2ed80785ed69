"""Memories that become history, and candidates found by words: of the fakes and of Neo4j alike."""

import dataclasses
from collections.abc import Sequence

from app.domain import scope as scopes
from app.domain.admission import Candidate, Supersession, Suspicion
from app.domain.judge.decision import Evidence
from app.domain.models import Memory, MemoryStatus, Scope
from app.ports import MemoryTransaction, NearestQuery
from tests import remembered
from tests.conftest import Stores
from tests.contract.test_store_links import link_between, query
from tests.remembered import NOW, axis, memory


def replaced(old: Memory, new: Memory) -> Supersession:
    return Supersession(
        old_id=old.id,
        new_id=new.id,
        reason="another value",
        evidence=Evidence(common=["home"]),
        at=NOW,
        valid_to=new.valid_from,
    )


async def supersede(stores: Stores, scope: Scope, *pairs: Supersession) -> None:
    async def write(transaction: MemoryTransaction) -> None:
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
        await transaction.supersede(pairs, tenant_id=scope.tenant_id)

    await stores.memories.write(write)


async def compared(stores: Stores, one: Memory, *, limit: int = 2) -> list[str]:
    async def compare(transaction: MemoryTransaction) -> Sequence[str]:
        candidate = Candidate(memory=one, vector=axis(0))
        known = await transaction.compare([candidate], tenant_id=one.tenant_id, limit=limit)
        return [neighbour.memory.text for neighbour in known[one.id]]

    return list(await stores.memories.write(compare))


async def test_what_was_superseded_is_history_and_is_not_found(stores: Stores, scope: Scope) -> None:
    old, new = memory(scope, "Lives in Rome"), memory(scope, "Lives in Oslo")
    await remembered.store(stores.memories, scope, old, new, vectors=[axis(0), axis(0)])
    await supersede(stores, scope, replaced(old, new))
    history = await stores.memories.get(tenant_id=scope.tenant_id, memory_id=old.id)
    assert history == dataclasses.replace(
        old,
        status=MemoryStatus.SUPERSEDED,
        replaced_by=new.id,
        valid_to=new.valid_from,
        retired_at=NOW,
        version=2,
    )
    nearest = NearestQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=axis(0), limit=5)
    assert [one.memory.id for one in await stores.search.nearest(nearest)] == [new.id]
    assert await stores.memories.count_active(tenant_id=scope.tenant_id) == 1
    predecessors = await stores.memories.predecessors(tenant_id=scope.tenant_id, memory_id=new.id)
    assert [one.id for one in predecessors] == [old.id]


async def test_superseding_twice_changes_nothing(stores: Stores, scope: Scope) -> None:
    old, new = memory(scope, "Lives in Rome"), memory(scope, "Lives in Oslo")
    await remembered.store(stores.memories, scope, old, new)
    await supersede(stores, scope, replaced(old, new))
    once = await stores.memories.get(tenant_id=scope.tenant_id, memory_id=old.id)
    await supersede(stores, scope, replaced(old, new))
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=old.id) == once


async def test_links_are_carried_along_a_chain(stores: Stores, scope: Scope) -> None:
    first, second, third, other = (memory(scope, text) for text in ("a", "b", "c", "other"))
    await remembered.store(stores.memories, scope, first, second, third, other)
    link = link_between(first, other, weight=0.25)
    await stores.links.create(link, tenant_id=scope.tenant_id, most_graph_types=10_000)
    await supersede(stores, scope, replaced(first, second), replaced(second, third))
    (found,) = (await stores.links.around(query(scope, other))).links
    assert (found.from_memory_id, found.to_memory_id, found.weight) == (third.id, other.id, 0.25)
    assert found.carried_from is not None


async def test_a_memory_of_another_tenant_is_never_superseded(stores: Stores, scope: Scope) -> None:
    old, new = memory(scope, "Lives in Rome"), memory(scope, "Lives in Oslo")
    await remembered.store(stores.memories, scope, old, new)
    foreign = remembered.scope_of("a tenant of bees")
    await supersede(stores, foreign, replaced(old, new))
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=old.id) == old


async def test_candidates_come_by_words_too_however_far_their_vectors_are(
    stores: Stores, scope: Scope
) -> None:
    near = [memory(scope, text) for text in ("Sings", "Runs", "Swims")]
    far = memory(scope, "The billing service is deployed from Frankfurt")
    await remembered.store(stores.memories, scope, *near, far, vectors=[axis(0), axis(0), axis(0), axis(9)])
    new = memory(scope, 'The billing service moved to Dublin; AND, OR (not) +scope_id:x "y" ~ * ?')
    assert far.text in await compared(stores, new)


async def test_words_find_nothing_in_other_scopes_and_nothing_that_is_history(
    stores: Stores, scope: Scope
) -> None:
    other = remembered.scope_of(scope.tenant_id, user_id="bob")
    foreign = remembered.scope_of("a tenant of bees")
    for elsewhere in (other, foreign):
        await remembered.store(stores.memories, elsewhere, memory(elsewhere, "Keeps bees"), vectors=[axis(3)])
    old, new = memory(scope, "Keeps bees"), memory(scope, "Keeps goats")
    await remembered.store(stores.memories, scope, old, new, vectors=[axis(3), axis(4)])
    await supersede(stores, scope, replaced(old, new))
    assert await compared(stores, memory(scope, "Keeps bees")) == [new.text]


async def test_a_text_without_words_is_compared_by_its_vector(stores: Stores, scope: Scope) -> None:
    one = memory(scope, "Likes tea")
    await remembered.store(stores.memories, scope, one, vectors=[axis(0)])
    assert await compared(stores, memory(scope, "🙂 … !?")) == [one.text]


async def test_the_first_memory_of_a_team_is_compared_with_nothing(stores: Stores, tenant_id: str) -> None:
    team_id = await stores.add_team(tenant_id)
    team = scopes.team_scope(tenant_id=tenant_id, team_id=team_id, user_id="ann", namespace="default")
    assert await compared(stores, memory(team)) == []


async def test_noting_a_conflict_twice_notes_it_once(stores: Stores, scope: Scope) -> None:
    old, new = memory(scope, "Likes tea"), memory(scope, "Hates tea")
    await remembered.store(stores.memories, scope, old, new)
    pair = Suspicion(old_id=old.id, new_id=new.id, reason="the opposite", at=NOW)

    async def note(transaction: MemoryTransaction) -> None:
        await transaction.note_conflicts([pair], tenant_id=scope.tenant_id)

    await stores.memories.write(note)
    await stores.memories.write(note)
    for one in (old, new):
        assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == one
