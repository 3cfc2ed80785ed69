"""What may stand where: imports, Cypher, and the environment."""

import ast
import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import api
from importlinter.application import use_cases

from tests.architecture import source

CYPHER = re.compile(
    r"\b(MATCH|MERGE|UNWIND|DETACH DELETE|OPTIONAL MATCH)\b\s*[\(\$A-Za-z\[]"
    r"|\bCREATE\s+(\(|INDEX|CONSTRAINT|VECTOR|FULLTEXT|RANGE)"
    r"|^\s*(SHOW|DROP)\s+(INDEX|CONSTRAINT)"
    r"|\bCALL\s+(db|dbms|apoc)\."
    r"|\bRETURN\s+\w+\s*(\.|,|AS\b|$)"
)
ENVIRONMENT = frozenset({"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"})


def literals_outside_docstrings(path: Path) -> Iterator[ast.Constant]:
    """String literals of the file; docstrings may speak of Cypher."""
    nodes = list(source.nodes(path))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node


def test_imports_point_downwards_only(monkeypatch: pytest.MonkeyPatch):
    # The linter reads its settings, and caches what it reads, in the working directory.
    monkeypatch.chdir(source.ROOT)
    api.read_configuration()  # pyright: ignore[reportUnknownMemberType]  # its answer is not used
    report = io.StringIO()
    with contextlib.redirect_stdout(report):
        passed = use_cases.lint_imports(cache_dir=None)
    assert passed, report.getvalue()


def test_no_cypher_is_written_in_python():
    found = [
        f"{source.shown(path)}:{literal.lineno} {literal.value!r:.60}"
        for path in source.python_files("app")
        for literal in literals_outside_docstrings(path)
        if CYPHER.search(str(literal.value))
    ]
    assert found == []


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (m:Memory) RETURN m.id AS id",
        "RETURN 1 AS one",
        "MERGE (s:Scope {id: $id})",
        "UNWIND $rows AS row",
        "CREATE (m:Memory)",
        "SHOW INDEXES",
        "CALL db.awaitIndexes(300)",
    ],
)
def test_the_search_for_cypher_finds_it(statement: str):
    assert CYPHER.search(statement)


@pytest.mark.parametrize("sentence", ["The digests do not match", "return the key", "Create a key first"])
def test_the_search_for_cypher_leaves_sentences_alone(sentence: str):
    assert not CYPHER.search(sentence)


def test_only_the_settings_read_the_environment():
    readers = {
        source.shown(path)
        for path in source.python_files("app")
        for node in source.nodes(path)
        if _reads_environment(node)
    }
    assert readers <= {"app/settings.py"}


def test_each_foreign_system_is_spoken_to_in_one_folder_only():
    homes = {"neo4j": "app/graph/", "sentence_transformers": "app/embedding/", "torch": "app/embedding/"}
    strangers = [
        f"{source.shown(path)} imports {package}"
        for path in source.python_files("app")
        for node in source.nodes(path)
        for package in _imported_packages(node)
        if package in homes and not source.shown(path).startswith(homes[package])
    ]
    assert strangers == []


def _reads_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id == "os" and node.attr in ENVIRONMENT
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return any(name.name in ENVIRONMENT for name in node.names)
    return False


def _imported_packages(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {name.name.partition(".")[0] for name in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]}
    return set()
