"""Agents and teams in dictionaries: the part of the hand-written stand-ins that is about people."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from app.domain import agents as naming
from app.domain import scope as scopes
from app.domain.agents import Agent, AgentChange
from app.domain.models import Memory, MemoryStatus, Scope, Visibility
from app.domain.teams import Invitation, Member, Role, Roster, Team, TeamSize
from app.errors import Conflict, Gone, NotFound
from app.ports import Once
from tests.fake_receipts import InMemoryReceipts
from tests.fakes import InMemoryMemories

_Key = tuple[str, str]
"""A tenant and an id."""


class InMemoryAgents:
    """`AgentStore` in a dictionary."""

    def __init__(self, memories: InMemoryMemories, receipts: InMemoryReceipts) -> None:
        self._memories = memories
        self._receipts = receipts
        self._agents: dict[_Key, Agent] = {}

    async def create(self, agent: Agent, *, once: Once[Agent] | None = None) -> Agent:
        await self._receipts.refuse_repetition(once)
        self._agents.setdefault((agent.tenant_id, agent.id), agent)
        self._receipts.record(once, agent)
        return agent

    async def get(self, *, tenant_id: str, agent_id: str) -> Agent | None:
        return self._agents.get((tenant_id, agent_id))

    async def all(self, *, tenant_id: str, owner_id: str | None) -> Sequence[Agent]:
        chosen = [one for one in self._of(tenant_id) if owner_id in (None, one.owner_id)]
        return sorted(chosen, key=lambda one: (one.created_at, one.id), reverse=True)

    async def update(
        self, change: AgentChange, *, tenant_id: str, agent_id: str, at: datetime
    ) -> Agent | None:
        agent = self._agents.get((tenant_id, agent_id))
        if agent is None:
            return None
        changed = dataclasses.replace(agent, **change, updated_at=at)
        self._agents[tenant_id, agent_id] = changed
        return changed

    async def delete(self, *, tenant_id: str, agent_id: str, at: datetime) -> bool:
        if self._agents.pop((tenant_id, agent_id), None) is None:
            return False

        def forgotten(one: Memory) -> Memory:
            if one.agent_id != agent_id or one.status is MemoryStatus.DELETED:
                return one
            retired_at = at if one.status is MemoryStatus.ACTIVE else one.retired_at
            return dataclasses.replace(one, status=MemoryStatus.DELETED, retired_at=retired_at)

        self._memories.change_all(tenant_id, forgotten)
        return True

    async def is_member_id(self, *, tenant_id: str, user_id: str) -> bool:
        slug = naming.slug_in(user_id)
        return any(user_id == one.id or naming.slug(one.name) == slug for one in self._of(tenant_id))

    def has(self, scope: Scope) -> bool:
        """Whether the agent of an agent's scope is there."""
        return scope.agent_id is None or (scope.tenant_id, scope.agent_id) in self._agents

    def _of(self, tenant_id: str) -> list[Agent]:
        return [one for (owner, _), one in self._agents.items() if owner == tenant_id]


class InMemoryTeams:
    """`TeamStore` in dictionaries."""

    def __init__(self, memories: InMemoryMemories, receipts: InMemoryReceipts) -> None:
        self._memories = memories
        self._receipts = receipts
        self._teams: dict[_Key, Team] = {}
        self._members: dict[_Key, dict[str, Member]] = {}
        self._invitations: dict[str, Invitation] = {}

    async def create(self, roster: Roster, *, once: Once[Team] | None = None) -> Team:
        await self._receipts.refuse_repetition(once)
        team = roster.team
        self._refuse_taken(team.tenant_id, team.slug, but=team.id)
        self._teams[team.tenant_id, team.id] = team
        self._members[team.tenant_id, team.id] = {one.user_id: one for one in roster.members}
        self._receipts.record(once, team)
        return team

    async def get(self, *, tenant_id: str, team_id: str) -> Roster | None:
        team = self._teams.get((tenant_id, team_id))
        if team is None:
            return None
        members = sorted(self._members[tenant_id, team_id].values(), key=lambda one: (one.joined_at, one.id))
        return Roster(team=team, members=members)

    async def exists(self, *, tenant_id: str, team_id: str) -> bool:
        return (tenant_id, team_id) in self._teams

    async def all(self, *, tenant_id: str) -> Sequence[TeamSize]:
        found = [
            TeamSize(team=team, members=len(self._members[key]))
            for key, team in self._teams.items()
            if team.tenant_id == tenant_id
        ]
        return sorted(found, key=lambda one: (one.team.created_at, one.team.id))

    async def update(
        self, *, tenant_id: str, team_id: str, name: str | None, slug: str | None
    ) -> Team | None:
        team = self._teams.get((tenant_id, team_id))
        if team is None:
            return None
        changed = dataclasses.replace(team, name=name or team.name, slug=slug or team.slug)
        self._refuse_taken(tenant_id, changed.slug, but=team_id)
        self._teams[tenant_id, team_id] = changed
        return changed

    async def delete(self, *, tenant_id: str, team_id: str) -> bool:
        if self._teams.pop((tenant_id, team_id), None) is None:
            return False
        del self._members[tenant_id, team_id]
        self._invitations = {
            digest: one for digest, one in self._invitations.items() if one.team_id != team_id
        }
        self._memories.change_all(tenant_id, lambda one: _private(one) if one.team_id == team_id else one)
        self._memories.drop_scopes(tenant_id, owner_id=team_id)
        return True

    async def role_of(self, *, tenant_id: str, team_id: str, user_id: str) -> Role | None:
        member = self._members.get((tenant_id, team_id), {}).get(user_id)
        return None if member is None else member.role

    async def add_member(self, member: Member, *, tenant_id: str, once: Once[Member] | None = None) -> Member:
        await self._receipts.refuse_repetition(once)
        members = self._members.get((tenant_id, member.team_id))
        if members is None:
            raise NotFound("Team not found")
        known = members.setdefault(member.user_id, member)
        if known.id != member.id:
            raise Conflict("User is already a member of this team", existing_id=known.id)
        self._receipts.record(once, member)
        return member

    async def change_role(self, *, tenant_id: str, team_id: str, user_id: str, role: Role) -> Member | None:
        members = dict(self._members.get((tenant_id, team_id), {}))
        if user_id not in members:
            return None
        members[user_id] = dataclasses.replace(members[user_id], role=role)
        self._keep_with_admin((tenant_id, team_id), members)
        return members[user_id]

    async def remove_member(self, *, tenant_id: str, team_id: str, user_id: str) -> bool:
        members = dict(self._members.get((tenant_id, team_id), {}))
        if members.pop(user_id, None) is None:
            return False
        self._keep_with_admin((tenant_id, team_id), members)
        return True

    async def invite(self, invitation: Invitation, *, once: Once[Invitation] | None = None) -> Invitation:
        await self._receipts.refuse_repetition(once)
        if (invitation.tenant_id, invitation.team_id) not in self._teams:
            raise NotFound("Team not found")
        self._invitations[invitation.token_digest] = invitation
        self._receipts.record(once, invitation)
        return invitation

    async def invitation(self, *, token_digest: str) -> Invitation | None:
        return self._invitations.get(token_digest)

    async def accept(
        self, invitation: Invitation, *, member: Member, at: datetime, once: Once[Member] | None = None
    ) -> Member:
        await self._receipts.refuse_repetition(once)
        stored = self._invitations.get(invitation.token_digest)
        if stored is None or stored.accepted_at is not None:
            raise Gone("Invitation already accepted")
        self._invitations[stored.token_digest] = dataclasses.replace(stored, accepted_at=at)
        joined = self._members[stored.tenant_id, stored.team_id].setdefault(member.user_id, member)
        self._receipts.record(once, joined)
        return joined

    def has(self, scope: Scope) -> bool:
        """Whether the team of a team's scope is there."""
        return scope.team_id is None or (scope.tenant_id, scope.team_id) in self._teams

    def _refuse_taken(self, tenant_id: str, slug: str, *, but: str) -> None:
        for team in self._teams.values():
            if (team.tenant_id, team.slug) == (tenant_id, slug) and team.id != but:
                raise Conflict("Team slug already exists for this tenant", existing_id=team.id)

    def _keep_with_admin(self, key: _Key, members: dict[str, Member]) -> None:
        if all(one.role is not Role.ADMIN for one in members.values()):
            raise Conflict("A team needs an admin: make another member admin first, or delete the team")
        self._members[key] = members


class People:
    """Agents, teams and their memories, which nobody can store for who is not there."""

    def __init__(
        self, memories: InMemoryMemories | None = None, receipts: InMemoryReceipts | None = None
    ) -> None:
        self.receipts = receipts or InMemoryReceipts()
        self.memories = memories or InMemoryMemories(self.receipts, has_owner=self.has_owner)
        self.agents = InMemoryAgents(self.memories, self.receipts)
        self.teams = InMemoryTeams(self.memories, self.receipts)

    def has_owner(self, scope: Scope) -> bool:
        """Whether the agent or the team of a scope is there."""
        return self.agents.has(scope) and self.teams.has(scope)


def _private(one: Memory) -> Memory:
    scope = scopes.user_scope(tenant_id=one.tenant_id, user_id=one.user_id, namespace=one.namespace)
    return dataclasses.replace(
        one, scope_id=scope.id, team_id=None, visibility=Visibility.PRIVATE, version=one.version + 1
    )
