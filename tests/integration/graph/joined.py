"""What joins memories in the graph, written past our own repositories: windows, turns, things and links."""

from collections.abc import Sequence
from itertools import pairwise

import uuid6

from app.domain.models import Memory, Vector
from tests.raw_cypher import RawCypher


async def add_passage(raw: RawCypher, memory: Memory, text: str, vector: Vector) -> None:
    """A further text under which the memory is found."""
    await raw.run(
        """
        MATCH (m:Memory {tenant_id: $tenant_id, id: $memory_id})
        CREATE (p:Passage {id: $id, tenant_id: $tenant_id, scope_id: m.scope_id, text: $text,
                           status: m.status, refreshed_at: m.refreshed_at, source: m.source})-[:PART_OF]->(m)
        WITH p
        CALL db.create.setNodeVectorProperty(p, 'embedding', $vector)
        """,
        tenant_id=memory.tenant_id,
        memory_id=memory.id,
        id=str(uuid6.uuid7()),
        text=text,
        vector=vector.tolist(),
    )


async def follow(raw: RawCypher, *turns: Memory) -> None:
    """Put turns into their order."""
    await raw.run(
        """
        UNWIND $pairs AS pair
        MATCH (one:Memory {tenant_id: $tenant_id, id: pair[0]})
        MATCH (next:Memory {tenant_id: $tenant_id, id: pair[1]})
        CREATE (one)-[:NEXT]->(next)
        """,
        tenant_id=turns[0].tenant_id,
        pairs=[[one.id, after.id] for one, after in pairwise(turns)],
    )


async def mention(raw: RawCypher, name: str, *memories: Memory, role: str = "text") -> None:
    """Let memories of one scope mention the thing of that name."""
    await raw.run(
        """
        MERGE (entity:Entity {scope_id: $scope_id, key: toLower($name)})
        SET entity.tenant_id = $tenant_id, entity.name = $name
        WITH entity
        UNWIND $ids AS id
        MATCH (memory:Memory {tenant_id: $tenant_id, id: id})
        CREATE (memory)-[:MENTIONS {role: $role}]->(entity)
        """,
        tenant_id=memories[0].tenant_id,
        scope_id=memories[0].scope_id,
        name=name,
        ids=[one.id for one in memories],
        role=role,
    )


async def link(
    raw: RawCypher,
    start: Memory,
    ends: Sequence[Memory],
    *,
    weight: float = 1.0,
    relationship_type: str = "relates_to",
) -> None:
    """Links from one memory to others, as clients make them."""
    await raw.run(
        """
        MATCH (start:Memory {tenant_id: $tenant_id, id: $start_id})
        UNWIND $ids AS id
        MATCH (end:Memory {tenant_id: $tenant_id, id: id})
        CREATE (start)-[:RELATES_TO {
          id: start.id + id, relationship_type: $relationship_type, weight: $weight, metadata: '{}'
        }]->(end)
        """,
        tenant_id=start.tenant_id,
        start_id=start.id,
        ids=[one.id for one in ends],
        relationship_type=relationship_type,
        weight=weight,
    )
