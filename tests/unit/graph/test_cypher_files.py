"""What the loader accepts and refuses, and where it looks."""

from pathlib import Path

import pytest

from app.graph import cypher_files, queries, schema
from app.graph.cypher_files import Access, MalformedQuery

_SOUND = """\
// Finds a thing.
// access: read
// params: tenant_id, name
// returns: id, name
// Why it is as it is.
CYPHER 25
MATCH (t:Thing {tenant_id: $tenant_id, name: $name})
RETURN t.id AS id, t.name AS name
ORDER BY id
"""


_STEP = """\
// A step.
// access: schema
// params: none
// returns: none
CYPHER 25 CREATE INDEX a IF NOT EXISTS FOR (t:Thing) ON (t.a);
"""


def directory(tmp_path: Path, *texts: str, folder: str = "things") -> Path:
    (tmp_path / folder).mkdir()
    for number, text in enumerate(texts, start=1):
        (tmp_path / folder / f"{number:04d}_one.cypher").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_file_becomes_a_query(tmp_path: Path) -> None:
    loaded = queries.load(directory(tmp_path, _SOUND))
    query = loaded["things/0001_one"]
    assert (query.purpose, query.access) == ("Finds a thing.", Access.READ)
    assert query.params == {"tenant_id", "name"}
    assert query.returns == ("id", "name")
    assert query.text == _SOUND


@pytest.mark.parametrize(
    ("sound", "broken", "complaint"),
    [
        ("// Finds a thing.\n", "", "sentence of purpose"),
        ("Finds a thing.", "Finds a thing", "sentence of purpose"),
        ("// access: read\n", "", "expected `// access"),
        (
            "// access: read\n// params: tenant_id, name\n",
            "// params: tenant_id, name\n// access: read\n",
            "access",
        ),
        ("access: read", "access: rite", "read, write or schema"),
        ("// returns: id, name\n", "", "expected `// returns"),
        ("params: tenant_id, name", "params: tenant_id, name, age", r"never used: \['age'\]"),
        ("params: tenant_id, name", "params: tenant_id", r"not declared: \['name'\]"),
        ("// returns: id, name", "// returns: id", "declares to return"),
        ("// returns: id, name", "// returns: name, id", "declares to return"),
        ("// returns: id, name", "// returns: none", "declares to return"),
        ("CYPHER 25\n", "", "begins with CYPHER 25"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, sound: str, broken: str, complaint: str) -> None:
    assert sound in _SOUND
    with pytest.raises(MalformedQuery, match=rf"things/0001_one: .*{complaint}"):
        queries.load(directory(tmp_path, _SOUND.replace(sound, broken, 1)))


def test_a_parameter_named_only_in_a_comment_does_not_count() -> None:
    text = _SOUND.replace("// Why it is as it is.", "// Why $other is not here.")
    assert cypher_files.parse("things/one", text).params == {"tenant_id", "name"}


def test_a_long_header_line_may_be_continued() -> None:
    text = _SOUND.replace("// returns: id, name", "// returns: id,\n//   name")
    assert cypher_files.parse("things/one", text).returns == ("id", "name")


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("MATCH (n) SET n.a = 1", ()),
        ("MATCH (n) RETURN DISTINCT n.a AS a", ("a",)),
        (
            "MATCH (n) RETURN head(COLLECT { MATCH (m) RETURN m.id ORDER BY m.id }) AS first, b",
            ("first", "b"),
        ),
        ("CALL (x) { RETURN x AS y UNION RETURN 1 AS y } RETURN y SKIP 1 LIMIT 2", ("y",)),
    ],
)
def test_the_columns_are_those_of_the_outermost_return(statement: str, names: tuple[str, ...]) -> None:
    assert queries.returned_names(statement) == names


def test_queries_for_people_are_not_loaded(tmp_path: Path) -> None:
    directory(tmp_path, "MATCH (n) RETURN n", folder="explore")
    assert queries.load(tmp_path) == {}


def test_schema_files_are_numbered_without_a_gap(tmp_path: Path) -> None:
    place = directory(tmp_path, _STEP, _STEP, _STEP, folder="schema")
    assert [file.version for file in schema.load(place)] == [1, 2, 3]
    (place / "schema" / "0002_one.cypher").unlink()
    with pytest.raises(MalformedQuery, match="not numbered"):
        schema.load(place)


def test_a_checksum_does_not_depend_on_line_ends(tmp_path: Path) -> None:
    place = directory(tmp_path, _STEP, folder="schema")
    (file,) = schema.load(place)
    (place / "schema" / "0001_one.cypher").write_bytes(_STEP.replace("\n", "\r\n").encode())
    assert schema.load(place)[0].checksum == file.checksum
    (place / "schema" / "0001_one.cypher").write_text(_STEP.replace("INDEX a", "INDEX b"))
    assert schema.load(place)[0].checksum != file.checksum


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("CREATE CONSTRAINT a_id IF NOT EXISTS\nFOR (a:A) REQUIRE a.id IS UNIQUE", "a_id"),
        ("CREATE INDEX plain IF NOT EXISTS FOR (a:A) ON (a.b)", "plain"),
        ("CREATE RANGE INDEX by_age IF NOT EXISTS FOR (a:A) ON (a.age)", "by_age"),
        ("CREATE VECTOR INDEX near IF NOT EXISTS FOR (a:A) ON a.v OPTIONS {indexConfig: {}}", "near"),
        ("CREATE FULLTEXT INDEX words\n  IF NOT EXISTS FOR (a:A) ON EACH [a.text]", "words"),
    ],
)
def test_a_schema_statement_says_what_it_creates(statement: str, name: str) -> None:
    assert schema.created_name(f"CYPHER 25 {statement}") == name


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX plain FOR (a:A) ON (a.b)",
        "CREATE INDEX IF NOT EXISTS FOR (a:A) ON (a.b)",
        "DROP INDEX plain IF EXISTS",
    ],
    ids=["fails when repeated", "has no name", "creates nothing"],
)
def test_a_schema_statement_that_cannot_be_repeated_by_name_is_refused(statement: str) -> None:
    with pytest.raises(MalformedQuery, match="IF NOT EXISTS"):
        schema.created_name(f"CYPHER 25 {statement}")


def test_every_schema_file_knows_what_it_creates() -> None:
    created = [name for file in schema.load(cypher_files.default_directory()) for name in file.creates]
    assert {"write_lock_key", "memory_by_age", "memory_embedding", "memory_words"} <= set(created)
    assert len(set(created)) == len(created)


def test_a_schema_file_knows_what_it_drops_and_that_it_does_not_make_it(tmp_path: Path) -> None:
    step = _STEP + "CYPHER 25 DROP INDEX older IF EXISTS;\n"
    (file,) = schema.load(directory(tmp_path, step, folder="schema"))
    assert (file.creates, file.drops, len(file.statements)) == (("a",), ("older",), 2)


def test_a_schema_file_drops_only_what_an_earlier_one_made() -> None:
    made = set[str]()
    for file in schema.load(cypher_files.default_directory()):
        assert set(file.drops) <= made, file.name
        made |= set(file.creates)


def test_the_files_of_a_checkout_are_found_beside_the_package() -> None:
    assert cypher_files.default_directory() == Path(__file__).parents[3] / "cypher"
