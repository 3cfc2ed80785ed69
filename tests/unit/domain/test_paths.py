"""The best path: the highest product, then fewer hops, then the ids."""

from app.domain import paths
from app.domain.links import Link
from tests.unit.domain.linking import link


def best(*links: Link, start: str = "a", end: str = "z") -> str | None:
    found = paths.best(links, start=start, end=end)
    return None if found is None else " ".join(found.memory_ids)


def test_the_highest_product_wins_over_fewer_hops():
    assert best(link("a", "z", 0.5), link("a", "b", 0.9), link("b", "z", 0.9)) == "a b z"


def test_links_are_taken_either_way():
    found = paths.best([link("b", "a", 0.5), link("b", "z", 0.5)], start="a", end="z")
    assert found is not None
    assert [one.id for one in found.links] == ["b-a", "b-z"]
    assert found.weight == 0.25


def test_of_equal_products_the_one_with_fewer_hops_wins():
    assert best(link("a", "z"), link("a", "b"), link("b", "z")) == "a z"
    assert best(link("a", "z", 0.36), link("a", "b", 0.6), link("b", "z", 0.6)) == "a z"


def test_of_equal_products_and_hops_the_smallest_ids_win():
    assert best(link("a", "c"), link("c", "z"), link("a", "b"), link("b", "z")) == "a b z"
    found = paths.best([link("a", "z", link_id="2"), link("a", "z", link_id="1")], start="a", end="z")
    assert found is not None
    assert [one.id for one in found.links] == ["1"]


def test_the_order_of_factors_does_not_break_a_tie():
    upper = [link("a", "b", 0.9), link("b", "c", 0.8), link("c", "z", 0.7)]
    lower = [link("a", "d", 0.7), link("d", "e", 0.8), link("e", "z", 0.9)]
    assert best(*lower, *upper) == "a b c z"


def test_six_hops_are_found_and_seven_are_not():
    chain = [link(str(number), str(number + 1), 0.5) for number in range(7)]
    assert best(*chain, start="0", end="6") == "0 1 2 3 4 5 6"
    assert best(*chain, start="0", end="7") is None


def test_a_detour_that_is_better_early_on_may_be_too_long_in_the_end():
    detour = [link("a", "b", 1.0), link("b", "c", 1.0), link("c", "d", 1.0)]
    rest = [link("d", "e"), link("e", "f"), link("f", "g"), link("g", "z")]
    assert best(link("a", "d", 0.1), *detour, *rest) == "a d e f g z"


def test_a_path_without_weight_is_a_path_and_the_shortest_counts():
    assert best(link("a", "b", 0.0), link("b", "z", 0.5)) == "a b z"
    assert best(link("a", "b", 0.0), link("b", "z"), link("a", "z", 0.0)) == "a z"


def test_a_memory_is_joined_with_itself():
    found = paths.best([link("a", "b")], start="a", end="a")
    assert found is not None
    assert (found.memory_ids, found.links, found.weight) == (("a",), (), 1.0)


def test_where_nothing_leads_there_is_no_path():
    assert best(link("a", "b"), link("y", "z")) is None
