"""The clients themselves: where they get their settings, that they are twins, and how they end."""

import inspect

import httpx2
import pytest

from loci_client import AsyncLoci, Loci
from samples import PAGE, USAGE
from stand_ins import KEY, OpenClient, ScriptedService, answer

PUBLIC = sorted(name for name in vars(Loci) if not name.startswith("_"))


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOCI_API_KEY", "LOCI_URL"):
        monkeypatch.delenv(name, raising=False)


def asked(client: Loci, service: ScriptedService) -> tuple[str, str]:
    with client:
        client.usage()
    return str(service.request.url), service.request.headers["Authorization"]


def on(service: ScriptedService) -> httpx2.MockTransport:
    return httpx2.MockTransport(service)


def test_key_and_address_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCI_API_KEY", "from-outside")
    monkeypatch.setenv("LOCI_URL", "http://other:1/")
    service = ScriptedService(answer(USAGE))
    assert asked(Loci(transport=on(service)), service) == ("http://other:1/v1/usage", "Bearer from-outside")


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCI_API_KEY", "from-outside")
    monkeypatch.setenv("LOCI_URL", "http://other:1/")
    service = ScriptedService(answer(USAGE))
    client = Loci(KEY, "http://here:2", transport=on(service))
    assert asked(client, service) == ("http://here:2/v1/usage", f"Bearer {KEY}")


def test_without_an_address_this_machine_is_asked() -> None:
    service = ScriptedService(answer(USAGE))
    assert asked(Loci(KEY, transport=on(service)), service)[0] == "http://127.0.0.1:3010/v1/usage"


@pytest.mark.parametrize("kind", [Loci, AsyncLoci])
def test_no_key_at_all_is_refused_with_what_to_do(kind: type[Loci] | type[AsyncLoci]) -> None:
    with pytest.raises(ValueError, match="give api_key, or set LOCI_API_KEY"):
        kind()


@pytest.mark.parametrize("key", ["line\nbreak", "schlüssel"])
def test_a_key_that_no_header_can_carry_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ValueError, match="no header can carry") as caught:
        Loci(key)
    assert key not in str(caught.value)


def test_an_address_without_a_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="http:// or https://"):
        Loci(KEY, "localhost:3010")


def test_every_wait_for_the_network_is_limited() -> None:
    service = ScriptedService(answer(USAGE))
    asked(Loci(KEY, timeout_seconds=7.5, transport=on(service)), service)
    assert set(service.request.extensions["timeout"].values()) == {7.5}


async def test_every_wait_of_the_asynchronous_client_is_limited() -> None:
    service = ScriptedService(answer(USAGE))
    async with AsyncLoci(KEY, timeout_seconds=7.5, transport=on(service)) as client:
        await client.usage()
    assert set(service.request.extensions["timeout"].values()) == {7.5}


def test_making_a_client_sends_nothing(open_client: OpenClient) -> None:
    service = ScriptedService()
    open_client(service)
    assert service.requests == []


@pytest.mark.parametrize("name", PUBLIC)
def test_both_clients_have_the_same_methods(name: str) -> None:
    blocking, awaited = getattr(Loci, name), getattr(AsyncLoci, name)
    assert list(inspect.signature(blocking).parameters) == list(inspect.signature(awaited).parameters)
    assert blocking.__doc__ == awaited.__doc__


def test_the_asynchronous_client_has_no_method_more() -> None:
    assert sorted(name for name in vars(AsyncLoci) if not name.startswith("_")) == PUBLIC


def test_help_shows_a_method_as_it_is_called() -> None:
    with Loci(KEY, transport=on(ScriptedService())) as client:
        shown = str(inspect.signature(client.traverse))
    expected = "(memory_id: str, *, depth: int | None = None, relationship_type: str | None = None)"
    assert shown == f"{expected} -> loci_client.graph_models.Traversal"


@pytest.mark.parametrize("name", PUBLIC)
def test_every_method_says_what_it_does(name: str) -> None:
    assert (getattr(Loci, name).__doc__ or "").strip()


def test_a_closed_client_is_not_used_again() -> None:
    client = Loci(KEY, transport=on(ScriptedService()))
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.usage()


async def test_an_asynchronous_client_closes_at_the_end_of_its_block() -> None:
    async with AsyncLoci(KEY, transport=on(ScriptedService(answer(USAGE)))) as client:
        assert (await client.usage()).memories_used == 12
    with pytest.raises(RuntimeError, match="closed"):
        await client.usage()


async def test_an_asynchronous_walk_is_an_async_for() -> None:
    async with AsyncLoci(KEY, transport=on(ScriptedService(answer(PAGE)))) as client:
        assert [one.id async for one in client.list_all("ann")] == []
