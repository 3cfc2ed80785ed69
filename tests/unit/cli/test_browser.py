"""What `loci browser` says and writes without a running server."""

import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner, Result

from app.cli import browser, commands, saved_queries
from app.errors import DatabaseNotStarted, InvalidInput, LociError, NotFound
from app.graph import cypher_files

_SAVED = saved_queries.read_all(cypher_files.default_directory())
_PASSWORD = "password-of-the-graph"


@pytest.fixture(autouse=True)
def an_empty_data_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NEO4J_URI", raising=False)


def loci(*arguments: str) -> Result:
    return CliRunner().invoke(commands.app, ["browser", *arguments])


def refusal(*arguments: str) -> LociError:
    error = loci(*arguments).exception
    assert isinstance(error, LociError)
    return error


@pytest.mark.parametrize("arguments", [(), ("--print",), ("schema",)])
def test_where_nothing_runs_it_says_what_to_start(arguments: tuple[str, ...]) -> None:
    error = refusal(*arguments)
    assert isinstance(error, DatabaseNotStarted)
    assert "./loci serve" in str(error)


def test_a_query_that_is_not_there_is_refused_with_the_way_to_the_list() -> None:
    error = refusal("memorys")
    assert isinstance(error, NotFound)
    assert "memorys" in str(error)
    assert "--queries" in str(error)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("hubs", "--set", "user_id=ann"), "hubs has no parameter user_id; it has: tenant"),
        (("schema", "--set", "tenant=x"), "schema has no parameter tenant; it has: none"),
        (("hubs", "--set", "tenant"), "NAME=VALUE"),
        (("hubs", "--set", "=x"), "NAME=VALUE"),
    ],
)
def test_a_value_that_fits_no_parameter_is_refused(arguments: tuple[str, ...], complaint: str) -> None:
    error = refusal(*arguments)
    assert isinstance(error, InvalidInput)
    assert complaint in str(error)


def test_all_saved_queries_are_listed_with_what_they_show() -> None:
    done = loci("--queries")
    assert done.exit_code == 0
    for query in _SAVED:
        assert f"{query.name} " in done.output
        assert query.purpose in done.output


@pytest.mark.parametrize(
    ("uri", "page"),
    [
        ("bolt://graph.example.org:7687", "http://graph.example.org:7474/browser/"),
        ("neo4j+s://graph.example.org", "https://graph.example.org:7473/browser/"),
        ("bolt://[::1]:7687", "http://[::1]:7474/browser/"),
    ],
)
def test_a_database_of_ones_own_is_named_and_not_opened(
    monkeypatch: pytest.MonkeyPatch, uri: str, page: str
) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)
    monkeypatch.setenv("NEO4J_USERNAME", "reader")
    monkeypatch.setenv("NEO4J_PASSWORD", _PASSWORD)
    done = loci()
    assert done.exit_code == 0
    assert f"{page}?dbms=" in done.output
    assert "reader" in done.output
    assert _PASSWORD not in done.output


def test_an_aura_database_is_opened_in_its_console(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://abc123.databases.neo4j.io")
    monkeypatch.setenv("NEO4J_PASSWORD", _PASSWORD)
    done = loci()
    assert "https://console.neo4j.io" in done.output
    assert "/browser/" not in done.output


def test_a_database_of_ones_own_without_a_sound_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://[broken")
    monkeypatch.setenv("NEO4J_PASSWORD", _PASSWORD)
    assert "bolt://[broken" in str(refusal())


def test_an_address_carries_server_user_and_query() -> None:
    text = "// 50 % of a+b.\nMATCH (n) RETURN n"
    found = browser.address("http://here/browser/", uri="bolt://here:1", username="a@b", text=text)
    arguments = parse_qs(urlsplit(found).query)
    assert arguments == {"dbms": ["bolt://a%40b@here:1"], "cmd": ["edit"], "arg": [text]}


def test_favorites_are_one_folder_that_begins_with_the_values(tmp_path: Path) -> None:
    file = tmp_path / "loci.zip"
    assert loci("--favorites", str(file)).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {Path(name).parent.name for name in texts} == {"Loci"}
    titles = sorted(text.partition("\n")[0] for text in texts.values())
    assert titles[:2] == ["// 1. Set the values", "// Around memory"]
    assert len(titles) == len(_SAVED) + 1
    assert ":param user_id => 'ann';" in texts["Loci/parameters.cypher"]


def test_favorites_that_browser_would_not_take_are_refused(tmp_path: Path) -> None:
    assert "ends in .zip" in str(refusal("--favorites", str(tmp_path / "loci.cypher")))


def test_favorites_that_cannot_be_written_are_a_clear_sentence(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "loci.zip"
    assert str(refusal("--favorites", str(file))) == f"{file} cannot be written: No such file or directory"
