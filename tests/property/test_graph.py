"""Links, walks and paths: what holds for any words and any graph."""

import itertools
import math
import re

from hypothesis import given
from hypothesis import strategies as st

from app.domain import links as linking
from app.domain import paths, walks
from app.domain.links import Link
from tests.unit.domain.linking import link

NAMES = "abcdef"
words = st.text(min_size=1, max_size=100)


@st.composite
def graphs(draw: st.DrawFn) -> list[Link]:
    pairs = [(start, end) for start in NAMES for end in NAMES if start != end]
    drawn = draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from([0.2, 0.5, 0.8, 1.0]))))
    return [link(*ends, weight, link_id=f"l{number:02}") for number, (ends, weight) in enumerate(drawn)]


@given(words)
def test_any_words_become_a_safe_type_that_is_none_of_ours(any_words: str):
    found = linking.graph_type(any_words)
    assert found not in linking.OWN_GRAPH_TYPES
    assert re.fullmatch(r"[^\W\d_][^\s`'\"\[\]():\\{}$-]*", found)


@given(words)
def test_case_and_what_surrounds_the_words_do_not_make_another_type(any_words: str):
    assert linking.graph_type(f" {any_words}\t") == linking.graph_type(any_words)


def distances(graph: list[Link], root: str) -> dict[str, int]:
    found = {root: 0}
    for depth in range(1, len(NAMES)):
        for one in graph:
            for near, far in (
                (one.from_memory_id, one.to_memory_id),
                (one.to_memory_id, one.from_memory_id),
            ):
                if found.get(near) == depth - 1:
                    found.setdefault(far, depth)
    return found


@given(graphs())
def test_a_walk_reaches_each_memory_once_and_at_its_smallest_depth(graph: list[Link]):
    visited, frontier, depths = {"a"}, {"a"}, {"a": 0}
    for depth in range(1, len(NAMES)):
        steps = walks.next_level(graph, frontier=frontier, visited=visited, depth=depth)
        frontier = {step.memory_id for step in steps}
        assert len(frontier) == len(steps)
        assert frontier.isdisjoint(visited)
        visited = visited | frontier
        depths |= dict.fromkeys(frontier, depth)
    assert depths == distances(graph, "a")


def every_path(graph: list[Link], most_hops: int) -> list[tuple[float, int, tuple[str, ...]]]:
    """All paths from a to f that visit nothing twice, with their faintness, hops and memories."""
    strongest: dict[frozenset[str], float] = {}
    for one in graph:
        ends = frozenset({one.from_memory_id, one.to_memory_id})
        strongest[ends] = max(one.weight, strongest.get(ends, 0.0))
    found: list[tuple[float, int, tuple[str, ...]]] = []
    for count in range(min(most_hops, len(NAMES) - 1)):
        for between in itertools.permutations(NAMES[1:-1], count):
            names = ("a", *between, "f")
            hops = [frozenset(pair) for pair in itertools.pairwise(names)]
            if all(hop in strongest for hop in hops):
                faintness = -math.fsum(math.log(strongest[hop]) for hop in hops)
                found.append((round(faintness, 9), len(hops), names))
    return found


@given(graphs(), st.integers(1, 6))
def test_the_best_path_is_the_best_of_all_paths(graph: list[Link], most_hops: int):
    best = paths.best(graph, start="a", end="f", most_hops=most_hops)
    expected = min(every_path(graph, most_hops), default=None)
    assert (best and best.memory_ids) == (expected and expected[2])


@given(graphs())
def test_the_order_of_the_links_does_not_matter(graph: list[Link]):
    forward = paths.best(graph, start="a", end="f")
    assert paths.best([*reversed(graph), *graph[:3]], start="a", end="f") == forward
