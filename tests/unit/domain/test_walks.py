"""One level of a walk: what is reached, by which link, in which order."""

import pytest

from app.domain import walks
from app.domain.links import Link
from app.domain.walks import WalkPolicy
from tests.unit.domain.linking import link


def reached(*links: Link, frontier: set[str], visited: set[str] | None = None) -> list[tuple[str, str]]:
    steps = walks.next_level(links, frontier=frontier, visited=frontier | (visited or set()), depth=3)
    assert {step.depth for step in steps} <= {3}
    return [(step.memory_id, step.link.id) for step in steps]


def test_links_are_followed_both_ways():
    assert reached(link("a", "b"), link("c", "a"), frontier={"a"}) == [("b", "a-b"), ("c", "c-a")]


def test_visited_memories_are_not_reached_again():
    assert reached(link("a", "b"), link("a", "c"), frontier={"a"}, visited={"b"}) == [("c", "a-c")]


def test_a_link_within_the_frontier_reaches_nothing():
    assert reached(link("a", "b"), frontier={"a", "b"}) == []


def test_of_several_links_to_a_memory_the_strongest_counts_then_the_smallest_id():
    links = [
        link("a", "x", 0.5),
        link("b", "x", 0.9, link_id="2"),
        link("x", "a", 0.9, link_id="1"),
        link("b", "x", 0.8, link_id="0"),
    ]
    assert reached(*links, frontier={"a", "b"}) == [("x", "1")]


def test_the_strongest_is_reached_first_and_equals_by_memory():
    links = [link("a", "d", 0.5), link("a", "c", 0.5), link("a", "b", 0.1), link("a", "e", 0.9)]
    assert [memory_id for memory_id, _ in reached(*links, frontier={"a"})] == ["e", "c", "d", "b"]


@pytest.mark.parametrize(("links", "level", "seconds"), [(0, 1, 1.0), (1, 0, 1.0), (1, 1, 0.0)])
def test_a_walk_must_be_allowed_something(links: int, level: int, seconds: float):
    with pytest.raises(ValueError, match="at least one link"):
        WalkPolicy(links_per_memory=links, links_per_level=level, seconds=seconds)
