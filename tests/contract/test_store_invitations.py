"""What every `TeamStore` promises of invitations, asked of the fakes and of Neo4j alike."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain.teams import Role, Team
from app.errors import Gone, NotFound, Repeated
from tests import people
from tests.conftest import Stores
from tests.people import invitation_to, member_of, roster_of, team_of
from tests.remembered import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def team(stores: Stores, tenant_id: str) -> Team:
    """A team with the admin "sri" and the member "ann"."""
    return await stores.teams.create(roster_of(team_of(tenant_id), "ann"))


async def test_an_invitation_is_found_by_its_digest_alone(stores: Stores, team: Team) -> None:
    invitation = invitation_to(team, Role.READ_ONLY)
    assert await stores.teams.invite(invitation) == invitation
    assert await stores.teams.invitation(token_digest=invitation.token_digest) == invitation
    assert await stores.teams.invitation(token_digest=invitation.id) is None


async def test_nobody_is_invited_to_a_team_that_is_not_there(stores: Stores, team: Team) -> None:
    unknown = invitation_to(team_of(team.tenant_id, "unknown"))
    foreign = dataclasses.replace(invitation_to(team), tenant_id="another tenant")
    for one in (unknown, foreign):
        with pytest.raises(NotFound, match="Team not found"):
            await stores.teams.invite(one)
        assert await stores.teams.invitation(token_digest=one.token_digest) is None


async def test_who_accepts_is_a_member_and_the_invitation_is_used(stores: Stores, team: Team) -> None:
    invitation = await stores.teams.invite(invitation_to(team))
    member = member_of(team, "ben", at=LATER)
    assert await stores.teams.accept(invitation, member=member, at=LATER) == member
    assert await stores.teams.role_of(tenant_id=team.tenant_id, team_id=team.id, user_id="ben") is Role.MEMBER
    used = await stores.teams.invitation(token_digest=invitation.token_digest)
    assert used == dataclasses.replace(invitation, accepted_at=LATER)


async def test_an_invitation_is_accepted_once(stores: Stores, team: Team) -> None:
    invitation = await stores.teams.invite(invitation_to(team))
    await stores.teams.accept(invitation, member=member_of(team, "ben"), at=NOW)
    for user_id in ("ben", "zoe"):
        with pytest.raises(Gone, match="Invitation already accepted"):
            await stores.teams.accept(invitation, member=member_of(team, user_id), at=LATER)
    assert await stores.teams.role_of(tenant_id=team.tenant_id, team_id=team.id, user_id="zoe") is None


async def test_a_member_who_accepts_stays_as_they_are(stores: Stores, team: Team) -> None:
    invitation = await stores.teams.invite(invitation_to(team, Role.READ_ONLY))
    found = await stores.teams.get(tenant_id=team.tenant_id, team_id=team.id)
    assert found is not None
    joined = await stores.teams.accept(invitation, member=member_of(team, "sri", Role.READ_ONLY), at=LATER)
    assert joined == found.members[0]
    assert await stores.teams.role_of(tenant_id=team.tenant_id, team_id=team.id, user_id="sri") is Role.ADMIN


async def test_the_invitations_of_a_deleted_team_are_gone(stores: Stores, team: Team) -> None:
    used, open_still = invitation_to(team), invitation_to(team)
    for one in (used, open_still):
        await stores.teams.invite(one)
    await stores.teams.accept(used, member=member_of(team, "ben"), at=NOW)
    await stores.teams.delete(tenant_id=team.tenant_id, team_id=team.id)
    for one in (used, open_still):
        assert await stores.teams.invitation(token_digest=one.token_digest) is None
        with pytest.raises(Gone):
            await stores.teams.accept(one, member=member_of(team, "zoe"), at=LATER)


async def test_an_invitation_is_made_once_per_key(stores: Stores, team: Team) -> None:
    first, second = invitation_to(team), invitation_to(team)
    await stores.teams.invite(first, once=people.sent_once(team.tenant_id))
    with pytest.raises(Repeated):
        await stores.teams.invite(second, once=people.sent_once(team.tenant_id))
    assert await stores.teams.invitation(token_digest=second.token_digest) is None


async def test_an_acceptance_sent_again_is_answered_again(stores: Stores, team: Team) -> None:
    invitation = await stores.teams.invite(invitation_to(team))
    sent = people.sent_once(f"{team.tenant_id} accepting")
    joined = await stores.teams.accept(invitation, member=member_of(team, "ben"), at=NOW, once=sent)
    with pytest.raises(Repeated) as repeated:
        await stores.teams.accept(invitation, member=member_of(team, "ben"), at=LATER, once=sent)
    assert repeated.value.answer.body == str(joined)
