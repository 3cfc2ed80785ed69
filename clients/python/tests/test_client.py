"""The clients themselves: where they get their settings, that they are twins, and how they end."""

import inspect
from typing import cast

import httpx2
import pytest

from every_call import ONE_OF_EACH
from loci_client import Agents, AsyncAgents, AsyncLoci, AsyncSpaces, AsyncTeams, Loci, Spaces, Teams
from samples import PAGE, USAGE
from stand_ins import KEY, OpenClient, ScriptedService, answer

GROUPS = {"agents": (Agents, AsyncAgents), "teams": (Teams, AsyncTeams), "spaces": (Spaces, AsyncSpaces)}
TWINS: list[tuple[type, type]] = [(Loci, AsyncLoci), *GROUPS.values()]


def public(kind: type) -> list[str]:
    return sorted(name for name in vars(kind) if not name.startswith("_"))


METHODS = [
    (blocking, awaited, name)
    for blocking, awaited in TWINS
    for name in public(blocking)
    if name not in GROUPS
]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOCI_API_KEY", "LOCI_URL"):
        monkeypatch.delenv(name, raising=False)


class Named:
    """Keeps the names by which calls are reached, and calls nothing."""

    def __init__(self, names: set[str], *, reached: str = "") -> None:
        self._names = names
        self._reached = reached

    def __getattr__(self, name: str) -> "Named":
        return Named(self._names, reached=f"{self._reached}{name}.")

    def __call__(self, *args: object, **kwargs: object) -> None:
        self._names.add(self._reached[:-1])


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


@pytest.mark.parametrize(("blocking", "awaited", "name"), METHODS)
def test_both_clients_have_the_same_methods(blocking: type, awaited: type, name: str) -> None:
    one, other = getattr(blocking, name), getattr(awaited, name)
    assert list(inspect.signature(one).parameters) == list(inspect.signature(other).parameters)
    assert one.__doc__ == other.__doc__


@pytest.mark.parametrize(("blocking", "awaited"), TWINS)
def test_the_asynchronous_client_has_no_method_more(blocking: type, awaited: type) -> None:
    assert public(awaited) == public(blocking)


def test_every_call_of_the_clients_is_among_those_that_all_tests_use() -> None:
    used: set[str] = set()
    for act, _, _ in ONE_OF_EACH:
        act(cast(Loci, Named(used)))
    groups = {blocking: f"{name}." for name, (blocking, _) in GROUPS.items()}
    calls = {groups.get(kind, "") + name for kind, _, name in METHODS}
    assert {*used, "perform", "close", "list_all", "spaces.list_all"} == calls


def test_help_shows_a_method_as_it_is_called() -> None:
    with Loci(KEY, transport=on(ScriptedService())) as client:
        shown = str(inspect.signature(client.traverse))
    expected = "(memory_id: str, *, depth: int | None = None, relationship_type: str | None = None)"
    assert shown == f"{expected} -> loci_client.graph_models.Traversal"


def test_help_shows_what_a_walk_brings() -> None:
    with Loci(KEY, transport=on(ScriptedService())) as client:
        shown = str(inspect.signature(client.spaces.list_all))
    assert shown == "(*, page_size: int = 1000) -> collections.abc.Iterator[loci_client.space_models.Space]"


@pytest.mark.parametrize(("blocking", "awaited", "name"), METHODS)
def test_every_method_says_what_it_does(blocking: type, awaited: type, name: str) -> None:
    assert (getattr(blocking, name).__doc__ or "").strip()


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
