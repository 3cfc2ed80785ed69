"""Invitations: who makes them, who comes in by them, and for how long."""

import hashlib
from datetime import timedelta

import pytest

from app.domain.teams import Role, Team
from app.errors import Gone, NotFound
from app.services.invitations import Invited
from tests.unit.services.team_world import TENANT, TeamWorld

WEEK = timedelta(days=7)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def world() -> TeamWorld:
    return TeamWorld()


@pytest.fixture
async def team(world: TeamWorld) -> Team:
    return await world.team()


async def invited(world: TeamWorld, team: Team, role: Role = Role.MEMBER) -> Invited:
    return await world.invitations.invite(
        tenant_id=TENANT, team_id=team.id, email="ben@example.org", role=role, by="sri"
    )


async def test_an_invitation_is_good_for_a_week(world: TeamWorld, team: Team) -> None:
    invitation = (await invited(world, team)).invitation
    assert invitation.expires_at - invitation.created_at == WEEK
    assert (invitation.created_at, invitation.invited_by) == (world.clock.now(), "sri")


async def test_no_token_is_kept_and_no_two_are_equal(world: TeamWorld, team: Team) -> None:
    first, second = [await invited(world, team) for _ in range(2)]
    assert first.token != second.token
    assert len(first.token) >= 43
    assert first.invitation.token_digest == hashlib.sha256(first.token.encode()).hexdigest()


async def test_who_accepts_has_the_role_of_the_invitation(world: TeamWorld, team: Team) -> None:
    token = (await invited(world, team, Role.READ_ONLY)).token
    member = await world.invitations.accept(token, user_id="ben", email=None)
    assert (await world.members(team))["ben"] == member
    assert (member.role, member.email, member.invited_by) == (Role.READ_ONLY, "ben@example.org", "sri")


async def test_an_address_of_ones_own_goes_before_that_of_the_invitation(
    world: TeamWorld, team: Team
) -> None:
    token = (await invited(world, team)).token
    member = await world.invitations.accept(token, user_id="ben", email="other@example.org")
    assert member.email == "other@example.org"


@pytest.mark.parametrize("user_id", ["ben", "zoe"])
async def test_an_invitation_is_used_up_by_the_first(world: TeamWorld, team: Team, user_id: str) -> None:
    token = (await invited(world, team)).token
    await world.invitations.accept(token, user_id="ben", email=None)
    world.clock.move(2 * WEEK)
    with pytest.raises(Gone, match="Invitation already accepted"):
        await world.invitations.accept(token, user_id=user_id, email=None)


async def test_an_invitation_ends_after_a_week(world: TeamWorld, team: Team) -> None:
    early, late = await invited(world, team), await invited(world, team)
    world.clock.move(WEEK - MOMENT)
    await world.invitations.accept(early.token, user_id="ben", email=None)
    world.clock.move(MOMENT)
    with pytest.raises(Gone, match="Invitation expired"):
        await world.invitations.accept(late.token, user_id="zoe", email=None)
    assert "zoe" not in await world.members(team)


async def test_a_member_who_accepts_keeps_the_role_they_have(world: TeamWorld, team: Team) -> None:
    token = (await invited(world, team, Role.READ_ONLY)).token
    member = await world.invitations.accept(token, user_id="sri", email=None)
    assert member.role is Role.ADMIN
    with pytest.raises(Gone):
        await world.invitations.accept(token, user_id="ben", email=None)


@pytest.mark.parametrize("token", ["", "nothing", "\x00", "é"])
async def test_other_tokens_lead_nowhere(world: TeamWorld, team: Team, token: str) -> None:
    await invited(world, team)
    with pytest.raises(NotFound, match="Invitation not found"):
        await world.invitations.accept(token, user_id="ben", email=None)


async def test_the_invitations_of_a_deleted_team_lead_nowhere(world: TeamWorld, team: Team) -> None:
    token = (await invited(world, team)).token
    await world.teams.delete(tenant_id=TENANT, team_id=team.id, by="sri")
    with pytest.raises(NotFound, match="Invitation not found"):
        await world.invitations.accept(token, user_id="ben", email=None)
