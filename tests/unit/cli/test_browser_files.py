"""The files for people under `cypher/explore/`: their form, read without a database."""

import re

import pytest

from app.cli import saved_queries
from app.cli.saved_queries import SavedQuery
from app.domain import links
from app.graph import cypher_files, queries, schema
from app.graph.cypher_files import MalformedQuery

_DIRECTORY = cypher_files.default_directory()
_SAVED = saved_queries.read_all(_DIRECTORY)
_RULE = re.compile(r"(node|relationship)(?:\.(\w+))? \{\n((?:  [a-z-]+: [^:;\n]+;\n)+)\}\n")
_LABELLED = re.compile(r"FOR \(\w+:(\w+)[|)]")

_SOUND = """\
// One thing.
// access: read
// params: tenant
// returns: n
// :param tenant => 'Default'
// Why it is as it is.
CYPHER 25
MATCH (n {name: $tenant}) RETURN n
"""

each_query = pytest.mark.parametrize("query", _SAVED, ids=lambda query: query.name)


def style() -> str:
    return saved_queries.style(_DIRECTORY).read_text(encoding="utf-8")


def styled(kind: str) -> set[str]:
    return {name for found, name, _ in _RULE.findall(style()) if found == kind and name}


def test_there_are_saved_queries() -> None:
    assert len(_SAVED) >= 14


def test_the_loader_leaves_the_saved_queries_to_people() -> None:
    loaded = {name.partition("/")[0] for name in queries.load(_DIRECTORY)}
    assert "memories" in loaded
    assert saved_queries.FOLDER not in loaded


@each_query
def test_a_saved_query_survives_the_way_through_an_address(query: SavedQuery) -> None:
    # Browser ends a query from an address at & and #, and draws nothing for several statements.
    assert not re.search("[&#;]", saved_queries.filled(query, {}))


@each_query
def test_a_saved_query_names_its_language(query: SavedQuery) -> None:
    cypher_files.check_language(query.name, cypher_files.without_comments(query.text))


@each_query
def test_a_saved_query_declares_what_it_returns(query: SavedQuery) -> None:
    file = _DIRECTORY / saved_queries.FOLDER / f"{query.name}.cypher"
    parsed = cypher_files.parse(query.name, file.read_text(encoding="utf-8"))
    assert queries.returned_names(cypher_files.without_comments(parsed.text)) == parsed.returns


@each_query
def test_a_limited_query_says_the_order(query: SavedQuery) -> None:
    if re.search(r"^\s*LIMIT", query.text, re.MULTILINE) and "SEARCH" not in query.text:
        assert query.text.count("ORDER BY") == len(re.findall(r"\bLIMIT \d", query.text))


def test_the_text_for_people_is_without_what_the_loader_reads() -> None:
    parsed = saved_queries.parse("one", _SOUND)
    assert parsed.text.splitlines()[:3] == [
        "// One thing.",
        "// :param tenant => 'Default'",
        "// Why it is as it is.",
    ]


@pytest.mark.parametrize(
    ("sound", "broken", "complaint"),
    [
        ("access: read", "access: write", "only reads"),
        ("// :param tenant => 'Default'\n", "", "needs a line"),
        ("// :param tenant => 'Default'\n", "// :param other => 'Default'\n", "needs a line"),
        ("$tenant", "'Default'", "never used"),
    ],
)
def test_a_malformed_saved_query_is_refused_by_name(sound: str, broken: str, complaint: str) -> None:
    assert sound in _SOUND
    with pytest.raises(MalformedQuery, match=f"explore/one: .*{complaint}"):
        saved_queries.parse("one", _SOUND.replace(sound, broken, 1))


def test_the_style_is_nothing_but_rules() -> None:
    assert _RULE.sub("", style()) == ""


def test_every_label_of_the_schema_has_a_style() -> None:
    statements = [statement for file in schema.load(_DIRECTORY) for statement in file.statements]
    labels = {label for statement in statements for label in _LABELLED.findall(statement)}
    assert {"Memory", "Scope", "Tenant"} <= labels
    assert labels - styled("node") == set()


def test_every_relationship_type_of_our_own_has_a_style() -> None:
    assert links.OWN_GRAPH_TYPES - styled("relationship") == set()


def test_a_memory_shows_its_caption() -> None:
    (rules,) = [rules for _, name, rules in _RULE.findall(style()) if name == "Memory"]
    # What stands for a label in the schema picture has a name and no caption.
    assert 'caption: "{caption}{name}";' in rules
