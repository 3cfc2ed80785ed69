"""What each method sends."""

from datetime import datetime, timedelta, timezone

import httpx2
import pytest

from every_call import ONE_OF_EACH, READS
from loci_client import NewEdge, NewMemory
from samples import CONTEXT, EDGE, STORED, UPDATED, USAGE, Act
from stand_ins import BASE_URL, KEY, OpenClient, ScriptedService, answer, sent


@pytest.mark.parametrize(("act", "target", "body"), READS)
def test_a_read_names_only_what_was_asked_for(
    open_client: OpenClient, act: Act, target: str, body: object
) -> None:
    service = ScriptedService(answer(body))
    act(open_client(service))
    assert sent(service.request) == ("GET", target, None)


def test_a_store_sends_only_what_was_given(open_client: OpenClient) -> None:
    service = ScriptedService(answer(STORED, 201))
    open_client(service).store("ann", "Drinks tea")
    assert sent(service.request) == ("POST", "/v1/memories", {"user_id": "ann", "fact": "Drinks tea"})


def test_a_store_sends_every_member(open_client: OpenClient) -> None:
    service = ScriptedService(answer(STORED, 201))
    open_client(service).store(
        "ann",
        "Trinkt Grüntee 🍵",
        importance=0.0,
        source="chat",
        namespace="work",
        team_id="t1",
        visibility="team",
        created_at=datetime(2026, 5, 1, 11, 30, tzinfo=timezone(timedelta(hours=2))),
        metadata={"seen": ["kitchen", 1, None]},
    )
    assert sent(service.request)[2] == {
        "user_id": "ann",
        "fact": "Trinkt Grüntee 🍵",
        "importance": 0.0,
        "source": "chat",
        "namespace": "work",
        "team_id": "t1",
        "visibility": "team",
        "created_at": "2026-05-01T11:30:00+02:00",
        "metadata": {"seen": ["kitchen", 1, None]},
    }


def test_a_time_without_an_offset_is_refused_before_anything_is_sent(open_client: OpenClient) -> None:
    service = ScriptedService()
    with pytest.raises(ValueError, match="UTC offset"):
        open_client(service).store("ann", "Drinks tea", created_at=datetime(2026, 5, 1))  # noqa: DTZ001  # the point
    assert service.requests == []


def test_many_facts_are_one_request_in_their_order(open_client: OpenClient) -> None:
    service = ScriptedService(answer({"results": []}))
    facts = (NewMemory(user_id="ann", fact=f"Fact {number}", importance=number / 2) for number in range(3))
    open_client(service).store_many(facts)
    assert sent(service.request) == (
        "POST",
        "/v1/memories/batch",
        {
            "memories": [
                {"user_id": "ann", "fact": "Fact 0", "importance": 0.0},
                {"user_id": "ann", "fact": "Fact 1", "importance": 0.5},
                {"user_id": "ann", "fact": "Fact 2", "importance": 1.0},
            ]
        },
    )


def test_an_update_sends_only_what_is_to_change(open_client: OpenClient) -> None:
    service = ScriptedService(answer(UPDATED))
    open_client(service).update("b2", importance=0.2)
    assert sent(service.request) == ("PATCH", "/v1/memories/b2", {"importance": 0.2})


def test_a_delete_has_no_body(open_client: OpenClient) -> None:
    service = ScriptedService(httpx2.Response(204))
    open_client(service).delete("b2")
    assert sent(service.request) == ("DELETE", "/v1/memories/b2", None)


def test_an_edge_is_deleted_by_its_id(open_client: OpenClient) -> None:
    service = ScriptedService(httpx2.Response(204))
    open_client(service).delete_edge("e7")
    assert sent(service.request) == ("DELETE", "/v1/graph/edge/e7", None)


def test_a_link_sends_only_what_was_given(open_client: OpenClient) -> None:
    service = ScriptedService(answer(EDGE, 201), answer(EDGE, 201))
    client = open_client(service)
    client.connect("b2", "c3", "context_for")
    client.connect("b2", "c3", "context_for", weight=0.9, metadata={"why": "guide"})
    named = {"from_memory_id": "b2", "to_memory_id": "c3", "relationship_type": "context_for"}
    assert [sent(one) for one in service.requests] == [
        ("POST", "/v1/graph/connect", named),
        ("POST", "/v1/graph/connect", {**named, "weight": 0.9, "metadata": {"why": "guide"}}),
    ]


def test_many_links_are_one_request_in_their_order(open_client: OpenClient) -> None:
    service = ScriptedService(answer({"results": []}))
    edges = (
        NewEdge(from_memory_id="b2", to_memory_id=other, relationship_type="requires", weight=0.0)
        for other in ("c3", "d4")
    )
    open_client(service).connect_many(edges)
    named = {"from_memory_id": "b2", "relationship_type": "requires", "weight": 0.0}
    assert sent(service.request) == (
        "POST",
        "/v1/graph/connect/batch",
        {"edges": [{**named, "to_memory_id": "c3"}, {**named, "to_memory_id": "d4"}]},
    )


@pytest.mark.parametrize("arguments", ['{"user_id": "ann"}', {"user_id": "ann"}])
def test_a_tool_call_is_passed_on_as_the_model_wrote_it(
    open_client: OpenClient, arguments: str | dict[str, object]
) -> None:
    service = ScriptedService(answer(CONTEXT))
    open_client(service).call_tool("smara_get_context", arguments)
    assert sent(service.request) == (
        "POST",
        "/v1/openai/tool-call",
        {"name": "smara_get_context", "arguments": arguments},
    )


@pytest.mark.parametrize(
    ("user_id", "segment"),
    [
        ("team/ann", "team%2Fann"),
        ("ann@example.org", "ann%40example.org"),
        ("Ann Ö. 🍵", "Ann%20%C3%96.%20%F0%9F%8D%B5"),
        ("a%2Fb", "a%252Fb"),
        ("?#", "%3F%23"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("../..", "..%2F.."),
    ],
)
def test_any_user_id_stays_one_segment_of_the_path(
    open_client: OpenClient, user_id: str, segment: str
) -> None:
    service = ScriptedService(answer(CONTEXT))
    open_client(service).context(user_id)
    assert service.request.url.raw_path.decode() == f"/v1/users/{segment}/context"


def test_any_text_survives_in_a_query(open_client: OpenClient) -> None:
    service = ScriptedService(answer({"results": []}))
    open_client(service).search("team/änn&x=1", "tea? #1 + 50% 🍵")
    assert dict(service.request.url.params) == {"user_id": "team/änn&x=1", "q": "tea? #1 + 50% 🍵"}


@pytest.mark.parametrize(("act", "method", "body"), ONE_OF_EACH)
def test_every_request_carries_the_key_and_names_the_client(
    open_client: OpenClient, act: Act, method: str, body: object
) -> None:
    service = ScriptedService(answer(body) if body is not None else httpx2.Response(204))
    act(open_client(service))
    assert service.request.method == method
    assert service.request.headers["Authorization"] == f"Bearer {KEY}"
    assert service.request.headers["User-Agent"].startswith("loci-client/")


@pytest.mark.parametrize("base_url", [BASE_URL + "/", BASE_URL + "///"])
def test_slashes_at_the_end_of_the_base_url_do_no_harm(open_client: OpenClient, base_url: str) -> None:
    service = ScriptedService(answer(USAGE))
    open_client(service, base_url=base_url).usage()
    assert str(service.request.url) == f"{BASE_URL}/v1/usage"


def test_the_base_url_may_have_a_path(open_client: OpenClient) -> None:
    service = ScriptedService(answer(USAGE))
    open_client(service, base_url="https://example.org/loci/").usage()
    assert str(service.request.url) == "https://example.org/loci/v1/usage"
