"""What every `TeamStore` promises of teams and their members, asked of the fakes and of Neo4j alike."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain.teams import Role, Roster, Team, TeamSize
from app.errors import Conflict, NotFound, Repeated
from tests import people
from tests.conftest import Stores
from tests.people import member_of, roster_of, team_of
from tests.remembered import NOW

EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@pytest.fixture
async def team(stores: Stores, tenant_id: str) -> Team:
    """A team with the admin "sri" and the member "ann"."""
    return await stores.teams.create(roster_of(team_of(tenant_id), "ann"))


async def roster(stores: Stores, team: Team) -> Roster:
    found = await stores.teams.get(tenant_id=team.tenant_id, team_id=team.id)
    assert found is not None
    return found


async def test_a_team_is_found_with_its_members_as_they_were_written(stores: Stores, tenant_id: str) -> None:
    written = roster_of(team_of(tenant_id), "zoë/ann@x", "ben")
    assert await stores.teams.create(written) == written.team
    assert await roster(stores, written.team) == written


async def test_members_come_oldest_first_and_the_first_of_equals_first(stores: Stores, team: Team) -> None:
    for user_id, at in (("z", NOW), ("a", NOW), ("b", EARLIER)):
        await stores.teams.add_member(member_of(team, user_id, at=at), tenant_id=team.tenant_id)
    found = await roster(stores, team)
    assert [one.user_id for one in found.members] == ["b", "sri", "ann", "z", "a"]


async def test_members_without_an_address_or_an_inviter_have_none(stores: Stores, tenant_id: str) -> None:
    team = team_of(tenant_id)
    bare = dataclasses.replace(member_of(team, "sri", Role.ADMIN), email=None, invited_by=None)
    await stores.teams.create(Roster(team=team, members=[bare]))
    assert (await roster(stores, team)).members == [bare]


async def test_teams_come_oldest_first_with_the_number_of_their_members(
    stores: Stores, tenant_id: str
) -> None:
    rosters = [
        roster_of(team_of(tenant_id, "c"), "ann", "ben"),
        roster_of(team_of(tenant_id, "b")),
        roster_of(team_of(tenant_id, "a", at=EARLIER)),
    ]
    for one in rosters:
        await stores.teams.create(one)
    found = await stores.teams.all(tenant_id=tenant_id)
    assert found == [TeamSize(team=rosters[n].team, members=count) for n, count in ((2, 1), (0, 3), (1, 1))]


async def test_a_slug_is_taken_once_per_tenant(stores: Stores, team: Team) -> None:
    with pytest.raises(Conflict, match="Team slug already exists for this tenant") as taken:
        await stores.teams.create(roster_of(team_of(team.tenant_id), "ben"))
    assert taken.value.existing_id == team.id
    assert [one.team for one in await stores.teams.all(tenant_id=team.tenant_id)] == [team]
    assert len((await roster(stores, team)).members) == 2
    other = team_of("tenant beside " + team.tenant_id)
    assert await stores.teams.create(roster_of(other)) == other


async def test_name_and_slug_change_together_or_alone(stores: Stores, team: Team) -> None:
    of_team = {"tenant_id": team.tenant_id, "team_id": team.id}
    renamed = await stores.teams.update(**of_team, name="New", slug=None)
    assert renamed == dataclasses.replace(team, name="New")
    moved = await stores.teams.update(**of_team, name=None, slug="new")
    assert moved == dataclasses.replace(team, name="New", slug="new")
    both = await stores.teams.update(**of_team, name="Both", slug="both")
    assert both == (await roster(stores, team)).team == dataclasses.replace(team, name="Both", slug="both")


async def test_a_team_keeps_its_own_slug_and_cannot_take_anothers(stores: Stores, team: Team) -> None:
    other = await stores.teams.create(roster_of(team_of(team.tenant_id, "blue")))
    of_team = {"tenant_id": team.tenant_id, "team_id": team.id}
    assert await stores.teams.update(**of_team, name=None, slug=team.slug) == team
    with pytest.raises(Conflict) as taken:
        await stores.teams.update(**of_team, name="New", slug="blue")
    assert taken.value.existing_id == other.id
    assert (await roster(stores, team)).team == team


async def test_whether_a_team_exists_is_known(stores: Stores, team: Team) -> None:
    assert await stores.teams.exists(tenant_id=team.tenant_id, team_id=team.id)
    assert not await stores.teams.exists(tenant_id=team.tenant_id, team_id="none")


async def test_the_role_of_a_member_is_known(stores: Stores, team: Team) -> None:
    of_team = {"tenant_id": team.tenant_id, "team_id": team.id}
    assert await stores.teams.role_of(**of_team, user_id="sri") is Role.ADMIN
    assert await stores.teams.role_of(**of_team, user_id="ann") is Role.MEMBER
    assert await stores.teams.role_of(**of_team, user_id="nobody") is None
    assert await stores.teams.role_of(tenant_id=team.tenant_id, team_id="none", user_id="sri") is None


async def test_a_member_is_added_once(stores: Stores, team: Team) -> None:
    first, second = member_of(team, "ben", Role.READ_ONLY), member_of(team, "ben", Role.ADMIN)
    assert await stores.teams.add_member(first, tenant_id=team.tenant_id) == first
    with pytest.raises(Conflict, match="User is already a member of this team") as known:
        await stores.teams.add_member(second, tenant_id=team.tenant_id)
    assert known.value.existing_id == first.id
    assert (await roster(stores, team)).members[-1] == first


async def test_a_user_may_belong_to_several_teams(stores: Stores, team: Team) -> None:
    other = await stores.teams.create(roster_of(team_of(team.tenant_id, "blue")))
    await stores.teams.add_member(member_of(other, "ann", Role.READ_ONLY), tenant_id=team.tenant_id)
    of_ann = {"tenant_id": team.tenant_id, "user_id": "ann"}
    assert await stores.teams.role_of(team_id=team.id, **of_ann) is Role.MEMBER
    assert await stores.teams.role_of(team_id=other.id, **of_ann) is Role.READ_ONLY


async def test_nobody_joins_a_team_that_is_not_there(stores: Stores, team: Team) -> None:
    unknown = team_of(team.tenant_id, "unknown")
    with pytest.raises(NotFound, match="Team not found"):
        await stores.teams.add_member(member_of(unknown, "ben"), tenant_id=team.tenant_id)
    with pytest.raises(NotFound, match="Team not found"):
        await stores.teams.add_member(member_of(team, "ben"), tenant_id="another tenant")
    assert len((await roster(stores, team)).members) == 2


async def test_a_role_changes_and_nothing_else_of_the_membership(stores: Stores, team: Team) -> None:
    before = (await roster(stores, team)).members[1]
    changed = await stores.teams.change_role(
        tenant_id=team.tenant_id, team_id=team.id, user_id="ann", role=Role.READ_ONLY
    )
    assert changed == dataclasses.replace(before, role=Role.READ_ONLY)
    assert (await roster(stores, team)).members[1] == changed


async def test_a_removed_member_is_gone_and_may_come_back(stores: Stores, team: Team) -> None:
    ann = {"tenant_id": team.tenant_id, "team_id": team.id, "user_id": "ann"}
    assert await stores.teams.remove_member(**ann)
    assert not await stores.teams.remove_member(**ann)
    assert await stores.teams.role_of(**ann) is None
    assert await stores.teams.change_role(**ann, role=Role.ADMIN) is None
    again = member_of(team, "ann", Role.READ_ONLY)
    assert await stores.teams.add_member(again, tenant_id=team.tenant_id) == again


async def test_the_last_admin_stays_admin(stores: Stores, team: Team) -> None:
    sri = {"tenant_id": team.tenant_id, "team_id": team.id, "user_id": "sri"}
    with pytest.raises(Conflict, match="needs an admin"):
        await stores.teams.change_role(**sri, role=Role.MEMBER)
    with pytest.raises(Conflict, match="needs an admin"):
        await stores.teams.remove_member(**sri)
    assert await stores.teams.role_of(**sri) is Role.ADMIN
    assert await stores.teams.change_role(**sri, role=Role.ADMIN) is not None


async def test_one_of_two_admins_may_go(stores: Stores, team: Team) -> None:
    of_team = {"tenant_id": team.tenant_id, "team_id": team.id}
    await stores.teams.change_role(**of_team, user_id="ann", role=Role.ADMIN)
    assert await stores.teams.remove_member(**of_team, user_id="sri")
    assert [one.user_id for one in (await roster(stores, team)).members] == ["ann"]


async def test_no_method_shows_or_changes_a_team_of_another_tenant(stores: Stores, team: Team) -> None:
    foreign = {"tenant_id": "another tenant", "team_id": team.id}
    assert await stores.teams.get(**foreign) is None
    assert not await stores.teams.exists(**foreign)
    assert await stores.teams.all(tenant_id="another tenant") == []
    assert await stores.teams.update(**foreign, name="Mine", slug=None) is None
    assert not await stores.teams.delete(**foreign)
    assert await stores.teams.role_of(**foreign, user_id="sri") is None
    assert await stores.teams.change_role(**foreign, user_id="ann", role=Role.ADMIN) is None
    assert not await stores.teams.remove_member(**foreign, user_id="ann")
    found = await roster(stores, team)
    assert (found.team, [one.role for one in found.members]) == (team, [Role.ADMIN, Role.MEMBER])


async def test_a_team_is_founded_once_per_key(stores: Stores, tenant_id: str) -> None:
    first = await stores.teams.create(roster_of(team_of(tenant_id)), once=people.sent_once(tenant_id))
    with pytest.raises(Repeated) as repeated:
        await stores.teams.create(roster_of(team_of(tenant_id, "b")), once=people.sent_once(tenant_id))
    assert repeated.value.answer.body == str(first)
    assert [one.team for one in await stores.teams.all(tenant_id=tenant_id)] == [first]


async def test_a_member_is_added_once_per_key(stores: Stores, team: Team) -> None:
    for user_id in ("ben", "zoe"):
        try:
            await stores.teams.add_member(
                member_of(team, user_id), tenant_id=team.tenant_id, once=people.sent_once(team.tenant_id)
            )
        except Repeated:
            assert user_id == "zoe"
    assert [one.user_id for one in (await roster(stores, team)).members] == ["sri", "ann", "ben"]
