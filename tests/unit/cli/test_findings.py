"""What doctor says of a port, a schema, an index and a model, from the facts alone."""

import dataclasses
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli import findings
from app.cli.findings import Finding
from app.domain.models import EmbeddingModel
from app.embedding import ModelFiles
from app.graph.health import Description

_MODEL = ModelFiles(name="small", folder=Path("small"), digest="a" * 64)
_SOUND = Description(
    version="2026.08.1",
    edition="community",
    schema_version=6,
    newest_schema_version=6,
    schema_refusal=None,
    index_states={"memory_embedding": "ONLINE", "memory_words": "ONLINE"},
    missing_indexes=[],
    embedding_model=EmbeddingModel(name="small", dimensions=384, digest="a" * 64),
    nodes={"Memory": 3},
)


@contextmanager
def taken(host: str) -> Generator[int]:
    """A port of `host` at which a server listens."""
    with socket.create_server((host, 0), family=family(host)) as listener:
        yield int(listener.getsockname()[1])


def family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def free_port(host: str) -> int:
    with taken(host) as port:
        return port


def said(name: str, found: Description, model: ModelFiles | None = _MODEL) -> Finding:
    (one,) = [one for one in findings.database(found, model=model) if one.name == name]
    return one


each_address = pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])


@each_address
def test_a_free_port_is_well(host: str) -> None:
    assert findings.listening(host, free_port(host), loci_runs=False).ok


@each_address
def test_a_taken_port_is_well_only_while_loci_runs(host: str) -> None:
    with taken(host) as port:
        assert findings.listening(host, port, loci_runs=True).ok
        refused = findings.listening(host, port, loci_runs=False)
    assert (refused.ok, refused.detail) == (False, f"{port} is in use")
    assert "LOCI_PORT" in refused.remedy


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_not_well_even_while_loci_runs(host: str) -> None:
    refused = findings.listening(host, 3010, loci_runs=True)
    assert not refused.ok
    assert "LOCI_HOST" in refused.remedy


def test_a_database_that_never_started_has_no_ports_to_look_at() -> None:
    assert findings.database_port("Bolt port", wanted=None, remembered=None, setting="X") == []


def test_a_port_that_was_asked_for_must_be_free() -> None:
    with taken("127.0.0.1") as port:
        (refused,) = findings.database_port(
            "Bolt port", wanted=port, remembered=free_port("127.0.0.1"), setting="LOCI_NEO4J_BOLT_PORT"
        )
    assert not refused.ok
    assert "LOCI_NEO4J_BOLT_PORT" in refused.remedy


def test_a_remembered_port_that_is_taken_is_replaced_and_said_so() -> None:
    with taken("127.0.0.1") as port:
        (found,) = findings.database_port("Bolt port", wanted=None, remembered=port, setting="X")
    assert (found.ok, found.detail) == (True, f"{port} is in use; the next start picks another")


def test_a_remembered_port_that_is_free_is_well() -> None:
    port = free_port("127.0.0.1")
    (found,) = findings.database_port("Bolt port", wanted=None, remembered=port, setting="X")
    assert (found.ok, found.detail) == (True, f"{port} is free")


def test_a_sound_database_is_well_in_every_respect() -> None:
    found = findings.database(_SOUND, model=_MODEL)
    assert [(one.name, one.ok, one.remedy) for one in found] == [
        (name, True, "") for name in ("database", "schema", "indexes", "vectors")
    ]


def test_an_older_schema_is_brought_up_to_date_by_serving() -> None:
    found = said("schema", dataclasses.replace(_SOUND, schema_version=5))
    assert (found.ok, found.detail) == (False, "5 of 6")
    assert "serve" in found.remedy


def test_a_schema_that_a_start_would_refuse_is_reported_in_the_same_words() -> None:
    found = said("schema", dataclasses.replace(_SOUND, schema_version=7, schema_refusal="update Loci"))
    assert (found.ok, found.remedy) == (False, "update Loci")


def test_a_missing_index_is_named_and_a_start_makes_it() -> None:
    found = said("indexes", dataclasses.replace(_SOUND, missing_indexes=["memory_by_age"]))
    assert (found.ok, found.detail) == (False, "memory_by_age MISSING")
    assert "serve" in found.remedy


def test_an_index_that_is_being_filled_has_to_be_waited_for() -> None:
    found = said("indexes", dataclasses.replace(_SOUND, index_states={"memory_words": "POPULATING"}))
    assert (found.ok, found.detail) == (False, "memory_words POPULATING")
    assert "wait" in found.remedy


@pytest.mark.parametrize(
    "configured",
    [dataclasses.replace(_MODEL, name="other"), dataclasses.replace(_MODEL, digest="b" * 64)],
    ids=["name", "weights"],
)
def test_vectors_of_another_model_than_the_configured_one_are_not_well(configured: ModelFiles) -> None:
    found = said("vectors", _SOUND, configured)
    assert not found.ok
    assert "LOCI_EMBEDDING_MODEL" in found.remedy
    assert f"{configured.name}, SHA-256 {configured.digest[:12]}" in found.remedy


def test_a_database_without_vectors_takes_any_model() -> None:
    found = said("vectors", dataclasses.replace(_SOUND, embedding_model=None))
    assert (found.ok, found.detail) == (True, "none yet")
