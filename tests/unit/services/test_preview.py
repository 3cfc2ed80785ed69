"""What storing would do: as the judge decides, and nothing is written."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.domain.admission import OnConflict
from app.domain.judge import Comparison, Keep, Ruling, Supersede, Verdict
from app.domain.models import Neighbour
from app.errors import InvalidInput, NotFound
from app.services.remember import Action, Draft
from tests.unit.assembled import World

TENANT = "tenant"


def draft(text: str, **members: object) -> Draft:
    return Draft(**{"user_id": "ann", "text": text, **members})  # pyright: ignore[reportArgumentType]  # as given


def contradicting(text: str, *, among: Sequence[Neighbour]) -> Ruling:
    """A judge to whom each fact replaces all others."""
    targets = [
        Comparison(memory_id=one.memory.id, verdict=Verdict.REPLACES, reason="all but one", cosine=one.cosine)
        for one in among
        if one.memory.text != text
    ]
    return Supersede(targets=targets, reason="all but one") if targets else Keep(reason="the first")


async def stored(world: World, text: str, **members: object) -> str:
    return (await world.remember().one(draft(text, **members), tenant_id=TENANT)).memory_id


async def test_a_new_fact_would_be_stored() -> None:
    judged = await World().preview().judge(draft("Likes tea"), tenant_id=TENANT)
    assert (judged.action, judged.memory_id, judged.candidates) == (Action.STORED, None, [])
    assert judged.reason


async def test_a_known_fact_would_be_a_duplicate_of_the_memory_that_holds_it() -> None:
    world = World()
    known = await stored(world, "Likes tea")
    judged = await world.preview().judge(draft("likes TEA."), tenant_id=TENANT)
    assert (judged.action, judged.memory_id) == (Action.DUPLICATE, known)
    assert [(one.memory.id, one.comparison.verdict) for one in judged.candidates] == [(known, Verdict.SAME)]


async def test_a_contradicting_fact_would_replace_and_is_compared_with_all() -> None:
    world = World(judge=contradicting)
    old = await stored(world, "Lives in Rome")
    judged = await world.preview().judge(draft("Lives in Oslo"), tenant_id=TENANT)
    assert (judged.action, judged.replaced_ids, judged.replaced_by) == (Action.REPLACED, [old], None)
    assert [one.memory.text for one in judged.candidates] == ["Lives in Rome"]


async def test_nothing_is_written() -> None:
    world = World(judge=contradicting)
    old = await stored(world, "Lives in Rome")
    await world.preview().judge(draft("Lives in Oslo"), tenant_id=TENANT)
    memory = await world.memories.get(tenant_id=TENANT, memory_id=old)
    assert memory is not None
    assert (memory.status.value, memory.version) == ("active", 1)
    assert await world.memories.count_active(tenant_id=TENANT) == 1


async def test_the_preview_says_what_storing_then_does() -> None:
    world = World(judge=contradicting)
    await stored(world, "Lives in Rome")
    judged = await world.preview().judge(draft("Lives in Oslo"), tenant_id=TENANT)
    done = await world.remember().one(draft("Lives in Oslo"), tenant_id=TENANT)
    assert (judged.action, judged.replaced_ids, judged.reason) == (
        done.action,
        done.replaced_ids,
        done.reason,
    )


async def test_a_backdated_fact_would_be_history_of_the_newer_one() -> None:
    world = World(judge=contradicting)
    newer = await stored(world, "Lives in Rome")
    backdated = draft("Lived in Oslo", created_at=world.clock.now() - timedelta(days=1))
    judged = await world.preview().judge(backdated, tenant_id=TENANT)
    assert (judged.action, judged.replaced_by) == (Action.STORED, newer)


@pytest.mark.parametrize("said", [OnConflict.KEEP, None])
async def test_what_the_request_or_the_tenant_says_of_conflicts_counts(said: OnConflict | None) -> None:
    world = World(judge=contradicting)
    services = world.services()
    await services.access.ensure_default_tenant()
    (tenant,) = await world.access.tenants()
    await services.tenant_settings.change(tenant_id=tenant.id, on_conflict=OnConflict.KEEP)
    await services.remember.one(draft("Lives in Rome"), tenant_id=tenant.id)
    judged = await services.preview.judge(draft("Lives in Oslo", on_conflict=said), tenant_id=tenant.id)
    assert (judged.action, judged.replaced_ids) == (Action.STORED, ())
    assert "kept" in judged.reason


async def test_a_full_tenant_may_still_ask() -> None:
    world = World(memory_limit=1)
    await stored(world, "Likes tea")
    judged = await world.preview().judge(draft("Plays chess"), tenant_id=TENANT)
    assert judged.action is Action.STORED


async def test_what_could_not_be_stored_cannot_be_judged() -> None:
    world = World()
    with pytest.raises(NotFound):
        await world.preview().judge(draft("Likes tea", agent_id="unknown"), tenant_id=TENANT)
    late = draft("Likes tea", created_at=world.clock.now() + timedelta(hours=1))
    with pytest.raises(InvalidInput):
        await world.preview().judge(late, tenant_id=TENANT)


async def test_metadata_that_would_grow_too_large_are_refused_as_for_storing() -> None:
    world = World()
    await stored(world, "Likes tea", metadata={"a": "x" * 16_000})
    with pytest.raises(InvalidInput, match="16 KiB"):
        await world.preview().judge(draft("Likes tea", metadata={"b": "x" * 16_000}), tenant_id=TENANT)
