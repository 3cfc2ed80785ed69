"""Teams and who belongs to them. Only admins change a team; agents that belong to it implicitly do not."""

from collections.abc import Sequence
from dataclasses import dataclass

import uuid6

from app.domain.teams import Member, Role, Roster, Team, TeamSize
from app.errors import Forbidden, InvalidInput, NotFound
from app.ports import Clock, Once, TeamStore


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """Somebody who is to belong to a team."""

    user_id: str
    role: Role = Role.MEMBER
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDraft:
    """A team as a caller founds it: `founder` becomes its admin, whatever their role here says."""

    name: str
    slug: str
    founder: MemberDraft
    members: Sequence[MemberDraft] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """Founds teams, changes them, and says who belongs to them."""

    store: TeamStore
    clock: Clock

    async def create(self, draft: TeamDraft, *, tenant_id: str, once: Once[Team] | None = None) -> Team:
        """Found a team. Raises: InvalidInput, Conflict when the slug is taken, Repeated, Unavailable."""
        team = Team(
            id=str(uuid6.uuid7()),
            tenant_id=tenant_id,
            name=draft.name,
            slug=draft.slug,
            created_at=self.clock.now(),
        )
        return await self.store.create(Roster(team=team, members=self._founding(draft, team)), once=once)

    async def all(self, *, tenant_id: str) -> Sequence[TeamSize]:
        """The tenant's teams with the numbers of their members, oldest first. Raises: Unavailable."""
        return await self.store.all(tenant_id=tenant_id)

    async def get(self, *, tenant_id: str, team_id: str) -> Roster:
        """A team with its members. Raises: NotFound, Unavailable."""
        roster = await self.store.get(tenant_id=tenant_id, team_id=team_id)
        if roster is None:
            raise NotFound("Team not found")
        return roster

    async def change(
        self, *, tenant_id: str, team_id: str, by: str, name: str | None, slug: str | None
    ) -> Team:
        """Change what is not None of a team.

        Raises: InvalidInput, NotFound, Forbidden, Conflict when the slug is taken, Unavailable.
        """
        if name is None and slug is None:
            raise InvalidInput("No fields to update")
        await self.admitted(tenant_id=tenant_id, team_id=team_id, user_id=by)
        changed = await self.store.update(tenant_id=tenant_id, team_id=team_id, name=name, slug=slug)
        if changed is None:
            raise NotFound("Team not found")
        return changed

    async def delete(self, *, tenant_id: str, team_id: str, by: str) -> None:
        """Remove a team; its memories become private. Raises: NotFound, Forbidden, Unavailable."""
        await self.admitted(tenant_id=tenant_id, team_id=team_id, user_id=by)
        if not await self.store.delete(tenant_id=tenant_id, team_id=team_id):
            raise NotFound("Team not found")

    async def add_member(
        self,
        draft: MemberDraft,
        *,
        tenant_id: str,
        team_id: str,
        by: str,
        once: Once[Member] | None = None,
    ) -> Member:
        """Add somebody to a team.

        Raises: NotFound, Forbidden, Conflict for a member, Repeated, Unavailable.
        """
        await self.admitted(tenant_id=tenant_id, team_id=team_id, user_id=by)
        member = self._member(draft, team_id=team_id, by=by)
        return await self.store.add_member(member, tenant_id=tenant_id, once=once)

    async def change_role(self, *, tenant_id: str, team_id: str, user_id: str, role: Role, by: str) -> Member:
        """Give a member another role.

        Raises: NotFound, Forbidden, Conflict when no admin would be left, Unavailable.
        """
        await self._refuse_stranger(tenant_id=tenant_id, team_id=team_id, user_id=user_id)
        await self.admitted(tenant_id=tenant_id, team_id=team_id, user_id=by)
        changed = await self.store.change_role(
            tenant_id=tenant_id, team_id=team_id, user_id=user_id, role=role
        )
        if changed is None:
            raise NotFound("Member not found")
        return changed

    async def remove_member(self, *, tenant_id: str, team_id: str, user_id: str, by: str) -> None:
        """End a membership, as an admin or as the member.

        Raises: NotFound, Forbidden, Conflict when no admin would be left, Unavailable.
        """
        await self._refuse_stranger(tenant_id=tenant_id, team_id=team_id, user_id=user_id)
        if by != user_id:
            await self.admitted(tenant_id=tenant_id, team_id=team_id, user_id=by)
        if not await self.store.remove_member(tenant_id=tenant_id, team_id=team_id, user_id=user_id):
            raise NotFound("Member not found")

    async def admitted(self, *, tenant_id: str, team_id: str, user_id: str) -> None:
        """Make sure that the user is an admin of the team. Raises: NotFound, Forbidden, Unavailable."""
        role = await self.store.role_of(tenant_id=tenant_id, team_id=team_id, user_id=user_id)
        if role is not Role.ADMIN:
            await self.get(tenant_id=tenant_id, team_id=team_id)
            raise Forbidden("Only an admin of this team may do that")

    async def _refuse_stranger(self, *, tenant_id: str, team_id: str, user_id: str) -> None:
        role = await self.store.role_of(tenant_id=tenant_id, team_id=team_id, user_id=user_id)
        if role is None:
            await self.get(tenant_id=tenant_id, team_id=team_id)
            raise NotFound("Member not found")

    def _founding(self, draft: TeamDraft, team: Team) -> Sequence[Member]:
        founder = MemberDraft(user_id=draft.founder.user_id, role=Role.ADMIN, email=draft.founder.email)
        others = [one for one in draft.members if one.user_id != founder.user_id]
        if len({one.user_id for one in others}) < len(others):
            reason = "must name each user once"
            raise InvalidInput(f"members {reason}", fields={"members": reason})
        return [
            self._member(founder, team_id=team.id, by=None),
            *(self._member(one, team_id=team.id, by=founder.user_id) for one in others),
        ]

    def _member(self, draft: MemberDraft, *, team_id: str, by: str | None) -> Member:
        return Member(
            id=str(uuid6.uuid7()),
            team_id=team_id,
            user_id=draft.user_id,
            role=draft.role,
            email=draft.email,
            invited_by=by,
            joined_at=self.clock.now(),
        )
