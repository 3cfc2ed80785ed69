"""Which port is chosen."""

import socket
from collections.abc import Iterator

import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j import ports


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_remembered_port_is_kept_while_it_is_free() -> None:
    free = ports.choose(wanted=None, remembered=None)
    assert ports.choose(wanted=None, remembered=free) == free


def test_a_remembered_port_that_is_taken_is_given_up(busy: int) -> None:
    assert ports.choose(wanted=None, remembered=busy) != busy


def test_a_wanted_port_that_is_taken_is_an_error_that_names_it(busy: int) -> None:
    with pytest.raises(DatabaseNotStarted, match=f"Port {busy} .* is in use.*LOCI_NEO4J_BOLT_PORT"):
        ports.choose(wanted=busy, remembered=None)


def test_a_picked_port_lies_outside_the_ranges_of_clients() -> None:
    assert 20_000 <= ports.choose(wanted=None, remembered=None) < 32_768


def test_one_wanted_port_for_both_is_an_error_that_names_the_settings() -> None:
    free = ports.choose(wanted=None, remembered=None)
    with pytest.raises(DatabaseNotStarted, match=r"LOCI_NEO4J_BOLT_PORT and LOCI_NEO4J_HTTP_PORT"):
        ports.choose(wanted=free, remembered=None, taken=free)


def test_a_remembered_port_that_the_other_has_now_is_given_up() -> None:
    free = ports.choose(wanted=None, remembered=None)
    assert ports.choose(wanted=None, remembered=free, taken=free) != free
