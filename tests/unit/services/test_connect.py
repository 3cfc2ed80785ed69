"""Joining memories and taking links away."""

import pytest

from app.errors import Conflict, InvalidInput, NotFound
from tests.unit.services.graph_world import TENANT, GraphWorld


async def test_a_link_carries_what_was_given_and_the_time() -> None:
    world = GraphWorld()
    a, b = await world.stored("a", "b")
    link = await world.joined(a, b, "context_for", weight=0.9)
    assert (link.from_memory_id, link.to_memory_id, link.relationship_type) == (a, b, "context_for")
    assert (link.weight, link.created_at, link.carried_from) == (0.9, world.clock.now(), None)


async def test_a_memory_is_not_joined_with_itself_whether_it_exists_or_not() -> None:
    world = GraphWorld()
    (a,) = await world.stored("a")
    for memory_id in (a, "nobody"):
        with pytest.raises(InvalidInput, match="Cannot create an edge from a memory to itself"):
            await world.joined(memory_id, memory_id)


async def test_unknown_and_deleted_memories_are_not_found() -> None:
    world = GraphWorld()
    a, gone = await world.stored("a", "gone")
    await world.forget(gone)
    for hidden in ("nobody", gone):
        for ends in ((a, hidden), (hidden, a)):
            with pytest.raises(NotFound, match="Memory not found"):
                await world.joined(*ends)


async def test_a_second_link_of_the_same_kind_is_refused_with_the_id_of_the_first() -> None:
    world = GraphWorld()
    a, b = await world.stored("a", "b")
    first = await world.joined(a, b)
    with pytest.raises(Conflict) as refusal:
        await world.joined(a, b, weight=0.1)
    assert refusal.value.existing_id == first.id
    assert (await world.joined(b, a)).id != first.id


async def test_a_type_above_the_limit_is_refused_and_known_ones_still_work() -> None:
    world = GraphWorld(most_graph_types=2)
    a, b = await world.stored("a", "b")
    await world.joined(a, b, "one")
    await world.joined(a, b, "two")
    with pytest.raises(InvalidInput) as refusal:
        await world.joined(a, b, "three")
    assert refusal.value.fields.keys() == {"relationship_type"}
    await world.joined(a, b, "One!")


async def test_a_link_is_taken_away_once() -> None:
    world = GraphWorld()
    a, b = await world.stored("a", "b")
    link = await world.joined(a, b)
    await world.connecting.disconnect(tenant_id=TENANT, edge_id=link.id)
    with pytest.raises(NotFound, match="Edge not found"):
        await world.connecting.disconnect(tenant_id=TENANT, edge_id=link.id)


async def test_a_link_of_another_tenant_is_not_found() -> None:
    world = GraphWorld()
    a, b = await world.stored("a", "b")
    link = await world.joined(a, b)
    with pytest.raises(NotFound, match="Edge not found"):
        await world.connecting.disconnect(tenant_id="another", edge_id=link.id)
