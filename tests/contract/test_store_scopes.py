"""Memories shared with teams: where they lie, who compares with whom, and what moving them changes."""

from collections.abc import Sequence

import pytest
import uuid6

from app.domain import scope as scopes
from app.domain.admission import Candidate
from app.domain.models import Memory, Scope, Visibility
from app.errors import NotFound
from app.ports import Listing, MemoryTransaction, NearestQuery
from tests import remembered
from tests.conftest import Stores
from tests.remembered import axis, memory


@pytest.fixture
async def team_id(stores: Stores, tenant_id: str) -> str:
    return await stores.add_team(tenant_id)


def shared(tenant_id: str, team_id: str, user_id: str = "ann", namespace: str = "default") -> Scope:
    return scopes.team_scope(tenant_id=tenant_id, team_id=team_id, user_id=user_id, namespace=namespace)


async def ids_in(stores: Stores, *within: Scope) -> list[str]:
    """The memories of these scopes, by search and by listing, which must agree."""
    tenant_id, scope_ids = within[0].tenant_id, [one.id for one in within]
    page = await stores.memories.page(Listing(tenant_id=tenant_id, scope_ids=scope_ids, offset=0, limit=9))
    query = NearestQuery(tenant_id=tenant_id, scope_ids=scope_ids, vector=axis(0), limit=9)
    found = sorted(one.memory.id for one in await stores.search.nearest(query))
    assert sorted(one.id for one in page.memories) == found
    return found


async def compared(stores: Stores, candidate: Memory) -> list[str]:
    async def compare(transaction: MemoryTransaction) -> Sequence[str]:
        known = await transaction.compare(
            [Candidate(memory=candidate, vector=axis(0))], tenant_id=candidate.tenant_id, limit=9
        )
        return [one.memory.id for one in known[candidate.id]]

    return sorted(await stores.memories.write(compare))


async def test_the_scopes_of_a_team_are_those_of_its_authors_in_one_namespace(
    stores: Stores, tenant_id: str, team_id: str
) -> None:
    ann, bob = shared(tenant_id, team_id), shared(tenant_id, team_id, "bob")
    elsewhere = shared(tenant_id, team_id, namespace="work")
    for one in (ann, bob, elsewhere):
        await remembered.store(stores.memories, one, memory(one))
    of_team = await stores.scopes.of_team(tenant_id=tenant_id, team_id=team_id, namespace="default")
    assert of_team == sorted([ann.id, bob.id])
    assert await stores.scopes.of_team(tenant_id="other", team_id=team_id, namespace="default") == []


async def test_what_a_user_shares_is_found_without_naming_the_team(
    stores: Stores, tenant_id: str, team_id: str
) -> None:
    other_team = await stores.add_team(tenant_id)
    private = remembered.scope_of(tenant_id)
    mine = [shared(tenant_id, one) for one in (team_id, other_team)]
    for one in (private, *mine, shared(tenant_id, team_id, "bob"), shared(tenant_id, team_id, namespace="x")):
        await remembered.store(stores.memories, one, memory(one))
    found = await stores.scopes.shared_by(tenant_id=tenant_id, user_id="ann", namespace="default")
    assert found == sorted(one.id for one in mine)
    assert await stores.scopes.shared_by(tenant_id="other", user_id="ann", namespace="default") == []


async def test_a_fact_is_compared_with_what_all_authors_share_with_the_team(
    stores: Stores, tenant_id: str, team_id: str
) -> None:
    ann, bob = shared(tenant_id, team_id), shared(tenant_id, team_id, "bob")
    other_team = shared(tenant_id, await stores.add_team(tenant_id))
    private = remembered.scope_of(tenant_id)
    same_words = memory(ann)
    await remembered.store(stores.memories, ann, same_words, vectors=[axis(5)])
    near = memory(ann, "Drinks tea")
    await remembered.store(stores.memories, ann, near, vectors=[axis(0)])
    for one in (other_team, private, shared(tenant_id, team_id, namespace="work")):
        await remembered.store(stores.memories, one, memory(one), vectors=[axis(0)])
    assert await compared(stores, memory(bob)) == sorted([same_words.id, near.id])


async def test_a_shared_memory_moves_to_the_team_and_back(
    stores: Stores, tenant_id: str, team_id: str
) -> None:
    private, team = remembered.scope_of(tenant_id), shared(tenant_id, team_id)
    one, stays = memory(private), memory(private, "Likes milk")
    await remembered.store(stores.memories, private, one, stays, vectors=[axis(0), axis(2)])
    moved = await stores.memories.update(
        tenant_id=tenant_id, memory_id=one.id, importance=None, moved_to=team
    )
    assert moved is not None
    assert (moved.scope_id, moved.team_id, moved.visibility) == (team.id, team_id, Visibility.TEAM)
    assert await ids_in(stores, team) == [one.id]
    assert await ids_in(stores, private) == [stays.id]
    assert await ids_in(stores, private, team) == sorted([one.id, stays.id])
    back = await stores.memories.update(
        tenant_id=tenant_id, memory_id=one.id, importance=None, moved_to=private
    )
    assert back is not None
    assert (back.scope_id, back.team_id, back.visibility) == (private.id, None, Visibility.PRIVATE)
    assert await ids_in(stores, private) == sorted([one.id, stays.id])
    assert await ids_in(stores, team) == []


async def test_nothing_is_stored_with_a_team_that_is_not_there(stores: Stores, tenant_id: str) -> None:
    nowhere = shared(tenant_id, str(uuid6.uuid7()))
    with pytest.raises(NotFound, match="Team not found"):
        await remembered.store(stores.memories, nowhere, memory(nowhere))
    assert await stores.memories.count_active(tenant_id=tenant_id) == 0


async def test_a_memory_is_not_moved_to_a_team_that_is_not_there(stores: Stores, tenant_id: str) -> None:
    private, nowhere = remembered.scope_of(tenant_id), shared(tenant_id, str(uuid6.uuid7()))
    one = memory(private)
    await remembered.store(stores.memories, private, one, vectors=[axis(0)])
    with pytest.raises(NotFound, match="Team not found"):
        await stores.memories.update(tenant_id=tenant_id, memory_id=one.id, importance=None, moved_to=nowhere)
    assert await ids_in(stores, private) == [one.id]
