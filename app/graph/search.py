"""Searches over many memories on Neo4j."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.domain import filters
from app.domain.models import Memory, Neighbour
from app.graph import rows
from app.graph.driver import Database, Row
from app.ports import LeastFadedQuery, NearestQuery

_BEAM = 1000
"""How many hits the index looks for before the nearest are kept.

Scopes up to this size are searched exactly. With 50,000 sentences in one scope, 800 find all of the fifty
nearest, 200 all of the ten nearest; asked for ten alone, the index misses one in twenty of them.
"""
_WIDENING = 4
_BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


class Search:
    """`app.ports.MemorySearch` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def nearest(self, query: NearestQuery) -> Sequence[Neighbour]:
        """At most `limit` neighbours, highest cosine first, then by id."""
        hits = query.limit
        while True:
            found = await self._hits(query, hits=hits)
            best: dict[str, Neighbour] = {}
            for row in found:
                one = rows.neighbour(row)
                if filters.keeps(one.memory.metadata, wanted=query.metadata):
                    # Rows come best first: a memory counts as near as the nearest of its passages.
                    best.setdefault(one.memory.id, one)
            if len(best) >= query.limit or len(found) < hits:
                return list(best.values())[: query.limit]
            hits *= _WIDENING

    async def least_faded(self, query: LeastFadedQuery) -> Sequence[Memory]:
        """At most `limit` active memories in order of their decay, then newest first, then by id."""
        (answer,) = await self._database.read(
            "search/least_faded",
            tenant_id=query.tenant_id,
            scope_ids=list(query.scope_ids),
            now=query.now,
            refreshed_from=query.refreshed_from or _BEFORE_ALL,
            importance_floor=query.importance_floor,
            limit=query.limit,
        )
        return [rows.memory(row) for row in answer["found"]]

    async def _hits(self, query: NearestQuery, *, hits: int) -> list[Row]:
        asked = {
            "tenant_id": query.tenant_id,
            "scope_ids": list(query.scope_ids),
            "refreshed_from": query.refreshed_from or _BEFORE_ALL,
            "vector": rows.vector_parameter(query.vector),
            "limit": hits,
        }
        beam = max(_BEAM, 2 * hits)
        if query.metadata:
            texts = rows.texts_in_metadata(query.metadata)
            (answer,) = await self._database.read(
                "search/nearest_of_metadata", source=query.source, texts=texts, **asked
            )
        elif query.source is None:
            (answer,) = await self._database.read("search/nearest", beam=beam, **asked)
        else:
            (answer,) = await self._database.read(
                "search/nearest_of_source", source=query.source, beam=beam, **asked
            )
        return answer["found"]
