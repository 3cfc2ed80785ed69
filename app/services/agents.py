"""Registering agents, and changing and removing them."""

from collections.abc import Sequence
from dataclasses import dataclass

import uuid6

from app.domain.agents import Agent, AgentChange
from app.errors import InvalidInput, NotFound
from app.ports import AgentStore, Clock, Once


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentDraft:
    """An agent as a caller registers it. Names need not be unique."""

    name: str
    owner_id: str
    description: str | None = None
    model: str | None = None
    system_prompt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agents:
    """Keeps the register of agents."""

    store: AgentStore
    clock: Clock

    async def create(self, draft: AgentDraft, *, tenant_id: str, once: Once[Agent] | None = None) -> Agent:
        """Register an agent. Raises: Repeated, Unavailable."""
        now = self.clock.now()
        agent = Agent(
            id=str(uuid6.uuid7()),
            tenant_id=tenant_id,
            name=draft.name,
            owner_id=draft.owner_id,
            description=draft.description,
            model=draft.model,
            system_prompt=draft.system_prompt,
            created_at=now,
            updated_at=now,
        )
        return await self.store.create(agent, once=once)

    async def get(self, *, tenant_id: str, agent_id: str) -> Agent:
        """An agent. Raises: NotFound, Unavailable."""
        return _known(await self.store.get(tenant_id=tenant_id, agent_id=agent_id))

    async def all(self, *, tenant_id: str, owner_id: str | None = None) -> Sequence[Agent]:
        """The agents of the tenant, or of one owner; newest first. Raises: Unavailable."""
        return await self.store.all(tenant_id=tenant_id, owner_id=owner_id)

    async def change(self, change: AgentChange, *, tenant_id: str, agent_id: str) -> Agent:
        """Change what is named of an agent. Raises: InvalidInput, NotFound, Unavailable."""
        if not change:
            raise InvalidInput("No fields to update")
        at = self.clock.now()
        return _known(await self.store.update(change, tenant_id=tenant_id, agent_id=agent_id, at=at))

    async def delete(self, *, tenant_id: str, agent_id: str) -> None:
        """Remove an agent and delete its memories. Raises: NotFound, Unavailable."""
        if not await self.store.delete(tenant_id=tenant_id, agent_id=agent_id, at=self.clock.now()):
            raise NotFound("Agent not found")


def _known(agent: Agent | None) -> Agent:
    if agent is None:
        raise NotFound("Agent not found")
    return agent
