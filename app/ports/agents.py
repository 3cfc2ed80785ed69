"""Registered agents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.agents import Agent, AgentChange
from app.ports.once import Once


class AgentStore(Protocol):
    """Agents of a tenant. Stores keep `app.domain.agents.slug` of each name, to look it up."""

    async def create(self, agent: Agent, *, once: Once[Agent] | None = None) -> Agent:
        """Write a new agent. Raises: Repeated."""
        ...

    async def get(self, *, tenant_id: str, agent_id: str) -> Agent | None:
        """The agent with that id."""
        ...

    async def all(self, *, tenant_id: str, owner_id: str | None) -> Sequence[Agent]:
        """The agents of the tenant, or of one owner; newest first, ties by id, last first."""
        ...

    async def update(
        self, change: AgentChange, *, tenant_id: str, agent_id: str, at: datetime
    ) -> Agent | None:
        """Change what is named of an agent, and note when; None when there is no such agent."""
        ...

    async def delete(self, *, tenant_id: str, agent_id: str, at: datetime) -> bool:
        """Remove an agent and delete its memories; False when there is no such agent."""
        ...

    async def is_member_id(self, *, tenant_id: str, user_id: str) -> bool:
        """Whether an agent of the tenant goes by that user id: its own id, or `agent-<slug>`."""
        ...
