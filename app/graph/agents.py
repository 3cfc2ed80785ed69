"""Registered agents on Neo4j."""

from collections.abc import Sequence
from datetime import datetime

from app.domain import agents as naming
from app.domain.agents import Agent, AgentChange
from app.graph import locks, people_rows, receipts
from app.graph.driver import Database, Transaction
from app.ports import Once

_DELETION_SECONDS = 300.0
"""A memory takes 2 to 4 ms; the request's own limit ends it where nobody waits that long."""


class Agents:
    """`app.ports.AgentStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, agent: Agent, *, once: Once[Agent] | None = None) -> Agent:
        """Write a new agent. Raises: Repeated."""

        async def register(transaction: Transaction) -> Agent:
            await transaction.run("agents/create", **people_rows.agent_parameters(agent))
            return agent

        return await receipts.write_once(self._database, "create agent", register, once=once)

    async def get(self, *, tenant_id: str, agent_id: str) -> Agent | None:
        """The agent with that id."""
        found = await self._database.read("agents/get", tenant_id=tenant_id, agent_id=agent_id)
        return people_rows.agent(found[0]) if found else None

    async def all(self, *, tenant_id: str, owner_id: str | None) -> Sequence[Agent]:
        """The agents of the tenant, or of one owner; newest first, ties by id, last first."""
        found = await self._database.read("agents/all", tenant_id=tenant_id, owner_id=owner_id)
        return [people_rows.agent(row) for row in found]

    async def update(
        self, change: AgentChange, *, tenant_id: str, agent_id: str, at: datetime
    ) -> Agent | None:
        """Change what is named of an agent, and note when."""
        changes = {**people_rows.agent_changes(change), "updated_at": at}
        found = await self._database.write(
            "agents/update", tenant_id=tenant_id, agent_id=agent_id, changes=changes
        )
        return people_rows.agent(found[0]) if found else None

    async def delete(self, *, tenant_id: str, agent_id: str, at: datetime) -> bool:
        """Remove an agent and delete its memories."""

        async def remove(transaction: Transaction) -> bool:
            await _lock_scopes(transaction, tenant_id, agent_id)
            (answer,) = await transaction.run("agents/delete", tenant_id=tenant_id, agent_id=agent_id)
            if answer["deleted"] == 0:
                return False
            # Once more: until a moment ago, the agent could get its first memory of another user.
            await _lock_scopes(transaction, tenant_id, agent_id)
            await transaction.run("agents/forget", tenant_id=tenant_id, agent_id=agent_id, at=at)
            return True

        return await self._database.write_transaction(
            "delete agent", remove, timeout_seconds=_DELETION_SECONDS
        )

    async def is_member_id(self, *, tenant_id: str, user_id: str) -> bool:
        """Whether an agent of the tenant goes by that user id."""
        (answer,) = await self._database.read(
            "agents/is_member_id", tenant_id=tenant_id, user_id=user_id, slug=naming.slug_in(user_id)
        )
        return answer["known"]


async def _lock_scopes(transaction: Transaction, tenant_id: str, agent_id: str) -> None:
    (found,) = await transaction.run("agents/scopes", tenant_id=tenant_id, agent_id=agent_id)
    await locks.take_scopes(transaction, tenant_id=tenant_id, lock_ids=found["lock_ids"])
