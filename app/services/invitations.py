"""Invitations to teams: a token that makes whoever holds it a member, once and within a week."""

import hashlib
import secrets
from dataclasses import dataclass

import uuid6

from app.domain import teams as membership
from app.domain.teams import Invitation, Member, Role
from app.errors import Gone, NotFound
from app.ports import Clock, Once, TeamStore
from app.services.teams import Teams

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation just made. `token` is shown this once and cannot be read again."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """Invites people to teams, and lets them in."""

    store: TeamStore
    teams: Teams
    clock: Clock

    async def invite(
        self,
        *,
        tenant_id: str,
        team_id: str,
        email: str,
        role: Role,
        by: str,
        once: Once[Invited] | None = None,
    ) -> Invited:
        """Make an invitation. Raises: NotFound, Forbidden for all but admins, Repeated, Unavailable."""
        await self.teams.admitted(tenant_id=tenant_id, team_id=team_id, user_id=by)
        now = self.clock.now()
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        invitation = Invitation(
            id=str(uuid6.uuid7()),
            tenant_id=tenant_id,
            team_id=team_id,
            token_digest=_digest(token),
            email=email,
            role=role,
            invited_by=by,
            created_at=now,
            expires_at=now + membership.INVITATION_VALID,
        )

        def shown(written: Invitation) -> Invited:
            return Invited(invitation=written, token=token)

        return shown(await self.store.invite(invitation, once=None if once is None else once.of(shown)))

    async def accept(
        self, token: str, *, user_id: str, email: str | None, once: Once[Member] | None = None
    ) -> Member:
        """Become a member; who is one already keeps the role they have.

        Raises: NotFound, Gone for an invitation that is used or too old, Repeated, Unavailable.
        """
        invitation = await self.store.invitation(token_digest=_digest(token))
        if invitation is None:
            raise NotFound("Invitation not found")
        now = self.clock.now()
        if invitation.accepted_at is not None:
            raise Gone("Invitation already accepted")
        if invitation.expires_at <= now:
            raise Gone("Invitation expired")
        member = Member(
            id=str(uuid6.uuid7()),
            team_id=invitation.team_id,
            user_id=user_id,
            role=invitation.role,
            email=email or invitation.email,
            invited_by=invitation.invited_by,
            joined_at=now,
        )
        return await self.store.accept(invitation, member=member, at=now, once=once)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
