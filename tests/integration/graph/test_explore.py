"""The saved queries for people, as the pinned Neo4j understands them; what they find is tested beside."""

from collections.abc import Mapping
from typing import Any, LiteralString, cast

import pytest

from app.cli import saved_queries
from app.cli.saved_queries import SavedQuery
from app.graph import cypher_files
from app.graph.store import GraphStore
from tests.integration.graph import explored
from tests.integration.graph.explored import World
from tests.raw_cypher import RawCypher

_DIRECTORY = cypher_files.default_directory()
_SAVED = saved_queries.read_all(_DIRECTORY)
# Neo4j calls a procedure about the schema neither a read nor a write.
_KINDS_OF = {"schema": {"s", "r"}}
_OVER_ALL_TENANTS = {"schema", "keys_and_tenants"}
_WORLD_VALUES = {"user_id": "ann", "agent": "scout", "team": "bakers", "thing": "fuglen"}

each_query = pytest.mark.parametrize("query", _SAVED, ids=lambda query: query.name)


@pytest.fixture(scope="module")
async def world(graph: GraphStore, raw: RawCypher) -> World:
    """Two tenants, of which the first is looked at."""
    first = await explored.build(graph, raw)
    await explored.build(graph, raw)
    return first


def as_statement(text: str) -> LiteralString:
    return cast("LiteralString", text)


async def answer(raw: RawCypher, query: SavedQuery, given: Mapping[str, str]) -> list[dict[str, Any]]:
    fitting = {name: value for name, value in given.items() if name in query.values}
    return await raw.run(as_statement(saved_queries.filled(query, fitting)))


@each_query
async def test_a_saved_query_only_reads(query: SavedQuery, graph: GraphStore, raw: RawCypher) -> None:
    explained = await raw.explain(as_statement(saved_queries.filled(query, {})))
    assert explained.kind in _KINDS_OF.get(query.name, {"r"})


@each_query
async def test_a_saved_query_returns_what_its_header_says(
    query: SavedQuery, graph: GraphStore, raw: RawCypher
) -> None:
    file = _DIRECTORY / saved_queries.FOLDER / f"{query.name}.cypher"
    parsed = cypher_files.parse(query.name, file.read_text(encoding="utf-8"))
    explained = await raw.explain(as_statement(parsed.text), **dict.fromkeys(parsed.params))
    assert explained.columns == parsed.returns


@each_query
async def test_a_saved_query_never_walks_through_all_nodes(
    query: SavedQuery, graph: GraphStore, raw: RawCypher
) -> None:
    explained = await raw.explain(as_statement(saved_queries.filled(query, {})))
    assert {"AllNodesScan", "AllRelationshipsScan"}.isdisjoint(operator for operator, _ in explained.steps)


@each_query
async def test_a_saved_query_finds_something_and_nothing_of_another_tenant(
    query: SavedQuery, world: World, raw: RawCypher
) -> None:
    given = {"tenant": world.tenant.name, "memory_id": world.id("lisbon"), "other_id": world.id("lisbon")}
    if query.name in ("path_between", "connections"):
        given |= {"memory_id": world.id("tea"), "other_id": world.id("price")}
    moments = {"now": f"datetime('{explored.NOW.isoformat()}') + duration('P21D')", "moment": "datetime()"}
    rows = await answer(raw, query, {**_WORLD_VALUES, **given, **moments})
    assert rows
    if query.name not in _OVER_ALL_TENANTS:
        found = {node["tenant_id"] for node in explored.nodes([*rows]) if "tenant_id" in node}
        assert found <= {world.tenant.id}


@each_query
async def test_a_parameter_does_what_its_value_in_the_text_does(
    query: SavedQuery, world: World, raw: RawCypher
) -> None:
    file = _DIRECTORY / saved_queries.FOLDER / f"{query.name}.cypher"
    values = {"tenant": "'" + world.tenant.name + "'", "now": "datetime('2026-05-21')"}
    expressions = {name: values.get(name, value) for name, value in query.values.items()}
    columns = ", ".join(f"{value} AS {name}" for name, value in expressions.items())
    (given,) = await raw.run(as_statement(f"RETURN {columns or '1 AS nothing'}"))
    by_parameter = await raw.run(as_statement(file.read_text(encoding="utf-8")), **given)
    chosen = {"tenant": world.tenant.name, "now": "datetime('2026-05-21')"}
    assert len(await answer(raw, query, chosen)) == len(by_parameter)


@pytest.mark.parametrize("value", ["O'Neill", "a\\", "\\'", "a & b # c; d", "\n\r\t", "Söhne 🥐", "{$x}", ""])
async def test_a_given_text_reaches_neo4j_as_it_is(raw: RawCypher, value: str) -> None:
    text = "// One.\n// access: read\n// params: v\n// returns: v\n// :param v => 'a'\nRETURN $v AS v\n"
    filled = saved_queries.filled(saved_queries.parse("one", text), {"v": value})
    assert await raw.run(as_statement(filled)) == [{"v": value}]
