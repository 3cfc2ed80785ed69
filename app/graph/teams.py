"""Teams, their members and invitations on Neo4j."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.teams import Invitation, Member, Role, Roster, Team, TeamSize
from app.errors import Conflict, Gone, NotFound
from app.graph import locks, people_rows, receipts, team_removal
from app.graph.driver import Database, Transaction
from app.ports import Once

_SLUG_TAKEN = "Team slug already exists for this tenant"
_NO_ADMIN_LEFT = "A team needs an admin: make another member admin first, or delete the team"

_DELETION_SECONDS = 300.0
"""A memory takes 2 to 4 ms; the request's own limit ends it where nobody waits that long."""


class Teams:
    """`app.ports.TeamStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, roster: Roster, *, once: Once[Team] | None = None) -> Team:
        """Write a team with its first members. Raises: Conflict when the slug is taken, Repeated."""

        async def found(transaction: Transaction) -> Team:
            await _create(transaction, roster.team)
            await _join(transaction, roster.members, tenant_id=roster.team.tenant_id)
            return roster.team

        return await receipts.write_once(self._database, "create team", found, once=once)

    async def get(self, *, tenant_id: str, team_id: str) -> Roster | None:
        """The team with its explicit members."""
        found = await self._database.read("teams/get", tenant_id=tenant_id, team_id=team_id)
        return people_rows.roster(found[0]) if found else None

    async def exists(self, *, tenant_id: str, team_id: str) -> bool:
        """Whether the tenant has that team."""
        (answer,) = await self._database.read("teams/exists", tenant_id=tenant_id, team_id=team_id)
        return answer["known"]

    async def all(self, *, tenant_id: str) -> Sequence[TeamSize]:
        """The teams of the tenant, oldest first, ties by id."""
        return [
            people_rows.team_size(row) for row in await self._database.read("teams/all", tenant_id=tenant_id)
        ]

    async def update(
        self, *, tenant_id: str, team_id: str, name: str | None, slug: str | None
    ) -> Team | None:
        """Change what is not None. Raises: Conflict when the slug is taken."""

        async def change(transaction: Transaction) -> Team | None:
            await locks.take_slugs(transaction, tenant_id=tenant_id)
            changed = await transaction.run(
                "teams/update", tenant_id=tenant_id, team_id=team_id, name=name, slug=slug
            )
            for row in changed:
                _refuse_taken(row["taken_by"])
            return people_rows.team(changed[0]) if changed else None

        return await self._database.write_transaction("update team", change)

    async def delete(self, *, tenant_id: str, team_id: str) -> bool:
        """Remove a team; its memories become private to their authors."""

        async def remove(transaction: Transaction) -> bool:
            await locks.take_team(transaction, tenant_id=tenant_id, team_id=team_id)
            return await team_removal.remove(transaction, tenant_id=tenant_id, team_id=team_id)

        return await self._database.write_transaction(
            "delete team", remove, timeout_seconds=_DELETION_SECONDS
        )

    async def role_of(self, *, tenant_id: str, team_id: str, user_id: str) -> Role | None:
        """The role of an explicit member."""
        found = await self._database.read(
            "teams/role_of", tenant_id=tenant_id, team_id=team_id, user_id=user_id
        )
        return Role(found[0]["role"]) if found else None

    async def add_member(self, member: Member, *, tenant_id: str, once: Once[Member] | None = None) -> Member:
        """Write a membership. Raises: NotFound without the team, Conflict for a member, Repeated."""

        async def add(transaction: Transaction) -> Member:
            await locks.take_team(transaction, tenant_id=tenant_id, team_id=member.team_id)
            joined = await _join(transaction, [member], tenant_id=tenant_id)
            if not joined:
                raise NotFound("Team not found")
            if joined[0].id != member.id:
                raise Conflict("User is already a member of this team", existing_id=joined[0].id)
            return joined[0]

        return await receipts.write_once(self._database, "add member", add, once=once)

    async def change_role(self, *, tenant_id: str, team_id: str, user_id: str, role: Role) -> Member | None:
        """Change a member's role. Raises: Conflict when no admin would be left."""

        async def change(transaction: Transaction) -> Member | None:
            await locks.take_team(transaction, tenant_id=tenant_id, team_id=team_id)
            changed = await transaction.run(
                "teams/change_role", tenant_id=tenant_id, team_id=team_id, user_id=user_id, role=role.value
            )
            if not changed:
                return None
            await _refuse_without_admin(transaction, tenant_id=tenant_id, team_id=team_id)
            return people_rows.member(changed[0])

        return await self._database.write_transaction("change role", change)

    async def remove_member(self, *, tenant_id: str, team_id: str, user_id: str) -> bool:
        """End a membership. Raises: Conflict when no admin would be left."""

        async def end(transaction: Transaction) -> bool:
            await locks.take_team(transaction, tenant_id=tenant_id, team_id=team_id)
            (answer,) = await transaction.run(
                "teams/leave", tenant_id=tenant_id, team_id=team_id, user_id=user_id
            )
            if answer["ended"] == 0:
                return False
            await _refuse_without_admin(transaction, tenant_id=tenant_id, team_id=team_id)
            return True

        return await self._database.write_transaction("remove member", end)

    async def invite(self, invitation: Invitation, *, once: Once[Invitation] | None = None) -> Invitation:
        """Write an invitation. Raises: NotFound without the team, Repeated."""

        async def write(transaction: Transaction) -> Invitation:
            # Without the lock, a team that is deleted meanwhile would leave the invitation behind.
            await locks.take_team(transaction, tenant_id=invitation.tenant_id, team_id=invitation.team_id)
            written = await transaction.run("teams/invite", **people_rows.invitation_parameters(invitation))
            if not written:
                raise NotFound("Team not found")
            return invitation

        return await receipts.write_once(self._database, "invite", write, once=once)

    async def invitation(self, *, token_digest: str) -> Invitation | None:
        """The invitation to that token, whatever its state."""
        found = await self._database.read("teams/invitation", token_digest=token_digest)
        return people_rows.invitation(found[0]) if found else None

    async def accept(
        self, invitation: Invitation, *, member: Member, at: datetime, once: Once[Member] | None = None
    ) -> Member:
        """Use an invitation up and write the membership. Raises: Gone when it has been used, Repeated."""
        of_team = {"tenant_id": invitation.tenant_id, "team_id": invitation.team_id}

        async def use(transaction: Transaction) -> Member:
            await locks.take_team(transaction, **of_team)
            (answer,) = await transaction.run(
                "teams/use_invitation", token_digest=invitation.token_digest, at=at, **of_team
            )
            if answer["used"] == 0:
                raise Gone("Invitation already accepted")
            (joined,) = await _join(transaction, [member], tenant_id=invitation.tenant_id)
            return joined

        return await receipts.write_once(self._database, "accept invitation", use, once=once)


async def _create(transaction: Transaction, team: Team) -> None:
    await locks.take_slugs(transaction, tenant_id=team.tenant_id)
    (answer,) = await transaction.run(
        "teams/create",
        tenant_id=team.tenant_id,
        id=team.id,
        name=team.name,
        slug=team.slug,
        created_at=team.created_at,
    )
    if answer["id"] != team.id:
        _refuse_taken(answer["id"])


async def _join(transaction: Transaction, members: Sequence[Member], *, tenant_id: str) -> Sequence[Member]:
    # Always in the same order: two teams with the same new users would otherwise wait for each other.
    ordered = sorted(members, key=lambda one: one.user_id)
    joined = await transaction.run(
        "teams/join",
        tenant_id=tenant_id,
        team_id=ordered[0].team_id,
        members=[people_rows.member_parameter(one) for one in ordered],
    )
    return [people_rows.member(row) for row in joined]


async def _refuse_without_admin(transaction: Transaction, *, tenant_id: str, team_id: str) -> None:
    (answer,) = await transaction.run("teams/count_admins", tenant_id=tenant_id, team_id=team_id)
    if answer["admins"] == 0:
        raise Conflict(_NO_ADMIN_LEFT)


def _refuse_taken(taken_by: str | None) -> None:
    if taken_by is not None:
        raise Conflict(_SLUG_TAKEN, existing_id=taken_by)
