"""`loci browser` beside a running service, and the page about it, as it is written."""

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import httpx2
import pytest

from tests import raw_cypher
from tests.databases import TestDatabase
from tests.e2e import command, documents
from tests.e2e.command import ROOT, LociProcess

_PAGE = "docs/howto/browser.md"


def printed(text: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+) +(.*)$", text, re.MULTILINE))


async def test_the_page_about_browser(loci: LociProcess, tmp_path: Path) -> None:
    show, queries, favorites = documents.blocks(_PAGE, "run")
    said = printed(documents.run(loci, show))
    page = httpx2.get(said["address"].partition("?")[0], timeout=30, trust_env=False)
    assert "Neo4j Browser" in page.text
    assert Path(said["style"].partition(",")[0]).is_file()
    assert "memories_of_user" in documents.run(loci, queries)
    assert str(tmp_path / "loci.zip") in documents.run(loci, favorites, TMPDIR=str(tmp_path))
    assert (tmp_path / "loci.zip").is_file()


async def test_the_printed_login_opens_the_database(loci: LociProcess) -> None:
    said = printed(command.run("browser", "--print", LOCI_DATA_DIR=loci.data_dir).stdout)
    (uri,) = parse_qs(urlsplit(said["address"]).query)["dbms"]
    database = TestDatabase(
        uri=uri.replace("neo4j@", ""), username=said["user"], password=said["password"], origin="printed"
    )
    async with raw_cypher.open_raw(database) as raw:
        assert (await raw.run("MATCH (one:Tenant) RETURN count(one) AS tenants"))[0]["tenants"] > 0


@pytest.fixture
def web_browser(tmp_path: Path) -> Path:
    """A program that takes the place of a web browser and keeps the address that it is given."""
    program = tmp_path / "web-browser"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$1" >> "$0.address"\n')
    program.chmod(0o755)
    return program


def test_the_commands_of_the_page_open_what_they_say(loci: LociProcess, web_browser: Path) -> None:
    blocks = documents.blocks(_PAGE, "run with a web browser")
    documents.run(loci, "".join(blocks), BROWSER=str(web_browser))
    opened = web_browser.with_name("web-browser.address").read_text().splitlines()
    texts = [parse_qs(urlsplit(address).query).get("arg", [""])[0] for address in opened]
    assert len(blocks) == 4
    for text, part in zip(texts, ("", "'maya'", "'harbour-bakers'", "'019aa5a1-...'"), strict=True):
        assert part in text


def test_it_opens_a_query_with_its_values_and_never_the_password(
    loci: LociProcess, web_browser: Path
) -> None:
    arguments = ("browser", "memories_of_user", "--set", "user_id=O'Neill & Söhne")
    done = command.run(*arguments, LOCI_DATA_DIR=loci.data_dir, BROWSER=web_browser)
    assert done.returncode == 0, done.stderr
    address = web_browser.with_name("web-browser.address").read_text()
    (text,) = parse_qs(urlsplit(address).query)["arg"]
    assert r"user.id = 'O\'Neill \u0026 Söhne'" in text
    assert "address" not in printed(done.stdout)
    assert printed(done.stdout)["password"] not in unquote(address)


def test_without_a_display_it_prints_the_address(loci: LociProcess) -> None:
    done = command.run("browser", LOCI_DATA_DIR=loci.data_dir, DISPLAY="", WAYLAND_DISPLAY="", BROWSER="lynx")
    assert done.returncode == 0, done.stderr
    assert printed(done.stdout)["address"].startswith("http://127.0.0.1:")


def test_where_nothing_runs_it_fails_with_a_sentence(tmp_path: Path) -> None:
    done = command.run("browser", "--print", LOCI_DATA_DIR=tmp_path / "none")
    assert done.returncode == 1
    assert "start it with `./loci serve`" in done.stderr
    assert done.stdout == ""


def test_the_pictures_of_the_page_are_there() -> None:
    pictures = re.findall(r"\]\((\.\./images/[^)]+)\)", (ROOT / _PAGE).read_text())
    sizes = [((ROOT / _PAGE).parent / picture).stat().st_size for picture in pictures]
    assert len(sizes) >= 4
    assert max(sizes) < 300_000
