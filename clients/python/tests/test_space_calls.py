"""What the calls about spaces send, and how their answers are read."""

from datetime import datetime, timezone

import httpx2
import pytest

from loci_client import FoundSpaceMemory, InvalidAnswer, Space, SpaceMemory
from space_samples import SPACE, TEXT
from stand_ins import OpenClient, ScriptedService, answer, sent

MORNING = datetime(2026, 5, 1, 9, 30, tzinfo=timezone.utc)
NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)


def test_a_text_is_stored_with_what_was_given(open_client: OpenClient) -> None:
    service = ScriptedService(answer(TEXT, 201), answer(TEXT))
    client = open_client(service)
    client.spaces.store("team/notes", "The database is PostgreSQL")
    client.spaces.store(
        "team/notes", "The database is PostgreSQL", title="Database", metadata={"type": "infrastructure"}
    )
    given = {"space": "team/notes", "text": "The database is PostgreSQL"}
    assert [sent(one) for one in service.requests] == [
        ("POST", "/mcp/addMemory", given),
        ("POST", "/mcp/addMemory", {**given, "title": "Database", "metadata": {"type": "infrastructure"}}),
    ]


def test_a_stored_text_is_answered_whole(open_client: OpenClient) -> None:
    stored = open_client(ScriptedService(answer(TEXT))).spaces.store("team/notes", "The database …")
    assert stored == SpaceMemory(
        id="9d",
        space="team/notes",
        space_id="77",
        title="The database is PostgreSQL",
        text="The database is PostgreSQL",
        metadata={"type": "infrastructure"},
        created_at=MORNING,
        updated_at=NOON,
    )


def test_a_search_sends_only_what_was_given(open_client: OpenClient) -> None:
    service = ScriptedService(answer({"memories": []}), answer({"memories": []}))
    client = open_client(service)
    client.spaces.search("notes", "database")
    client.spaces.search("notes", "database", limit=3, metadata={"type": "infrastructure"})
    asked = {"space": "notes", "q": "database"}
    assert [sent(one) for one in service.requests] == [
        ("POST", "/mcp/search", asked),
        ("POST", "/mcp/search", {**asked, "top_k": 3, "filter": {"type": "infrastructure"}}),
    ]


def test_found_texts_come_in_their_order_with_their_scores(open_client: OpenClient) -> None:
    rows = [{**TEXT, "score": 0.8731}, {**TEXT, "id": "9e", "score": 0}]
    found = open_client(ScriptedService(answer({"memories": rows}))).spaces.search("team/notes", "database")
    assert all(isinstance(one, FoundSpaceMemory) for one in found)
    assert [(one.id, one.score) for one in found] == [("9d", 0.8731), ("9e", 0.0)]


def test_listed_texts_need_no_score(open_client: OpenClient) -> None:
    (listed,) = open_client(ScriptedService(answer({"memories": [TEXT]}))).spaces.list_memories("team/notes")
    assert (listed.id, listed.updated_at) == ("9d", NOON)


def test_a_found_text_without_a_score_is_refused(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer({"memories": [TEXT]})))
    with pytest.raises(InvalidAnswer, match="score is missing"):
        client.spaces.search("team/notes", "database")


@pytest.mark.parametrize(
    ("space", "segment"),
    [
        ("research-agent", "research-agent"),
        ("team/notes v2.0", "team%2Fnotes%20v2.0"),
        ("Küche 🍵", "K%C3%BCche%20%F0%9F%8D%B5"),
        ("..", "%2E%2E"),
        ("?#%", "%3F%23%25"),
    ],
)
def test_a_space_of_any_name_can_be_deleted(open_client: OpenClient, space: str, segment: str) -> None:
    service = ScriptedService(httpx2.Response(204))
    open_client(service).spaces.delete(space)
    assert sent(service.request) == ("DELETE", f"/spaces/{segment}", None)


def test_one_text_is_deleted_by_its_id(open_client: OpenClient) -> None:
    service = ScriptedService(httpx2.Response(204))
    open_client(service).spaces.delete_memory("9d")
    assert sent(service.request) == ("DELETE", "/mcp/memories/9d", None)


def test_all_spaces_come_over_several_pages(open_client: OpenClient) -> None:
    named = [{**SPACE, "id": f"s{number}", "name": f"space {number}"} for number in range(3)]
    service = ScriptedService(
        answer({"spaces": named[:2], "limit": 2, "offset": 0, "total": 3}),
        answer({"spaces": named[2:], "limit": 2, "offset": 2, "total": 3}),
    )
    listed = list(open_client(service).spaces.list_all(page_size=2))
    assert listed[0] == Space(id="s0", name="space 0", memory_count=1, created_at=MORNING)
    assert [one.id for one in listed] == ["s0", "s1", "s2"]
    assert [sent(one)[1] for one in service.requests] == [
        "/spaces?limit=2&offset=0",
        "/spaces?limit=2&offset=2",
    ]


def test_a_walk_over_spaces_asks_for_as_many_as_the_service_gives(open_client: OpenClient) -> None:
    service = ScriptedService(answer({"spaces": [], "limit": 1000, "offset": 0, "total": 0}))
    assert list(open_client(service).spaces.list_all()) == []
    assert sent(service.request)[1] == "/spaces?limit=1000&offset=0"


def test_a_page_of_spaces_is_iterable_itself(open_client: OpenClient) -> None:
    page = open_client(
        ScriptedService(answer({"spaces": [SPACE], "limit": 100, "offset": 0, "total": 7}))
    ).spaces.list_page()
    assert ([one.name for one in page], page.total) == (["team/notes"], 7)
