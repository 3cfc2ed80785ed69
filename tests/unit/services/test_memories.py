"""Single memories: read, change, delete, list, count."""

from datetime import timedelta

import pytest

from app.domain.models import Visibility
from app.errors import InvalidInput, NotFound
from app.services.memories import Change, ListRequest
from app.services.remember import Draft
from tests.unit.assembled import World

TENANT = "tenant"


class _World:
    def __init__(self) -> None:
        world = World(memory_limit=100)
        self.clock, self.store = world.clock, world.memories
        self.memories, self._remember = world.single_memories(), world.remember()

    async def stored(self, text: str = "Likes tea", importance: float = 0.5) -> str:
        draft = Draft(user_id="ann", text=text, importance=importance)
        return (await self._remember.one(draft, tenant_id=TENANT)).memory_id

    async def change(
        self,
        memory_id: str,
        *,
        importance: float | None = None,
        visibility: Visibility | None = None,
        team_id: str | None = None,
    ) -> None:
        change = Change(
            tenant_id=TENANT,
            memory_id=memory_id,
            importance=importance,
            visibility=visibility,
            team_id=team_id,
        )
        await self.memories.change(change)


async def test_a_memory_fades_as_the_clock_moves_and_reading_does_not_refresh_it() -> None:
    world = _World()
    memory_id = await world.stored(importance=0.7)
    world.clock.move(timedelta(days=7))
    for _ in range(2):
        detail = await world.memories.get(tenant_id=TENANT, memory_id=memory_id)
        assert detail.decay == pytest.approx(0.5)  # pyright: ignore[reportUnknownMemberType]


async def test_unknown_foreign_and_deleted_memories_are_not_found() -> None:
    world = _World()
    memory_id = await world.stored()
    for tenant_id, wanted in ((TENANT, "nobody"), ("another", memory_id)):
        with pytest.raises(NotFound, match="Memory not found"):
            await world.memories.get(tenant_id=tenant_id, memory_id=wanted)
        with pytest.raises(NotFound, match="already deleted"):
            await world.memories.delete(tenant_id=tenant_id, memory_id=wanted)
    await world.memories.delete(tenant_id=TENANT, memory_id=memory_id)
    with pytest.raises(NotFound):
        await world.memories.get(tenant_id=TENANT, memory_id=memory_id)


async def test_a_new_importance_changes_the_half_life_for_the_whole_age() -> None:
    world = _World()
    memory_id = await world.stored(importance=0.2)
    world.clock.move(timedelta(days=10))
    await world.change(memory_id, importance=1.0)
    detail = await world.memories.get(tenant_id=TENANT, memory_id=memory_id)
    assert detail.decay == pytest.approx(0.5)  # pyright: ignore[reportUnknownMemberType]


async def test_a_change_of_nothing_is_refused() -> None:
    world = _World()
    with pytest.raises(InvalidInput, match="Nothing to update"):
        await world.change(await world.stored())


async def test_sharing_needs_a_team_that_exists() -> None:
    world = _World()
    memory_id = await world.stored()
    with pytest.raises(InvalidInput) as refusal:
        await world.change(memory_id, visibility=Visibility.TEAM)
    assert "team_id" in refusal.value.fields
    with pytest.raises(NotFound, match="Team not found"):
        await world.change(memory_id, team_id="nobody")
    with pytest.raises(NotFound, match="Memory not found"):
        await world.change("nobody", team_id="nobody")


async def test_making_a_memory_private_ignores_a_team() -> None:
    world = _World()
    memory_id = await world.stored()
    await world.change(memory_id, visibility=Visibility.PRIVATE, team_id="nobody")


async def test_a_listing_is_newest_first_with_the_last_to_arrive_before_its_equals() -> None:
    world = _World()
    ids = [await world.stored(f"Visited place {number}") for number in range(3)]
    page = await world.memories.page(ListRequest(tenant_id=TENANT, user_id="ann", limit=2, offset=0))
    assert [one.id for one in page.memories] == ids[:0:-1]
    assert page.total == 3


async def test_usage_counts_active_memories() -> None:
    world = _World()
    await world.memories.delete(tenant_id=TENANT, memory_id=await world.stored())
    await world.stored("Likes milk")
    usage = await world.memories.usage(tenant_id=TENANT)
    assert (usage.used, usage.limit, usage.plan) == (1, 100, "self-hosted")
