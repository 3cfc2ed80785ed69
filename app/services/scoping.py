"""Which scopes a request may write to or read from. The tenant always comes from the credential."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import agents as agents_of
from app.domain import scope as scopes_of
from app.domain.models import Scope
from app.domain.teams import Role
from app.errors import Forbidden, InvalidInput, NotFound
from app.ports import AgentStore, ScopeStore, TeamStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    """Whose memories a search or a listing looks at.

    Without a team: all that the user stored in the namespace, what is shared with teams included. With one:
    the user's private memories and all of the team's. With `agent_id`, or a `source` of the form
    `agent:<id>` that names a registered agent: what that agent knows of the user.
    """

    tenant_id: str
    user_id: str
    namespace: str
    team_id: str | None = None
    source: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """Who stores a memory, and with whom it is shared; `team_id` is None for a private one."""

    tenant_id: str
    user_id: str
    namespace: str
    source: str
    team_id: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoping:
    """Finds scopes. With `implicit_agent_members`, each agent is a member of its tenant's teams."""

    agents: AgentStore
    teams: TeamStore
    scopes: ScopeStore
    implicit_agent_members: bool = True

    async def readable(self, readership: Readership) -> Sequence[str]:
        """The ids of the scopes to look at. Raises: NotFound, Forbidden, Unavailable."""
        agent_id = await self._named_agent(readership)
        if agent_id is not None:
            return [self.of_agent(readership, agent_id=agent_id).id]
        private = self.private(readership)
        if readership.team_id is None:
            shared = await self.scopes.shared_by(
                tenant_id=readership.tenant_id, user_id=readership.user_id, namespace=readership.namespace
            )
            return [private.id, *shared]
        await self.role_in(
            tenant_id=readership.tenant_id, team_id=readership.team_id, user_id=readership.user_id
        )
        of_team = await self.scopes.of_team(
            tenant_id=readership.tenant_id, team_id=readership.team_id, namespace=readership.namespace
        )
        return [private.id, *of_team]

    async def writable(self, authorship: Authorship) -> Scope:
        """The scope to store into.

        Raises: NotFound, Forbidden for those who may not share with the team, InvalidInput, Unavailable.
        """
        agent_id = await self._named_agent(authorship)
        if agent_id is not None:
            if authorship.team_id is not None:
                reason = "must not be an agent's where a memory is shared with a team"
                raise InvalidInput(f"source {reason}", fields={"source": reason})
            return self.of_agent(authorship, agent_id=agent_id)
        if authorship.team_id is None:
            return self.private(authorship)
        return await self.shared(authorship, team_id=authorship.team_id)

    async def shared(self, of: Authorship | Readership, *, team_id: str) -> Scope:
        """The scope of what a user shares with a team. Raises: NotFound, Forbidden, Unavailable."""
        role = await self.role_in(tenant_id=of.tenant_id, team_id=team_id, user_id=of.user_id)
        if not role.may_store:
            raise Forbidden("Read-only members cannot store team memories")
        return scopes_of.team_scope(
            tenant_id=of.tenant_id, team_id=team_id, user_id=of.user_id, namespace=of.namespace
        )

    def private(self, of: Authorship | Readership) -> Scope:
        """The scope of a user's own memories."""
        return scopes_of.user_scope(tenant_id=of.tenant_id, user_id=of.user_id, namespace=of.namespace)

    def of_agent(self, of: Authorship | Readership, *, agent_id: str) -> Scope:
        """The scope of what an agent knows of a user."""
        return scopes_of.agent_scope(
            tenant_id=of.tenant_id, agent_id=agent_id, user_id=of.user_id, namespace=of.namespace
        )

    async def role_in(self, *, tenant_id: str, team_id: str, user_id: str) -> Role:
        """What the user may do in the team. Raises: NotFound, Forbidden for who is not a member."""
        explicit = await self.teams.role_of(tenant_id=tenant_id, team_id=team_id, user_id=user_id)
        if explicit is not None:
            return explicit
        if not await self.teams.exists(tenant_id=tenant_id, team_id=team_id):
            raise NotFound("Team not found")
        if self.implicit_agent_members and await self.agents.is_member_id(
            tenant_id=tenant_id, user_id=user_id
        ):
            return Role.MEMBER
        raise Forbidden("Not a member of this team")

    async def _named_agent(self, of: Authorship | Readership) -> str | None:
        """The agent that is asked for, or the registered one that the source names."""
        wanted = of.agent_id or agents_of.agent_id_in(of.source)
        if wanted is None or await self.agents.get(tenant_id=of.tenant_id, agent_id=wanted) is not None:
            return wanted
        if of.agent_id is not None:
            raise NotFound("Agent not found")
        return None
