"""Teams: who founds them, who may change them, and who belongs to them."""

import dataclasses
from collections.abc import Awaitable, Sequence

import pytest

from app.domain.teams import Role, Team
from app.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.services.teams import MemberDraft, TeamDraft
from tests.unit.services.team_world import TENANT, TeamWorld

ALL_BUT_ADMINS = ["ann", "rob", "nobody", "agent-codeassist"]


@pytest.fixture
def world() -> TeamWorld:
    return TeamWorld()


@pytest.fixture
async def team(world: TeamWorld) -> Team:
    await world.agent()
    return await world.team()


def changes_by(world: TeamWorld, team: Team, user_id: str) -> Sequence[Awaitable[object]]:
    """Everything that only an admin may do."""
    teams, team_id = world.teams, team.id
    new = MemberDraft(user_id="new")
    return [
        teams.change(tenant_id=TENANT, team_id=team_id, by=user_id, name="New", slug=None),
        teams.add_member(new, tenant_id=TENANT, team_id=team_id, by=user_id),
        teams.change_role(tenant_id=TENANT, team_id=team_id, by=user_id, user_id="rob", role=Role.ADMIN),
        teams.remove_member(tenant_id=TENANT, team_id=team_id, by=user_id, user_id="sri"),
        world.invitations.invite(
            tenant_id=TENANT, team_id=team_id, by=user_id, email="x@example.org", role=Role.ADMIN
        ),
        teams.delete(tenant_id=TENANT, team_id=team_id, by=user_id),
    ]


async def test_the_founder_is_admin_and_the_others_are_what_was_said(world: TeamWorld, team: Team) -> None:
    members = await world.members(team)
    assert [(one.user_id, one.role, one.invited_by) for one in members.values()] == [
        ("sri", Role.ADMIN, None),
        ("ann", Role.MEMBER, "sri"),
        ("rob", Role.READ_ONLY, "sri"),
    ]
    assert team.created_at == members["ann"].joined_at == world.clock.now()


async def test_the_founder_may_be_listed_and_stays_admin(world: TeamWorld) -> None:
    founder = MemberDraft(user_id="sri", role=Role.READ_ONLY)
    draft = TeamDraft(name="n", slug="s", founder=founder, members=[founder, founder])
    team = await world.teams.create(draft, tenant_id=TENANT)
    assert {key: one.role for key, one in (await world.members(team)).items()} == {"sri": Role.ADMIN}


async def test_a_user_is_not_named_twice(world: TeamWorld) -> None:
    twice = [MemberDraft(user_id="ann"), MemberDraft(user_id="ann", role=Role.ADMIN)]
    draft = TeamDraft(name="n", slug="s", founder=MemberDraft(user_id="sri"), members=twice)
    with pytest.raises(InvalidInput) as refused:
        await world.teams.create(draft, tenant_id=TENANT)
    assert refused.value.fields.keys() == {"members"}
    assert await world.teams.all(tenant_id=TENANT) == []


async def test_a_slug_is_free_once_and_again_in_another_tenant(world: TeamWorld, team: Team) -> None:
    with pytest.raises(Conflict) as taken:
        await world.team()
    assert taken.value.existing_id == team.id
    draft = TeamDraft(name="n", slug=team.slug, founder=MemberDraft(user_id="sri"))
    assert (await world.teams.create(draft, tenant_id="another tenant")).slug == team.slug


async def test_an_admin_renames_a_team(world: TeamWorld, team: Team) -> None:
    changed = await world.teams.change(tenant_id=TENANT, team_id=team.id, by="sri", name="New", slug=None)
    assert changed == dataclasses.replace(team, name="New")


async def test_a_change_of_nothing_is_refused_before_anything_is_looked_up(world: TeamWorld) -> None:
    with pytest.raises(InvalidInput, match="No fields to update"):
        await world.teams.change(tenant_id=TENANT, team_id="none", by="sri", name=None, slug=None)


@pytest.mark.parametrize("user_id", ALL_BUT_ADMINS)
async def test_only_admins_change_a_team(world: TeamWorld, team: Team, user_id: str) -> None:
    before = await world.teams.get(tenant_id=TENANT, team_id=team.id)
    for work in changes_by(world, team, user_id):
        with pytest.raises(Forbidden, match="Only an admin of this team may do that"):
            await work
    assert await world.teams.get(tenant_id=TENANT, team_id=team.id) == before


async def test_an_admin_of_one_team_is_none_of_another(world: TeamWorld, team: Team) -> None:
    draft = TeamDraft(name="n", slug="blue", founder=MemberDraft(user_id="ben"))
    other = await world.teams.create(draft, tenant_id=TENANT)
    for work in changes_by(world, team, "ben"):
        with pytest.raises(Forbidden):
            await work
    assert list(await world.members(other)) == ["ben"]


async def test_an_unknown_team_is_not_found_whoever_asks(world: TeamWorld, team: Team) -> None:
    unknown = dataclasses.replace(team, id="none")
    for user_id in ("sri", "nobody"):
        for work in [world.teams.get(tenant_id=TENANT, team_id="none"), *changes_by(world, unknown, user_id)]:
            with pytest.raises(NotFound, match="Team not found"):
                await work


async def test_an_unknown_member_is_not_found_whoever_asks(world: TeamWorld, team: Team) -> None:
    stranger = {"tenant_id": TENANT, "team_id": team.id, "user_id": "nobody"}
    for by in ("sri", "ann", "nobody"):
        for work in (
            world.teams.change_role(**stranger, role=Role.ADMIN, by=by),
            world.teams.remove_member(**stranger, by=by),
        ):
            with pytest.raises(NotFound, match="Member not found"):
                await work


async def test_a_member_is_added_once(world: TeamWorld, team: Team) -> None:
    known = await world.add(team, "zoe")
    with pytest.raises(Conflict, match="User is already a member of this team") as refused:
        await world.add(team, "zoe", role=Role.ADMIN)
    assert refused.value.existing_id == known.id


async def test_an_agent_belongs_without_being_listed_and_can_still_be_added(
    world: TeamWorld, team: Team
) -> None:
    agent = await world.agent()
    assert agent.id not in await world.members(team)
    added = await world.add(team, "agent-codeassist", role=Role.READ_ONLY)
    assert (await world.members(team))["agent-codeassist"] == added
    (size,) = await world.teams.all(tenant_id=TENANT)
    assert size.members == 4


async def test_an_explicit_role_of_an_agent_overrides_the_implicit_one(world: TeamWorld, team: Team) -> None:
    asked = {"tenant_id": TENANT, "team_id": team.id, "user_id": "agent-codeassist"}
    assert await world.scoping.role_in(**asked) is Role.MEMBER
    await world.add(team, "agent-codeassist", role=Role.READ_ONLY)
    assert await world.scoping.role_in(**asked) is Role.READ_ONLY


async def test_agents_belong_to_no_team_where_that_is_switched_off() -> None:
    world = TeamWorld(implicit_agent_members=False)
    agent, team = await world.agent(), await world.team()
    for user_id in (agent.id, "agent-codeassist"):
        with pytest.raises(Forbidden, match="Not a member of this team"):
            await world.scoping.role_in(tenant_id=TENANT, team_id=team.id, user_id=user_id)


async def test_an_admin_changes_and_ends_a_membership(world: TeamWorld, team: Team) -> None:
    of_rob = {"tenant_id": TENANT, "team_id": team.id, "user_id": "rob", "by": "sri"}
    before = (await world.members(team))["rob"]
    changed = await world.teams.change_role(**of_rob, role=Role.ADMIN)
    assert changed == dataclasses.replace(before, role=Role.ADMIN)
    await world.teams.remove_member(**of_rob)
    assert "rob" not in await world.members(team)


@pytest.mark.parametrize("user_id", ["ann", "rob"])
async def test_a_member_may_leave(world: TeamWorld, team: Team, user_id: str) -> None:
    await world.teams.remove_member(tenant_id=TENANT, team_id=team.id, user_id=user_id, by=user_id)
    assert user_id not in await world.members(team)


async def test_the_last_admin_cannot_leave_until_there_is_another(world: TeamWorld, team: Team) -> None:
    of_sri = {"tenant_id": TENANT, "team_id": team.id, "user_id": "sri", "by": "sri"}
    for work in (
        world.teams.remove_member(**of_sri),
        world.teams.change_role(**of_sri, role=Role.MEMBER),
    ):
        with pytest.raises(Conflict, match="make another member admin first, or delete the team"):
            await work
    await world.teams.change_role(tenant_id=TENANT, team_id=team.id, user_id="ann", role=Role.ADMIN, by="sri")
    await world.teams.remove_member(**of_sri)
    assert (await world.members(team)).keys() == {"ann", "rob"}


async def test_a_deleted_team_is_gone(world: TeamWorld, team: Team) -> None:
    await world.teams.delete(tenant_id=TENANT, team_id=team.id, by="sri")
    with pytest.raises(NotFound, match="Team not found"):
        await world.teams.get(tenant_id=TENANT, team_id=team.id)
