"""The graph lane: what links, the order of turns and named things join with the memories found first."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableSet, Sequence

from app.domain.recall import Reached, RouteKind
from app.graph.driver import Database, Row
from app.ports import ReachQuery

_TURN_STRENGTH = 1 / 3
_TITLED_STRENGTH = 0.8
_MENTIONED_STRENGTH = 0.4
_LINKS_PER_MEMORY = 20
_LINKS_LOOKED_AT = 2000
_MENTIONS_LOOKED_AT = 100
"""Of what the seeds mention; a thing that more mention says next to nothing (1/√100 = 0.1 at most)."""
_MENTIONS_OF_NAMED_LOOKED_AT = 1000
"""Of what the question names: the memory that is about it is among them."""
_FARTHEST = 200
"""How many memories of one level the next level starts from."""


async def reached(database: Database, query: ReachQuery) -> Sequence[Reached]:
    """The strongest route to each memory from each seed, strongest first, then by memory and seed.

    Raises: Unavailable.
    """
    each = await asyncio.gather(_joined(database, query), _linked(database, query))
    routes = [route for found in each for route in found]
    best: dict[tuple[str, str | None], Reached] = {}
    for route in sorted(routes, key=_order):
        best.setdefault((route.memory_id, route.seed_id), route)
    return list(best.values())[: query.limit]


async def _joined(database: Database, query: ReachQuery) -> Sequence[Reached]:
    """What the names in the question, the order of turns and the things that seeds mention bring."""
    if not query.entity_keys and not query.seed_ids:
        return []
    (answer,) = await database.read(
        "recall/joined",
        tenant_id=query.tenant_id,
        scope_ids=list(query.scope_ids),
        memory_ids=list(query.seed_ids),
        entity_keys=list(query.entity_keys),
        turn_strength=_TURN_STRENGTH,
        titled_strength=_TITLED_STRENGTH,
        mentioned_strength=_MENTIONED_STRENGTH,
        mentions_looked_at=_MENTIONS_LOOKED_AT,
        named_looked_at=_MENTIONS_OF_NAMED_LOOKED_AT,
        limit=query.limit,
    )
    return [
        *(_reached(row, seed_id=None, kind=RouteKind.ENTITY) for row in answer["named"]),
        *(_reached(row, seed_id=row["seed_id"], kind=RouteKind(row["kind"])) for row in answer["joined"]),
    ]


async def _linked(database: Database, query: ReachQuery) -> Sequence[Reached]:
    """A walk over clients' links, level by level, from all seeds at once."""
    if query.relationship_types is not None and not query.relationship_types:
        return []
    found: list[Reached] = []
    passed: set[tuple[str, str | None]] = {(one, one) for one in query.seed_ids}
    level = [
        Reached(memory_id=one, seed_id=one, kind=RouteKind.LINK, via="", strength=1.0)
        for one in query.seed_ids
    ]
    for _ in range(query.depth):
        if not level:
            break
        level = _next_level(level, await _links(database, query, level), passed)
        found += level
    return found


async def _links(
    database: Database, query: ReachQuery, level: Iterable[Reached]
) -> Mapping[str, Sequence[Row]]:
    """The strongest links of the memories of a level, by the memory that they are taken from."""
    types = query.relationship_types
    (answer,) = await database.read(
        "recall/linked",
        tenant_id=query.tenant_id,
        scope_ids=list(query.scope_ids),
        memory_ids=list(dict.fromkeys(one.memory_id for one in level)),
        relationship_types=None if types is None else list(types),
        looked_at=_LINKS_LOOKED_AT,
        links_per_memory=_LINKS_PER_MEMORY,
    )
    links: defaultdict[str, list[Row]] = defaultdict(list)
    for row in answer["found"]:
        links[row["from_id"]].append(row)
    return links


def _next_level(
    level: Iterable[Reached],
    links: Mapping[str, Sequence[Row]],
    passed: MutableSet[tuple[str, str | None]],
) -> list[Reached]:
    """The strongest routes one link farther, each to a memory that its seed had not reached."""
    steps = [_farther(route, row) for route in level for row in links.get(route.memory_id, ())]
    farther: list[Reached] = []
    for route in sorted(steps, key=_order):
        if (route.memory_id, route.seed_id) not in passed and len(farther) < _FARTHEST:
            passed.add((route.memory_id, route.seed_id))
            farther.append(route)
    return farther


def _farther(route: Reached, link: Row) -> Reached:
    return Reached(
        memory_id=link["memory_id"],
        seed_id=route.seed_id,
        kind=RouteKind.LINK,
        via=" > ".join(filter(None, (route.via, link["via"]))),
        strength=route.strength * link["strength"],
    )


def _reached(row: Row, *, seed_id: str | None, kind: RouteKind) -> Reached:
    return Reached(
        memory_id=row["memory_id"], seed_id=seed_id, kind=kind, via=row["via"], strength=row["strength"]
    )


def _order(route: Reached) -> tuple[float, str, str, str]:
    return -route.strength, route.memory_id, route.seed_id or "", route.via
