"""Walks, relations, paths and drawings around memories."""

import itertools

import pytest

from app.domain.walks import WalkPolicy
from app.errors import NotFound
from app.services import Traverse
from app.services.traverse import Traversal
from tests.unit.services.graph_world import TENANT, GraphWorld, SlowLinks, TimingOutLinks


async def walked(
    world: GraphWorld, root: str, depth: int = 2, relationship_type: str | None = None
) -> Traversal:
    return await world.walking.traverse(
        tenant_id=TENANT, memory_id=root, depth=depth, relationship_type=relationship_type
    )


def shown(traversal: Traversal) -> list[tuple[str, int, float]]:
    return [(one.memory.text, one.depth, one.link.weight) for one in traversal.nodes]


async def test_a_walk_goes_both_ways_level_by_level_and_ends_in_cycles() -> None:
    world = GraphWorld()
    a, b, c, d = await world.stored("a", "b", "c", "d")
    await world.joined(a, b, weight=0.9)
    await world.joined(b, c, weight=0.8)
    await world.joined(c, a, weight=0.1)
    await world.joined(d, c, weight=0.5)
    found = await walked(world, a, depth=5)
    assert shown(found) == [("b", 1, 0.9), ("c", 1, 0.1), ("d", 2, 0.5)]
    assert not found.truncated
    assert shown(await walked(world, a, depth=1)) == [("b", 1, 0.9), ("c", 1, 0.1)]


async def test_a_type_holds_for_every_hop() -> None:
    world = GraphWorld()
    a, b, c, d = await world.stored("a", "b", "c", "d")
    await world.joined(a, b, "needs")
    await world.joined(b, c, "needs")
    await world.joined(b, d, "Needs")
    assert [text for text, _, _ in shown(await walked(world, a, 3, "needs"))] == ["b", "c"]


async def test_a_hidden_memory_is_neither_listed_nor_walked_through() -> None:
    world = GraphWorld()
    a, b, c = await world.stored("a", "b", "c")
    await world.joined(a, b)
    await world.joined(b, c)
    await world.forget(b)
    assert shown(await walked(world, a, depth=5)) == []


async def test_a_root_that_is_not_active_is_not_found() -> None:
    world = GraphWorld()
    a, gone = await world.stored("a", "gone")
    await world.forget(gone)
    for tenant_id, root in ((TENANT, "nobody"), (TENANT, gone), ("another", a)):
        with pytest.raises(NotFound, match="Memory not found"):
            await world.walking.traverse(tenant_id=tenant_id, memory_id=root, depth=1, relationship_type=None)
        with pytest.raises(NotFound, match="Memory not found"):
            await world.walking.related(tenant_id=tenant_id, memory_id=root, relationship_type=None, limit=5)


@pytest.mark.parametrize(
    "policy", [WalkPolicy(links_per_memory=2), WalkPolicy(links_per_level=2)], ids=["memory", "level"]
)
async def test_a_hub_is_cut_to_its_strongest_links_and_says_so(policy: WalkPolicy) -> None:
    world = GraphWorld(policy=policy)
    hub, *others = await world.stored("hub", "b", "c", "d")
    for number, other in enumerate(others):
        await world.joined(hub, other, weight=0.1 * number)
    found = await walked(world, hub)
    assert ([text for text, _, _ in shown(found)], found.truncated) == (["d", "c"], True)


async def test_a_walk_that_takes_too_long_answers_the_levels_it_has() -> None:
    world = GraphWorld()
    a, b, c = await world.stored("a", "b", "c")
    await world.joined(a, b)
    await world.joined(b, c)
    world.walking = Traverse(links=SlowLinks.over(world.links), policy=WalkPolicy(seconds=0.05))
    found = await walked(world, a, depth=3)
    assert ([text for text, _, _ in shown(found)], found.truncated) == (["b"], True)


async def test_another_time_out_is_not_taken_for_the_end_of_the_walk() -> None:
    world = GraphWorld()
    (a,) = await world.stored("a")
    world.walking = Traverse(links=TimingOutLinks.over(world.links))
    with pytest.raises(TimeoutError):
        await walked(world, a)


async def test_related_lists_every_link_strongest_first() -> None:
    world = GraphWorld()
    a, b, c = sorted(await world.stored("a", "b", "c"))
    links = [
        await world.joined(a, c, "one", weight=0.5),
        await world.joined(c, a, "two", weight=0.5),
        await world.joined(a, b, "three", weight=0.5),
        await world.joined(b, a, "four", weight=0.9),
    ]
    related = await world.walking.related(tenant_id=TENANT, memory_id=a, relationship_type=None, limit=10)
    expected = [links[3], links[2], *sorted(links[:2], key=lambda one: one.id)]
    assert [one.link for one in related] == expected
    few = await world.walking.related(tenant_id=TENANT, memory_id=a, relationship_type=None, limit=2)
    assert [one.link for one in few] == expected[:2]
    typed = await world.walking.related(tenant_id=TENANT, memory_id=a, relationship_type="one", limit=2)
    assert [one.link for one in typed] == [links[0]]


async def test_a_path_of_six_hops_is_found_and_one_of_seven_is_not() -> None:
    world = GraphWorld()
    chain = await world.stored(*(f"Visited place {number}" for number in range(8)))
    for start, end in itertools.pairwise(chain):
        await world.joined(end, start, weight=0.5)
    path = await world.walking.path(tenant_id=TENANT, from_memory_id=chain[0], to_memory_id=chain[6])
    assert [memory.id for memory in path.memories] == chain[:7]
    assert (path.weight, path.truncated) == (0.5**6, False)
    with pytest.raises(NotFound, match="No path of at most 6 hops"):
        await world.walking.path(tenant_id=TENANT, from_memory_id=chain[0], to_memory_id=chain[7])


async def test_a_path_that_was_not_found_within_the_limits_says_so() -> None:
    world = GraphWorld(policy=WalkPolicy(links_per_memory=1))
    a, b, c, d = await world.stored("a", "b", "c", "d")
    for start, end, weight in ((a, b, 1.0), (c, d, 1.0), (a, c, 0.1)):
        await world.joined(start, end, weight=weight)
    with pytest.raises(NotFound, match="within the limits of the search"):
        await world.walking.path(tenant_id=TENANT, from_memory_id=a, to_memory_id=c)


async def test_a_path_needs_two_memories_that_exist() -> None:
    world = GraphWorld()
    (a,) = await world.stored("a")
    for ends in ((a, "nobody"), ("nobody", a)):
        with pytest.raises(NotFound, match="Memory not found"):
            await world.walking.path(tenant_id=TENANT, from_memory_id=ends[0], to_memory_id=ends[1])


async def test_a_drawing_holds_the_links_among_its_memories() -> None:
    world = GraphWorld()
    a, b, c, d = await world.stored("a", "b", "c", "d")
    links = [
        await world.joined(a, b, weight=0.9),
        await world.joined(a, c, weight=0.8),
        await world.joined(b, c, weight=0.7),
    ]
    await world.joined(c, d, weight=0.6)
    drawing = await world.walking.drawing(tenant_id=TENANT, memory_ids=[a], depth=1, limit=10)
    assert [(one.memory.text, one.depth) for one in drawing.nodes] == [("a", 0), ("b", 1), ("c", 1)]
    assert (drawing.links, drawing.truncated) == (links, False)


async def test_a_drawing_is_cut_to_its_limit_and_says_so() -> None:
    world = GraphWorld()
    a, b, c = await world.stored("a", "b", "c")
    link = await world.joined(a, b, weight=0.1)
    strong = await world.joined(a, c, weight=0.8)
    drawing = await world.walking.drawing(tenant_id=TENANT, memory_ids=[a], depth=3, limit=2)
    assert ([one.memory.text for one in drawing.nodes], drawing.links) == (["a", "c"], [strong])
    assert drawing.truncated
    assert link not in drawing.links


async def test_a_drawing_around_an_unknown_memory_is_not_found() -> None:
    world = GraphWorld()
    (a,) = await world.stored("a")
    with pytest.raises(NotFound, match="Memory not found"):
        await world.walking.drawing(tenant_id=TENANT, memory_ids=[a, "nobody"], depth=1, limit=5)
