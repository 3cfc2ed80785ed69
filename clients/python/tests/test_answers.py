"""How answers are read."""

from collections.abc import Mapping
from datetime import datetime, timezone

import httpx2
import pytest

from loci_client import (
    Context,
    FoundMemory,
    InvalidAnswer,
    InvalidInput,
    NewMemory,
    Predecessor,
    StoreResult,
    UpdatedMemory,
    Usage,
)
from samples import CONTEXT, MEMORY, STORED, UPDATED, USAGE
from stand_ins import ROW, OpenClient, ScriptedService, answer

NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
FOUND = FoundMemory(
    id="b2",
    fact="Drinks tea",
    importance=1.0,
    decay_score=0.9057,
    similarity=0.6312,
    score=0.7136,
    source="api",
    namespace="default",
    created_at=datetime(2026, 5, 1, 9, 30, tzinfo=timezone.utc),
    metadata={"seen": ["kitchen"]},
)


def test_a_new_fact_is_told_with_where_it_went(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer(STORED, 201)))
    expected = StoreResult(action="stored", id="b2", source="api", namespace="default")
    assert client.store("ann", "Drinks tea") == expected


def test_a_known_fact_is_told_by_its_id(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer({"action": "duplicate", "id": "b2"})))
    assert client.store("ann", "Drinks tea") == StoreResult(action="duplicate", id="b2")


def test_a_replacement_names_all_it_replaced(open_client: OpenClient) -> None:
    body = {**STORED, "action": "replaced", "replaced_id": "a1", "replaced_ids": ["a1", "a2"]}
    result = open_client(ScriptedService(answer(body, 201))).store("ann", "Drinks coffee")
    assert (result.action, result.replaced_id, result.replaced_ids) == ("replaced", "a1", ("a1", "a2"))


def test_each_of_many_facts_has_its_own_outcome(open_client: OpenClient) -> None:
    items = [
        {"index": 0, "status": 201, **STORED},
        {"index": 1, "status": 200, "action": "duplicate", "id": "b2"},
        {
            "index": 2,
            "status": 400,
            "code": "validation_error",
            "error": "fact is wrong",
            "fields": {"fact": "x"},
        },
    ]
    client = open_client(ScriptedService(answer({"results": items})))
    stored, known, refused = client.store_many([NewMemory(user_id="ann", fact="")] * 3)
    assert (stored, known) == (
        StoreResult(action="stored", id="b2", source="api", namespace="default"),
        StoreResult(action="duplicate", id="b2"),
    )
    assert isinstance(refused, InvalidInput)
    assert (refused.status, refused.detail, refused.fields) == (400, "fact is wrong", {"fact": "x"})


def test_found_memories_are_typed_rows_in_their_order(open_client: OpenClient) -> None:
    rows = [ROW, {**ROW, "id": "c3", "score": 0.1}]
    found = open_client(ScriptedService(answer({"results": rows}))).search("ann", "tea")
    assert found[0] == FOUND
    assert [one.id for one in found] == ["b2", "c3"]


def test_a_context_is_its_text_and_its_memories(open_client: OpenClient) -> None:
    context = open_client(ScriptedService(answer({"context": "[1] …", "memories": [ROW]}))).context("ann")
    assert context == Context(context="[1] …", memories=(FOUND,))
    assert str(context) == "[1] …"


def test_a_memory_has_its_history(open_client: OpenClient) -> None:
    older = {
        "id": "a1",
        "fact": "Drinks cocoa",
        "created_at": "2026-05-01T12:00:00.000Z",
        "superseded_at": "2026-05-01T12:00:00.000Z",
    }
    memory = open_client(ScriptedService(answer({**MEMORY, "history": [older]}))).get("b2")
    assert memory.history == (Predecessor(id="a1", fact="Drinks cocoa", created_at=NOON, superseded_at=NOON),)
    assert (memory.status, memory.refreshed_at.hour) == ("active", 9)


def test_an_update_answers_what_can_be_changed(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer(UPDATED)))
    expected = UpdatedMemory(id="b2", visibility="private", importance=0.2, team_id=None)
    assert client.update("b2", importance=0.2) == expected


def test_usage_without_a_limit_has_none(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer(USAGE)))
    expected = Usage(plan="self-hosted", memory_limit=None, memories_used=12, memories_remaining=None)
    assert client.usage() == expected


def test_a_tool_call_is_answered_as_it_came(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer(STORED, 201), httpx2.Response(204)))
    assert client.call_tool("smara_store_memory", "{}") == STORED
    assert client.call_tool("smara_delete_memory", '{"memory_id": "b2"}') == {}


def test_a_tool_call_that_is_not_answered_with_an_object_is_an_error(open_client: OpenClient) -> None:
    with pytest.raises(InvalidAnswer, match="list instead of dict"):
        open_client(ScriptedService(answer([]))).call_tool("smara_get_usage", {})


def test_members_that_a_newer_service_adds_do_no_harm(open_client: OpenClient) -> None:
    row = {**ROW, "explained": {"lanes": [1, 2]}}
    client = open_client(ScriptedService(answer({"results": [row], "left_out": 3})))
    assert client.search("ann", "tea") == (FOUND,)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"score": "high"}, "score: str instead of float"),
        ({"score": True}, "score: bool instead of float"),
        ({"fact": None}, "fact: NoneType instead of str"),
        ({"metadata": []}, "metadata: list instead of dict"),
        ({"created_at": "yesterday"}, "created_at: a text that is no time"),
    ],
)
def test_a_row_that_is_not_as_promised_is_refused_by_name(
    open_client: OpenClient, change: Mapping[str, object], named: str
) -> None:
    client = open_client(ScriptedService(answer({"results": [{**ROW, **change}]})))
    with pytest.raises(InvalidAnswer, match=named):
        client.search("ann", "tea")


def test_true_is_no_number_one(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer({**USAGE, "memories_used": True})))
    with pytest.raises(InvalidAnswer, match="memories_used: bool instead of int"):
        client.usage()


def test_a_missing_member_is_refused_by_name(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer({"context": CONTEXT["context"]})))
    with pytest.raises(InvalidAnswer, match="memories is missing"):
        client.context("ann")


@pytest.mark.parametrize("page", [b"<html>Welcome</html>", b"", b"[]", b'"ok"', b"\xff"])
def test_an_answer_of_some_other_program_is_an_error_that_says_so(
    open_client: OpenClient, page: bytes
) -> None:
    client = open_client(ScriptedService(httpx2.Response(200, content=page)))
    with pytest.raises(InvalidAnswer, match="did not answer as Loci does") as caught:
        client.usage()
    assert (caught.value.status, caught.value.code) == (200, "invalid_answer")


def test_a_redirect_is_not_followed_with_the_key_but_named(open_client: OpenClient) -> None:
    elsewhere = httpx2.Response(301, headers={"Location": "https://elsewhere.example/v1/usage"})
    service = ScriptedService(elsewhere)
    with pytest.raises(InvalidAnswer, match=r"redirects to https://elsewhere\.example"):
        open_client(service).usage()
