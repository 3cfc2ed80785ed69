"""The shell blocks of the how-to pages, run as they are written."""

from collections.abc import Iterator

import pytest

from tests.e2e import documents
from tests.e2e.command import LociProcess

_KEYS, _DATABASE = "docs/howto/keys-and-tenants.md", "docs/howto/database.md"
_SECRET = "secret-of-the-operators"


@pytest.fixture(scope="module")
def operated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LociProcess]:
    """A service whose tenants an operator sets up."""
    data_dir = tmp_path_factory.mktemp("howto") / "data"
    loci = LociProcess(data_dir=data_dir, settings={"LOCI_SETUP_SECRET": _SECRET})
    loci.start()
    try:
        yield loci
    finally:
        loci.stop()


def test_tenants_and_keys_over_http(operated: LociProcess) -> None:
    (block,) = documents.blocks(_KEYS, "run with LOCI_SETUP_SECRET")
    first, second, key, keys, stats = documents.answers(documents.run(operated, block))
    assert (first["tenant_name"], second["tenant_name"]) == ("Default", "globex")
    assert key["tenant_id"] == first["tenant_id"]
    assert [one["tenant_id"] for one in keys["keys"]].count(first["tenant_id"]) == 2
    assert key["id"] in {one["id"] for one in keys["keys"]}
    assert [one["name"] for one in stats["tenants"]] == ["Default", "globex"]
    with operated.client(first["api_key"]) as client:
        assert client.get("/v1/usage").json()["memories_used"] == 0


def test_keys_on_the_command_line(operated: LociProcess) -> None:
    make, end = documents.blocks(_KEYS, "run")
    (usage,) = documents.answers(documents.run(operated, make))
    assert usage["memories_used"] == 0
    assert "agent on the build server" in documents.run(operated, end)


def test_the_database_page_while_it_runs(operated: LociProcess) -> None:
    (block,) = documents.blocks(_DATABASE, "run")
    assert "running as process" in documents.run(operated, block)


def test_the_database_page_while_the_service_is_stopped(operated: LociProcess) -> None:
    operated.stop()
    alone, backup = documents.blocks(_DATABASE, "run stopped")
    said = documents.run(operated, alone)
    assert "until `./loci db stop`" in said
    assert "the database is consistent" in said
    documents.run(operated, backup)
    copied = operated.data_dir.with_name(operated.data_dir.name + ".backup")
    names = {path.name for path in operated.data_dir.iterdir()}
    assert {path.name for path in copied.iterdir()} == names
