"""Teams, their members and invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.teams import Invitation, Member, Role, Roster, Team, TeamSize
from app.ports.once import Once


class TeamStore(Protocol):
    """Teams of a tenant."""

    async def create(self, roster: Roster, *, once: Once[Team] | None = None) -> Team:
        """Write a team with its first members. Raises: Conflict when the slug is taken, Repeated."""
        ...

    async def get(self, *, tenant_id: str, team_id: str) -> Roster | None:
        """The team with its explicit members."""
        ...

    async def exists(self, *, tenant_id: str, team_id: str) -> bool:
        """Whether the tenant has that team."""
        ...

    async def all(self, *, tenant_id: str) -> Sequence[TeamSize]:
        """The teams of the tenant, oldest first, ties by id."""
        ...

    async def update(
        self, *, tenant_id: str, team_id: str, name: str | None, slug: str | None
    ) -> Team | None:
        """Change what is not None; None when there is no such team.

        Raises: Conflict, with nothing changed, when the slug is taken.
        """
        ...

    async def delete(self, *, tenant_id: str, team_id: str) -> bool:
        """Remove a team; its memories become private to their authors. False when there is no such team."""
        ...

    async def role_of(self, *, tenant_id: str, team_id: str, user_id: str) -> Role | None:
        """The role of an explicit member; None for others and for unknown teams."""
        ...

    async def add_member(self, member: Member, *, tenant_id: str, once: Once[Member] | None = None) -> Member:
        """Write a membership. Raises: NotFound without the team, Conflict for a member, Repeated."""
        ...

    async def change_role(self, *, tenant_id: str, team_id: str, user_id: str, role: Role) -> Member | None:
        """Change a member's role; None when there is no such member.

        Raises: Conflict, with nothing changed, when the team would be left without an admin.
        """
        ...

    async def remove_member(self, *, tenant_id: str, team_id: str, user_id: str) -> bool:
        """End a membership; False when there is none.

        Raises: Conflict, with nothing changed, when the team would be left without an admin.
        """
        ...

    async def invite(self, invitation: Invitation, *, once: Once[Invitation] | None = None) -> Invitation:
        """Write an invitation. Raises: NotFound without the team, Repeated."""
        ...

    async def invitation(self, *, token_digest: str) -> Invitation | None:
        """The invitation to that token, whatever its state."""
        ...

    async def accept(
        self, invitation: Invitation, *, member: Member, at: datetime, once: Once[Member] | None = None
    ) -> Member:
        """Use an invitation up and write the membership, unless the user is a member already.

        The membership as it then is. Raises: Gone when the invitation has been used meanwhile, Repeated.
        """
        ...
