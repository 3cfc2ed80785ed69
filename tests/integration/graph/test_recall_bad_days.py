"""An index that is gone or being filled: the lanes that need it say so, and come back by themselves."""

import asyncio
import time

import pytest

from app.domain.models import Scope
from app.errors import Unavailable
from app.graph.store import GraphStore
from app.ports import VectorQuery, WordsQuery
from tests import remembered
from tests.raw_cypher import RawCypher
from tests.remembered import axis, memory

_PATIENCE_SECONDS = 60.0


async def by_words(graph: GraphStore, scope: Scope) -> list[str]:
    query = WordsQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], terms=["dog"], limit=5)
    return list((await graph.recall.words(query)).memory_ids)


async def by_vector(graph: GraphStore, scope: Scope) -> list[str]:
    query = VectorQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=axis(0), limit=5)
    return list((await graph.recall.nearest(query)).memory_ids)


def unheard(step: str) -> None:
    """Nobody watches the steps."""


async def test_without_its_index_the_words_lane_is_unavailable(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    one = memory(scope, "a dog")
    await remembered.store(graph.memories, scope, one, vectors=[axis(0)])
    await raw.run("DROP INDEX memory_words")
    try:
        with pytest.raises(Unavailable, match=r"index .* missing or still being filled"):
            await by_words(graph, scope)
        assert await by_vector(graph, scope) == [one.id]
    finally:
        await graph.migrate(remembered.MODEL, report=unheard)
    assert await by_words(graph, scope) == [one.id]


async def test_until_its_index_is_filled_the_vector_lane_is_unavailable(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    one = memory(scope, "a dog")
    await remembered.store(graph.memories, scope, one, vectors=[axis(0)])
    await raw.run("DROP INDEX memory_embedding")
    with pytest.raises(Unavailable, match=r"index .* missing or still being filled"):
        await by_vector(graph, scope)
    filling = asyncio.ensure_future(graph.migrate(remembered.MODEL, report=unheard))
    try:
        assert await _answered(graph, scope) == [one.id]
    finally:
        await filling


async def _answered(graph: GraphStore, scope: Scope) -> list[str]:
    """The first answer; until then nothing but `Unavailable`."""
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return await by_vector(graph, scope)
        except Unavailable:
            assert time.monotonic() < give_up_at
