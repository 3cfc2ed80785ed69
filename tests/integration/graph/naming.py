"""Memories with names, written and joined as the service does it, and the named things then in the graph."""

import dataclasses
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import numpy as np

from app.domain.admission import Candidate
from app.domain.models import Memory, Scope
from app.graph import cypher_files, driver, entities, locks, queries, scopes, team_removal
from app.graph.config import GraphConfig
from app.graph.driver import Database, Transaction
from app.graph.memory_transaction import MemoryTransaction
from tests import remembered
from tests.raw_cypher import RawCypher

_MENTIONS = """
MATCH (entity:Entity {tenant_id: $tenant_id})
OPTIONAL MATCH (memory:Memory)-[mention:MENTIONS]->(entity)
RETURN entity.scope_id AS scope_id, entity.key AS key, memory.text AS text, mention.role AS role
"""


def told(scope: Scope, text: str, *, title: str = "", given: Sequence[str] = ()) -> Candidate:
    """A memory as it would be stored, with its names."""
    memory = dataclasses.replace(remembered.memory(scope, text), title=title)
    vector = np.zeros(remembered.MODEL.dimensions, dtype=np.float32)
    vector[0] = 1.0
    return Candidate(memory=memory, vector=vector, entities=given)


class Names:
    """Stores memories of one tenant, and looks at what is named there."""

    def __init__(self, database: Database, raw: RawCypher, *, tenant_id: str) -> None:
        self._database = database
        self._raw = raw
        self.tenant_id = tenant_id

    def of(self, tenant_id: str) -> "Names":
        """The same for another tenant."""
        return Names(self._database, self._raw, tenant_id=tenant_id)

    async def store(self, scope: Scope, *candidates: Candidate) -> None:
        """Write the memories and join them, in one transaction."""

        async def work(transaction: Transaction) -> None:
            await locks.take_scopes(transaction, tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
            memories = MemoryTransaction(transaction)
            await memories.create(candidates, tenant_id=scope.tenant_id, scopes=[scope])
            await entities.name(transaction, candidates, tenant_id=scope.tenant_id)

        await self._database.write_transaction("a test", work)

    async def move(self, memory: Memory, *, to: Scope) -> None:
        """Move a memory and join it anew."""

        async def work(transaction: Transaction) -> None:
            await scopes.move_memory(transaction, memory.id, to=to)

        await self._database.write_transaction("a test", work)

    async def remove_team(self, team_id: str) -> None:
        """Delete a team, which moves all that was shared in it."""

        async def work(transaction: Transaction) -> None:
            assert await team_removal.remove(transaction, tenant_id=self.tenant_id, team_id=team_id)

        await self._database.write_transaction("a test", work)

    async def mentions(self) -> set[tuple[str, str | None, str | None]]:
        """Key, text and role of each mention; a thing that nothing mentions stands once, with None."""
        rows = await self._raw.run(_MENTIONS, tenant_id=self.tenant_id)
        found = [(row["key"], row["text"], row["role"]) for row in rows]
        assert len(found) == len(set(found))
        return set(found)

    async def scopes(self) -> set[tuple[str, str]]:
        """Key and scope of each named thing."""
        rows = await self._raw.run(_MENTIONS, tenant_id=self.tenant_id)
        return {(row["key"], row["scope_id"]) for row in rows}


@asynccontextmanager
async def opened(config: GraphConfig) -> AsyncGenerator[Database]:
    """The database past the repositories."""
    async with driver.connect(config, queries.load(cypher_files.default_directory())) as database:
        yield database
