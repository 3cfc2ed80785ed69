"""What becomes of a team's memories when it is deleted, asked of the fakes and of Neo4j alike."""

import dataclasses

import pytest

from app.domain import scope as scopes
from app.domain.models import Memory, Scope, Visibility
from app.domain.teams import Team
from app.errors import NotFound
from app.ports import Listing, NearestQuery
from tests import remembered
from tests.conftest import Stores
from tests.people import roster_of, team_of
from tests.remembered import NOW, axis, memory


@pytest.fixture
async def team(stores: Stores, tenant_id: str) -> Team:
    return await stores.teams.create(roster_of(team_of(tenant_id), "ann"))


def shared(team: Team, user_id: str = "ann", namespace: str = "default") -> Scope:
    return scopes.team_scope(tenant_id=team.tenant_id, team_id=team.id, user_id=user_id, namespace=namespace)


def private(team: Team, user_id: str = "ann", namespace: str = "default") -> Scope:
    return scopes.user_scope(tenant_id=team.tenant_id, user_id=user_id, namespace=namespace)


async def stored(stores: Stores, scope: Scope, text: str = "Likes tea") -> Memory:
    visibility = Visibility.PRIVATE if scope.team_id is None else Visibility.TEAM
    one = memory(scope, text, visibility=visibility)
    await remembered.store(stores.memories, scope, one, vectors=[axis(0)])
    return one


async def found_in(stores: Stores, scope: Scope) -> list[Memory]:
    """The memories of a scope, by search and by listing, which must agree."""
    listing = Listing(tenant_id=scope.tenant_id, scope_ids=[scope.id], offset=0, limit=9)
    query = NearestQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=axis(0), limit=9)
    listed = sorted((await stores.memories.page(listing)).memories, key=lambda one: one.id)
    assert [one.memory for one in await stores.search.nearest(query)] == listed
    return listed


def moved(one: Memory, to: Scope) -> Memory:
    return dataclasses.replace(
        one, scope_id=to.id, team_id=None, visibility=Visibility.PRIVATE, version=one.version + 1
    )


async def delete(stores: Stores, team: Team) -> None:
    assert await stores.teams.delete(tenant_id=team.tenant_id, team_id=team.id)


async def test_a_deleted_team_is_gone_with_its_members(stores: Stores, team: Team) -> None:
    of_team = {"tenant_id": team.tenant_id, "team_id": team.id}
    await delete(stores, team)
    assert not await stores.teams.delete(**of_team)
    assert await stores.teams.get(**of_team) is None
    assert await stores.teams.all(tenant_id=team.tenant_id) == []
    assert await stores.teams.role_of(**of_team, user_id="ann") is None


async def test_the_slug_of_a_deleted_team_is_free_again(stores: Stores, team: Team) -> None:
    await delete(stores, team)
    again = team_of(team.tenant_id, team.slug)
    assert await stores.teams.create(roster_of(again)) == again


async def test_what_was_shared_becomes_private_to_its_authors(stores: Stores, team: Team) -> None:
    before = {
        private(team, user_id, namespace).id: await stored(stores, shared(team, user_id, namespace))
        for user_id, namespace in (("ann", "default"), ("ben", "default"), ("ann", "work"))
    }
    await delete(stores, team)
    for user_id, namespace in (("ann", "default"), ("ben", "default"), ("ann", "work")):
        scope = private(team, user_id, namespace)
        assert await found_in(stores, scope) == [moved(before[scope.id], scope)]
        assert await found_in(stores, shared(team, user_id, namespace)) == []


async def test_private_memories_and_those_of_other_teams_stay_as_they_are(stores: Stores, team: Team) -> None:
    other = await stores.teams.create(roster_of(team_of(team.tenant_id, "blue")))
    mine = await stored(stores, private(team), "mine")
    theirs = await stored(stores, shared(other), "theirs")
    freed = await stored(stores, shared(team), "freed")
    await delete(stores, team)
    assert await found_in(stores, private(team)) == [mine, moved(freed, private(team))]
    assert await found_in(stores, shared(other)) == [theirs]


async def test_history_goes_with_what_took_its_place(stores: Stores, team: Team) -> None:
    old, new = await stored(stores, shared(team), "old"), await stored(stores, shared(team), "new")
    await stores.supersede(old, new, NOW)
    await delete(stores, team)
    of_new = {"tenant_id": team.tenant_id, "memory_id": new.id}
    (history,) = await stores.memories.predecessors(**of_new)
    assert (history.id, history.team_id, history.scope_id) == (old.id, None, private(team).id)
    assert await stores.memories.delete(**of_new, at=NOW)
    assert await stores.memories.get(tenant_id=team.tenant_id, memory_id=old.id) is None


async def test_deleted_memories_stay_deleted(stores: Stores, team: Team) -> None:
    gone = await stored(stores, shared(team))
    await stores.memories.delete(tenant_id=team.tenant_id, memory_id=gone.id, at=NOW)
    await delete(stores, team)
    assert await found_in(stores, private(team)) == []
    assert await stores.memories.get(tenant_id=team.tenant_id, memory_id=gone.id) is None


async def test_nothing_is_shared_with_a_team_that_is_gone(stores: Stores, team: Team) -> None:
    await stored(stores, shared(team))
    await delete(stores, team)
    for namespace in ("default", "new"):
        with pytest.raises(NotFound, match="Team not found"):
            await stored(stores, shared(team, namespace=namespace))


async def test_the_scopes_of_a_deleted_team_are_searched_no_more(stores: Stores, team: Team) -> None:
    await stored(stores, shared(team))
    await delete(stores, team)
    tenant_id = team.tenant_id
    assert await stores.scopes.of_team(tenant_id=tenant_id, team_id=team.id, namespace="default") == []
    assert await stores.scopes.shared_by(tenant_id=tenant_id, user_id="ann", namespace="default") == []
