"""Walking over all memories of a user."""

import pytest

from loci_client import Unavailable
from loci_client.retrying import NO_RETRIES
from stand_ins import OpenClient, ScriptedService, ShelfService, answer, problem


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, [(0, 3)]), (2, [(0, 3)]), (3, [(0, 3)]), (4, [(0, 3), (3, 3)]), (7, [(0, 3), (3, 3), (6, 3)])],
)
def test_all_memories_come_once_in_as_few_pages_as_possible(
    open_client: OpenClient, count: int, pages: list[tuple[int, int]]
) -> None:
    shelf = ShelfService(count)
    listed = [one.id for one in open_client(shelf).list_all("ann", page_size=3)]
    assert (listed, shelf.pages) == (shelf.ids, pages)


def test_pages_are_as_large_as_the_service_allows(open_client: OpenClient) -> None:
    shelf = ShelfService(150)
    assert len(list(open_client(shelf).list_all("ann"))) == 150
    assert shelf.pages == [(0, 100), (100, 100)]


def test_nothing_is_asked_before_the_first_memory_is_wanted(open_client: OpenClient) -> None:
    shelf = ShelfService(3)
    open_client(shelf).list_all("ann")
    assert shelf.pages == []


def test_a_page_is_asked_for_only_when_it_is_reached(open_client: OpenClient) -> None:
    shelf = ShelfService(6)
    memories = open_client(shelf).list_all("ann", page_size=3)
    assert [next(memories).id for _ in range(3)] == ["m0", "m1", "m2"]
    assert shelf.pages == [(0, 3)]


@pytest.mark.parametrize("count", [1, 3, 4, 10, 11])
def test_deleting_all_while_walking_skips_none(open_client: OpenClient, count: int) -> None:
    shelf = ShelfService(count)
    client = open_client(shelf)
    for memory in client.list_all("ann", page_size=3):
        client.delete(memory.id)
    assert shelf.ids == []


def test_stepping_back_reads_no_page_more_than_it_must(open_client: OpenClient) -> None:
    shelf = ShelfService(10)
    client = open_client(shelf)
    for memory in client.list_all("ann", page_size=3):
        client.delete(memory.id)
    assert [offset for offset, _ in shelf.pages] == [0, 3, 0, 3, 0]


def test_a_total_that_is_never_reached_ends_the_walk_all_the_same(open_client: OpenClient) -> None:
    service = ScriptedService(answer({"memories": [], "limit": 100, "offset": 0, "total": 5}))
    assert list(open_client(service).list_all("ann")) == []


def test_deleting_some_while_walking_skips_none_of_the_others(open_client: OpenClient) -> None:
    shelf = ShelfService(20)
    client = open_client(shelf)
    seen: list[str] = []
    for memory in client.list_all("ann", page_size=4):
        seen.append(memory.id)
        if len(seen) % 3 == 0:
            client.delete(memory.id)
    assert sorted(seen) == sorted(f"m{number}" for number in range(20))


def test_what_is_stored_while_walking_brings_none_twice(open_client: OpenClient) -> None:
    shelf = ShelfService(7)
    seen: list[str] = []
    for memory in open_client(shelf).list_all("ann", page_size=3):
        seen.append(memory.id)
        if len(seen) == 2:
            shelf.ids.insert(0, "newer")
    assert seen == [f"m{number}" for number in range(7)]


def test_a_page_is_iterable_itself(open_client: OpenClient) -> None:
    shelf = ShelfService(7)
    page = open_client(shelf).list_page("ann", limit=3, offset=2)
    assert ([one.id for one in page], page.total) == (["m2", "m3", "m4"], 7)


def test_every_page_is_filtered_alike(open_client: OpenClient) -> None:
    service = ScriptedService(answer({"memories": [], "limit": 100, "offset": 0, "total": 0}))
    walk = open_client(service).list_all(
        "ann", namespace="work", visibility="team", team_id="t1", source="chat"
    )
    assert list(walk) == []
    assert dict(service.request.url.params) == {
        "user_id": "ann",
        "limit": "100",
        "offset": "0",
        "namespace": "work",
        "visibility": "team",
        "team_id": "t1",
        "source": "chat",
    }


def test_a_failure_on_the_way_is_raised_where_it_happens(open_client: OpenClient) -> None:
    service = ScriptedService(problem(503, "unavailable"))
    memories = open_client(service, retry=NO_RETRIES).list_all("ann")
    with pytest.raises(Unavailable):
        next(memories)
