"""A small invented world to explore: users, an agent, a team, two spaces, links, history, and what faded.

It is built twice, for two tenants, so that a query which forgets the tenant shows twice as much.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

import numpy as np
import uuid6

from app.domain import links as linking
from app.domain import scope as scopes
from app.domain.links import Link
from app.domain.models import ApiKey, Memory, Scope, Tenant, Vector
from app.graph.store import GraphStore
from tests import remembered
from tests.raw_cypher import RawCypher
from tests.remembered import NOW, axis, memory

ANN = (
    ("porto", "Lives in Porto", -30),
    ("lisbon", "Lives in Lisbon", -20),
    ("faro", "Lives in Faro", -10),
    ("tea", "Likes green tea", 0),
    ("much tea", "Likes green tea very much", 1),
    ("bakery", "Runs a bakery", 2),
    ("flour", "Buys flour from the mill", 3),
    ("price", "The mill raises its prices", 4),
    ("oven", "The oven heats unevenly", 5),
    ("nuts", "Cannot eat hazelnuts", 6),
    ("mistake", "Was said by mistake", 7),
)
"""Name, text, and when it began: days from NOW."""

LINKS = (
    ("bakery", "flour", "needs", 0.9),
    ("bakery", "oven", "Needs", 0.8),
    ("price", "flour", "raises cost of", 0.7),
    ("tea", "bakery", "served in", 0.6),
    ("mistake", "bakery", "needs", 1.0),
)

TALK = (
    ("coffee", "Where do they roast the best coffee?", 8),
    ("oslo", "In Oslo, at Fuglen.", 8.1),
    ("thanks", "Thanks, I will go there.", 8.2),
)
"""What dan said in a conversation, turn by turn."""

MENTIONS = (
    ("oslo", "Oslo", "text"),
    ("oslo", "Fuglen", "given"),
    ("thanks", "Fuglen", "title"),
    ("faro", "Faro", "text"),
    ("lisbon", "Faro", "given"),
)
"""Which memory mentions what, and how."""

_IMPORTANCE = {"oven": 0.5, "price": 0.2}
_NAMED = """
MATCH (tenant:Tenant {id: $tenant_id})
CREATE (:Agent {tenant_id: $tenant_id, id: $agent_id, name: 'Scout', slug: 'scout'})-[:OF]->(tenant)
CREATE (team:Team {tenant_id: $tenant_id, id: $team_id, name: 'The bakers', slug: 'bakers'})-[:OF]->(tenant)
CREATE (:Invitation {tenant_id: $tenant_id, id: 'open-' + $tenant_id, token_digest: 'open-' + $tenant_id,
                     email: 'cleo@example.org'})-[:TO]->(team)
CREATE (:Invitation {tenant_id: $tenant_id, id: 'used-' + $tenant_id, token_digest: 'used-' + $tenant_id,
                     email: 'bob@example.org', accepted_at: $now})-[:TO]->(team)
WITH tenant, team
UNWIND ['ann', 'bob'] AS user_id
MERGE (user:User {tenant_id: $tenant_id, id: user_id})
CREATE (user)-[:MEMBER_OF {id: user_id, role: CASE user_id WHEN 'ann' THEN 'admin' ELSE 'member' END}]->(team)
"""
_SPACE = """
MATCH (tenant:Tenant {id: $tenant_id})
CREATE (:Space {tenant_id: $tenant_id, id: $space_id, name: $name})-[:OF]->(tenant)
"""
_TURNS = """
MATCH (turn:Memory {tenant_id: $tenant_id, conversation_id: 'monday'})
MATCH (next:Memory {tenant_id: $tenant_id, conversation_id: 'monday', turn: turn.turn + 1})
CREATE (turn)-[:NEXT]->(next)
"""
_MENTION = """
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
MERGE (entity:Entity {scope_id: memory.scope_id, key: toLower($name)})
SET entity.tenant_id = $tenant_id, entity.name = $name
CREATE (memory)-[:MENTIONS {role: $role}]->(entity)
"""
_WINDOW = """
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
CREATE (:Passage {tenant_id: $tenant_id, id: $memory_id + ':window', kind: 'window',
                  scope_id: memory.scope_id, status: 'active', text: $text})-[:PART_OF]->(memory)
"""
_PASSAGE = """
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
CREATE (passage:Passage {tenant_id: $tenant_id, id: $memory_id, scope_id: memory.scope_id,
                         source: 'api', status: 'active', refreshed_at: memory.refreshed_at, text: $text})
CREATE (passage)-[:PART_OF]->(memory)
WITH passage
CALL db.create.setNodeVectorProperty(passage, 'embedding', $vector)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One tenant's memories by name."""

    tenant: Tenant
    memories: dict[str, Memory] = field(default_factory=dict[str, Memory])

    def id(self, name: str) -> str:
        """The id of a memory."""
        return self.memories[name].id


async def build(graph: GraphStore, raw: RawCypher) -> World:
    """Store everything, as the product does where it can."""
    id = str(uuid6.uuid7())
    tenant = Tenant(id=id, name=f"Explored {id}", created_at=NOW)
    key = ApiKey(id=f"key-{id}", tenant_id=id, digest=f"digest-{id}", label="laptop", created_at=NOW)
    await graph.access.create_tenant(tenant, key)
    world = World(tenant=tenant)
    ids = {name: f"{name}-{id}" for name in ("agent_id", "team_id")}
    await raw.run(_NAMED, tenant_id=id, now=NOW, **ids)
    await _store_ann(graph, raw, world)
    for user_id, text in (("ann", "The oven is cleaned on Mondays"), ("bob", "Flour comes on Thursdays")):
        shared = scopes.team_scope(tenant_id=id, team_id=ids["team_id"], user_id=user_id, namespace="default")
        await _store(graph, world, shared, {f"{user_id}, shared": (text, 0)})
    heard = scopes.agent_scope(tenant_id=id, agent_id=ids["agent_id"], user_id="ann", namespace="default")
    await _store(graph, world, heard, {"agent": ("Asked for a quiet flight", 0)})
    for name in ("recipes", "errands"):
        await raw.run(_SPACE, tenant_id=id, space_id=f"{name}-{id}", name=name)
        space = scopes.space_scope(tenant_id=id, space_id=f"{name}-{id}")
        await _store(graph, world, space, {name: (f"A note for the {name}", 0)})
    await _store_dan(graph, raw, world)
    return world


def texts(rows: Sequence[Mapping[str, Any]], *columns: str) -> list[str]:
    """The texts of the memories in the rows, each once, sorted."""
    found = {
        node["text"] for row in rows for node in nodes([row[name] for name in columns]) if "text" in node
    }
    return sorted(found)


def nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """Every node in what a query returned, wherever it is: alone, in a list, in a path."""
    if isinstance(value, Mapping):
        yield cast("Mapping[str, Any]", value)
    elif isinstance(value, list | tuple):
        for part in cast("Sequence[object]", value):
            yield from nodes(part)


def ends(path: Sequence[Any], of: str) -> tuple[Any, str, Any]:
    """A path of one relationship as a triple; its nodes by one of their properties."""
    start, kind, end = path
    return start[of], kind, end[of]


async def _store_ann(graph: GraphStore, raw: RawCypher, world: World) -> None:
    id = world.tenant.id
    scope = remembered.scope_of(id)
    await _store(graph, world, scope, {name: (text, days) for name, text, days in ANN})
    for start, end, words, weight in LINKS:
        from_id, to_id = world.id(start), world.id(end)
        link = Link(
            id=linking.new_id(from_memory_id=from_id, random=uuid.uuid4()),
            from_memory_id=from_id,
            to_memory_id=to_id,
            relationship_type=words,
            weight=weight,
            created_at=NOW,
        )
        await graph.links.create(link, tenant_id=id, most_graph_types=10_000)
    named = world.memories
    await raw.supersede(named["porto"], by=named["lisbon"], at=NOW - timedelta(days=20))
    await raw.supersede(named["lisbon"], by=named["faro"], at=NOW - timedelta(days=10))
    await graph.memories.delete(tenant_id=id, memory_id=world.id("mistake"), at=NOW)
    passage = {"text": "Of barley and of rye", "vector": _vectors(["barley"])[0].tolist()}
    await raw.run(_PASSAGE, tenant_id=id, memory_id=world.id("bakery"), **passage)


async def _store_dan(graph: GraphStore, raw: RawCypher, world: World) -> None:
    scope = remembered.scope_of(world.tenant.id, user_id="dan")
    made = {
        name: replace(memory(scope, text, at=_at(days)), conversation_id="monday", turn=turn)
        for turn, (name, text, days) in enumerate(TALK)
    }
    await remembered.store(graph.memories, scope, *made.values())
    world.memories.update(made)
    tenant_id = world.tenant.id
    await raw.run(_TURNS, tenant_id=tenant_id)
    window = "\n".join(one.text for one in made.values())
    await raw.run(_WINDOW, tenant_id=tenant_id, memory_id=world.id("oslo"), text=window)
    for name, thing, role in MENTIONS:
        mention = {"memory_id": world.id(name), "name": thing, "role": role}
        await raw.run(_MENTION, tenant_id=tenant_id, **mention)


async def _store(
    graph: GraphStore, world: World, scope: Scope, facts: Mapping[str, tuple[str, float]]
) -> None:
    made = {
        name: memory(scope, text, at=_at(days), importance=_IMPORTANCE.get(name, 1.0))
        for name, (text, days) in facts.items()
    }
    await remembered.store(graph.memories, scope, *made.values(), vectors=_vectors(list(made)))
    world.memories.update(made)


def _at(days: float) -> datetime:
    return NOW + timedelta(days=days)


def _vectors(names: Sequence[str]) -> Sequence[Vector]:
    """One axis for each memory, but for two pairs that lie close together."""
    numbers = {name: 2 * number for number, (name, *_) in enumerate(ANN)}
    near = {"much tea": axis(numbers["tea"], cosine=0.95), "barley": axis(numbers["flour"], cosine=0.9)}
    return [near[name] if name in near else np.array(axis(numbers.get(name, 100))) for name in names]
