"""Rules about all Cypher files and the code that runs them, read from both without a database."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.graph import cypher_files, queries, schema
from app.graph.queries import Query

_ROOT = Path(__file__).parents[3]
_DIRECTORY = cypher_files.default_directory()
_QUERIES = queries.load(_DIRECTORY)
_QUERY_NAME = re.compile(r"[a-z_]+/[a-z_]+")
_CYPHER = re.compile(
    r"\b(?:MATCH|MERGE|CREATE|DELETE|UNWIND|RETURN|CALL|SET|REMOVE)\b[\s(]+[\w.({`]*[:.)({]"
    r"|\b(?:DETACH DELETE|ORDER BY|YIELD|CYPHER 25\s)"
)
_TENANT_DATA = re.compile(r":(?:Memory|Passage|Scope)\b")
_OVER_ALL_TENANTS = {"health/counts"}
_MERGED_NODE = re.compile(r"MERGE \(\w*:(\w+) \{([^}]*)\}\)")
_UNIQUE = re.compile(r"FOR \(\w+:(\w+)\) REQUIRE \(?([^)]*?)\)? IS UNIQUE")


def sources() -> Iterator[Path]:
    yield from sorted((_ROOT / "app").rglob("*.py"))


def literals(path: Path) -> Iterator[str]:
    """Every string in a module but its docstrings and the other bare strings that document."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def test_every_file_is_run_from_exactly_one_place() -> None:
    run = Counter(
        text
        for path in sources()
        if path.parent.name == "graph"
        for text in literals(path)
        if _QUERY_NAME.fullmatch(text)
    )
    assert run == dict.fromkeys(_QUERIES, 1)


def test_no_cypher_is_written_in_python() -> None:
    found = [
        f"{path.relative_to(_ROOT)}: {text!r}"
        for path in sources()
        for text in literals(path)
        if _CYPHER.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["MATCH (n)", "CYPHER 25 SHOW", "MERGE (a:B {c: 1})", "RETURN n.id", "CALL db.x", "DETACH DELETE n"],
)
def test_the_search_for_cypher_would_find_it(text: str) -> None:
    assert _CYPHER.search(text)


@pytest.mark.parametrize("query", _QUERIES.values(), ids=_QUERIES)
def test_a_query_of_tenant_data_declares_the_tenant(query: Query) -> None:
    if _TENANT_DATA.search(cypher_files.without_comments(query.text)):
        assert "tenant_id" in query.params or query.name in _OVER_ALL_TENANTS


@pytest.mark.parametrize("query", _QUERIES.values(), ids=_QUERIES)
def test_nodes_are_merged_on_unique_keys_only(query: Query) -> None:
    constraints = {
        (label, frozenset(key.strip().partition(".")[2] for key in keys.split(",")))
        for file in schema.load(_DIRECTORY)
        for statement in file.statements
        for label, keys in _UNIQUE.findall(statement)
    }
    for label, properties in _MERGED_NODE.findall(query.text):
        keys = frozenset(part.partition(":")[0].strip() for part in properties.split(","))
        assert (label, keys) in constraints


@pytest.mark.parametrize("query", _QUERIES.values(), ids=_QUERIES)
def test_a_query_for_many_rows_says_their_order(query: Query) -> None:
    if "LIMIT" in query.text:
        assert re.search(r"ORDER BY", query.text)


def test_no_query_returns_a_vector() -> None:
    assert [query.name for query in _QUERIES.values() if "embedding" in query.returns] == []
