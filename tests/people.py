"""Agents and teams for tests of stores: only what a test is about has to be said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import uuid6

from app.domain.agents import Agent
from app.domain.teams import INVITATION_VALID, Invitation, Member, Role, Roster, Team
from app.errors import RecordedAnswer
from app.ports import Once
from tests.remembered import NOW


def agent_of(tenant_id: str, name: str = "CodeAssist", *, owner_id: str = "sri", at: datetime = NOW) -> Agent:
    return Agent(
        id=str(uuid6.uuid7()),
        tenant_id=tenant_id,
        name=name,
        owner_id=owner_id,
        description="Reviews code",
        created_at=at,
        updated_at=at,
    )


def team_of(tenant_id: str, slug: str = "red", *, at: datetime = NOW) -> Team:
    return Team(id=str(uuid6.uuid7()), tenant_id=tenant_id, name=f"The {slug} team", slug=slug, created_at=at)


def member_of(
    team: Team, user_id: str, role: Role = Role.MEMBER, *, by: str | None = "sri", at: datetime = NOW
) -> Member:
    return Member(
        id=str(uuid6.uuid7()),
        team_id=team.id,
        user_id=user_id,
        role=role,
        email=f"{user_id}@example.org",
        invited_by=by,
        joined_at=at,
    )


def roster_of(team: Team, *user_ids: str) -> Roster:
    """The team with "sri" as its admin and the others as members."""
    admin = member_of(team, "sri", Role.ADMIN, by=None)
    return Roster(team=team, members=[admin, *(member_of(team, user_id) for user_id in user_ids)])


def invitation_to(team: Team, role: Role = Role.MEMBER) -> Invitation:
    invitation_id = str(uuid6.uuid7())
    return Invitation(
        id=invitation_id,
        tenant_id=team.tenant_id,
        team_id=team.id,
        token_digest=f"digest of {invitation_id}",
        email="ben@example.org",
        role=role,
        invited_by="sri",
        created_at=NOW,
        expires_at=NOW + INVITATION_VALID,
    )


def names(agents: Sequence[Agent]) -> list[str]:
    return [one.name for one in agents]


def sent_once(owner_id: str) -> Once[Any]:
    """A request with a key; what is kept is the text of its result."""

    def answer(result: object) -> RecordedAnswer:
        return RecordedAnswer(fingerprint="request", status=201, body=str(result))

    kept_from = NOW - timedelta(days=1)
    return Once(
        owner_id=owner_id, key="key", fingerprint="request", at=NOW, kept_from=kept_from, answer=answer
    )
