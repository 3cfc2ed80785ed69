"""Keys and tenants: who comes in, and what operators can do."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain.models import ApiKey
from app.errors import Conflict, Forbidden, Gone, InvalidInput, NotFound, Unauthorized, Unavailable
from app.services import Access
from app.services.key_cache import KeyCache
from tests.fake_access import InMemoryAccess
from tests.fakes import FakeClock, InMemoryMemories

SECRET = "operator"


class _Stopwatch:
    """Monotonic seconds that stand still until they are moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class _CountingAccess(InMemoryAccess):
    """The store, counting look-ups and notes of use."""

    def __init__(self) -> None:
        super().__init__()
        self.look_ups = 0
        self.notes = 0
        self.notes_fail = False

    async def key_by_digest(self, digest: str) -> ApiKey | None:
        self.look_ups += 1
        return await super().key_by_digest(digest)

    async def mark_used(self, *, key_id: str, at: object) -> None:
        self.notes += 1
        if self.notes_fail:
            raise Unavailable("the database is away")
        await super().mark_used(key_id=key_id, at=at)  # type: ignore[arg-type]


class _World:
    def __init__(self, *, static_key: str | None = None, setup_secret: str | None = SECRET) -> None:
        self.clock = FakeClock()
        self.stopwatch = _Stopwatch()
        self.store = _CountingAccess()
        self.access = Access(
            store=self.store,
            memories=InMemoryMemories(),
            clock=self.clock,
            static_key=static_key,
            setup_secret=setup_secret,
            memory_limit=None,
            cache=KeyCache(monotonic=self.stopwatch),
        )


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "abc"])
async def test_a_missing_or_malformed_header_says_so(header: str | None) -> None:
    with pytest.raises(Unauthorized, match="Missing or invalid Authorization header"):
        await _World().access.tenant_of(header)


async def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(Unauthorized, match="Invalid API key"):
        await _World().access.tenant_of("Bearer nobody")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_a_key_opens_its_tenant(scheme: str) -> None:
    world = _World()
    made = await world.access.set_up(tenant_name=None, secret=SECRET)
    assert await world.access.tenant_of(f"{scheme} {made.api_key}") == made.tenant_id
    assert made.api_key.startswith("loci_")


async def test_only_the_digest_of_a_key_is_stored() -> None:
    world = _World()
    made = await world.access.set_up(tenant_name=None, secret=SECRET)
    (stored,) = await world.store.keys(tenant_id=None)
    assert made.api_key not in map(str, dataclasses.astuple(stored))


async def test_a_static_key_opens_the_default_tenant_and_is_not_stored() -> None:
    world = _World(static_key="my own")
    await world.access.ensure_default_tenant()
    (tenant,) = await world.store.tenants()
    assert await world.access.tenant_of("Bearer my own") == tenant.id
    assert await world.store.keys(tenant_id=None) == []


async def test_a_static_key_opens_the_default_tenant_also_where_another_is_older() -> None:
    world = _World(static_key="my own")
    older = await world.access.add_tenant("acme")
    world.clock.move(timedelta(seconds=1))
    for _ in range(2):
        await world.access.ensure_default_tenant()
    tenants = {one.name: one.id for one in await world.store.tenants()}
    assert tenants.keys() == {"acme", "Default"}
    assert await world.access.tenant_of("Bearer my own") == tenants["Default"] != older.tenant_id


async def test_a_static_key_may_hold_any_letters() -> None:
    world = _World(static_key="schlüssel 🔑")
    await world.access.ensure_default_tenant()
    as_headers_arrive = "schlüssel 🔑".encode().decode("latin-1")
    assert await world.access.tenant_of(f"Bearer {as_headers_arrive}")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201])
async def test_a_tenant_name_that_nobody_could_type_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await _World().access.add_tenant(name)
    assert "tenant_name" in refusal.value.fields


async def test_a_note_that_cannot_be_written_keeps_nobody_out() -> None:
    world = _World()
    made = await world.access.set_up(tenant_name=None, secret=SECRET)
    world.store.notes_fail = True
    assert await world.access.tenant_of(f"Bearer {made.api_key}") == made.tenant_id


async def test_the_first_start_makes_one_key_and_later_ones_none() -> None:
    world = _World()
    first = await world.access.ensure_first_tenant()
    assert first is not None
    assert await world.access.ensure_first_tenant() is None
    assert await world.access.tenant_of(f"Bearer {first.api_key}") == first.tenant_id


async def test_setup_is_gone_once_there_is_a_tenant() -> None:
    world = _World()
    await world.access.set_up(tenant_name="Acme", secret=SECRET)
    with pytest.raises(Gone):
        await world.access.set_up(tenant_name="Acme", secret=SECRET)


async def test_setup_needs_the_secret_only_where_one_is_set() -> None:
    with pytest.raises(Forbidden):
        await _World().access.set_up(tenant_name=None, secret=None)
    assert (
        await _World(setup_secret=None).access.set_up(tenant_name=None, secret=None)
    ).tenant_name == "Default"


@pytest.mark.parametrize(
    ("configured", "given"), [(SECRET, None), (SECRET, "wrong"), (None, SECRET), (None, None)]
)
async def test_operators_need_the_secret(configured: str | None, given: str | None) -> None:
    access = _World(setup_secret=configured).access
    for refused in (
        access.create_tenant(tenant_name="Acme", secret=given),
        access.create_key(tenant_id=None, label=None, secret=given),
        access.keys(tenant_id=None, secret=given),
        access.revoke(key_id="x", secret=given),
        access.stats(secret=given),
    ):
        with pytest.raises(Forbidden):
            await refused


async def test_a_tenant_name_is_taken_in_any_case() -> None:
    world = _World()
    made = await world.access.create_tenant(tenant_name="Acme", secret=SECRET)
    with pytest.raises(Conflict) as conflict:
        await world.access.create_tenant(tenant_name="ACME", secret=SECRET)
    assert conflict.value.existing_id == made.tenant_id


async def test_a_key_goes_to_the_oldest_tenant_unless_one_is_named() -> None:
    world = _World()
    first = await world.access.create_tenant(tenant_name="Acme", secret=SECRET)
    world.clock.move(timedelta(seconds=1))
    second = await world.access.create_tenant(tenant_name="Globex", secret=SECRET)
    made = await world.access.create_key(tenant_id=None, label="a", secret=SECRET)
    named = await world.access.create_key(tenant_id=second.tenant_id, label="b", secret=SECRET)
    assert (made.tenant_id, named.tenant_id) == (first.tenant_id, second.tenant_id)
    with pytest.raises(NotFound, match="Tenant not found"):
        await world.access.create_key(tenant_id="nobody", label=None, secret=SECRET)


async def test_a_revoked_key_is_refused_at_once() -> None:
    world = _World()
    made = await world.access.set_up(tenant_name=None, secret=SECRET)
    await world.access.tenant_of(f"Bearer {made.api_key}")
    await world.access.revoke(key_id=made.id, secret=SECRET)
    with pytest.raises(Unauthorized):
        await world.access.tenant_of(f"Bearer {made.api_key}")
    with pytest.raises(NotFound, match="Key not found"):
        await world.access.revoke(key_id=made.id, secret=SECRET)


async def test_a_key_revoked_by_another_process_is_refused_within_a_second() -> None:
    world = _World()
    made = await world.access.set_up(tenant_name=None, secret=SECRET)
    await world.access.tenant_of(f"Bearer {made.api_key}")
    await world.store.delete_key(key_id=made.id)
    world.stopwatch.seconds += 1.0
    with pytest.raises(Unauthorized):
        await world.access.tenant_of(f"Bearer {made.api_key}")


async def test_a_busy_key_is_looked_up_rarely_and_its_use_noted_more_rarely() -> None:
    world = _World()
    made = await world.access.set_up(tenant_name=None, secret=SECRET)
    for _ in range(10):
        await world.access.tenant_of(f"Bearer {made.api_key}")
    assert (world.store.look_ups, world.store.notes) == (1, 1)
    world.stopwatch.seconds += 1.0
    await world.access.tenant_of(f"Bearer {made.api_key}")
    assert (world.store.look_ups, world.store.notes) == (2, 1)
    world.stopwatch.seconds += 60.0
    world.clock.move(timedelta(seconds=60))
    await world.access.tenant_of(f"Bearer {made.api_key}")
    assert world.store.notes == 2


async def test_stats_count_everything() -> None:
    world = _World()
    made = await world.access.create_tenant(tenant_name="Acme", secret=SECRET)
    stats = await world.access.stats(secret=SECRET)
    assert [one.name for one in stats.tenants] == ["Acme"]
    assert [one.id for one in stats.api_keys] == [made.id]
    assert (stats.active_memories, stats.memory_limit, stats.plan) == (0, None, "self-hosted")
