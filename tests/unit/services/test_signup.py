"""Signing up: who gets a tenant, and how often."""

import dataclasses

import pytest

from app.errors import Conflict, NotFound, RateLimited
from app.services import Access, Signup
from app.services.signup import Attempts
from tests.fake_access import InMemoryAccess
from tests.fakes import FakeClock, InMemoryMemories

HOUR = 3600.0


class _Stopwatch:
    """Monotonic seconds that stand still until they are moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch() -> _Stopwatch:
    return _Stopwatch()


@pytest.fixture
def signup(clock: FakeClock, stopwatch: _Stopwatch) -> Signup:
    access = Access(
        store=InMemoryAccess(),
        memories=InMemoryMemories(),
        clock=clock,
        static_key=None,
        setup_secret=None,
        memory_limit=None,
    )
    return Signup(access=access, is_open=True, attempts=Attempts(monotonic=stopwatch))


async def sign_up(signup: Signup, number: int, *, address: str = "10.0.0.1") -> None:
    await signup.sign_up(email=f"user{number}@example.org", client_address=address)


async def test_the_key_opens_a_new_tenant(signup: Signup) -> None:
    first = await signup.sign_up(email="ann@example.org", client_address="")
    second = await signup.sign_up(email="ben@example.org", client_address="")
    assert first.tenant_id != second.tenant_id
    assert await signup.access.tenant_of(f"Bearer {first.api_key}") == first.tenant_id


async def test_a_known_address_is_refused_in_any_case_and_tells_no_id(signup: Signup) -> None:
    await signup.sign_up(email="ann@example.org", client_address="")
    with pytest.raises(Conflict, match="has a tenant already") as refused:
        await signup.sign_up(email="Ann@Example.org", client_address="")
    assert refused.value.existing_id is None


async def test_nobody_signs_up_where_that_is_off(signup: Signup) -> None:
    closed = dataclasses.replace(signup, is_open=False)
    with pytest.raises(NotFound, match="Signup is off"):
        await sign_up(closed, 1)
    assert await signup.access.store.tenants() == []


async def test_the_sixth_within_an_hour_waits_until_the_first_is_an_hour_old(
    signup: Signup, stopwatch: _Stopwatch
) -> None:
    for number in range(5):
        stopwatch.seconds = 60.0 * number
        await sign_up(signup, number)
    with pytest.raises(RateLimited) as refused:
        await sign_up(signup, 5)
    assert refused.value.retry_after_seconds == HOUR - 240
    stopwatch.seconds = HOUR - 0.5
    with pytest.raises(RateLimited) as refused:
        await sign_up(signup, 5)
    assert refused.value.retry_after_seconds == 1
    stopwatch.seconds = HOUR
    await sign_up(signup, 5)
    with pytest.raises(RateLimited):
        await sign_up(signup, 6)
    assert len(await signup.access.store.tenants()) == 6


async def test_each_client_address_counts_by_itself(signup: Signup) -> None:
    for number in range(10):
        await sign_up(signup, number, address=f"10.0.0.{number % 2}")
    with pytest.raises(RateLimited):
        await sign_up(signup, 10, address="10.0.0.0")


async def test_asking_for_known_addresses_counts_too(signup: Signup) -> None:
    await sign_up(signup, 0)
    for _ in range(4):
        with pytest.raises(Conflict):
            await sign_up(signup, 0)
    with pytest.raises(RateLimited):
        await sign_up(signup, 0)


def test_of_many_addresses_the_one_not_heard_of_for_longest_is_forgotten(stopwatch: _Stopwatch) -> None:
    attempts = Attempts(monotonic=stopwatch, most_addresses=3)
    for _ in range(5):
        attempts.note("busy")
    for number in range(3):
        attempts.note(f"{number}")
    attempts.note("busy")
