"""Conditions over memories: what they keep, and how they are read."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain import conditions
from app.domain.models import JsonObject, JsonValue
from app.errors import InvalidInput
from tests.unit.domain.making import NOW, memory

ONE = dataclasses.replace(
    memory(
        importance=0.5, metadata={"kind": "note", "page": 3, "tags": ["a", 1], "place": {"city.eu": "Rome"}}
    ),
    speaker="Ann Lee",
    conversation_id="c1",
    team_id="red",
)
ITSELF, BEFORE, AFTER = (
    (NOW + timedelta(hours=hours)).isoformat().replace("+00:00", "Z") for hours in (0, -1, 1)
)

KEPT: list[JsonObject] = [
    {},
    {"source": "conversation"},
    {"source": {"ne": "chat"}},
    {"source": {"in": ["chat", "conversation"]}},
    {"speaker": {"contains": "Lee"}},
    {"speaker": {"gt": "Ann", "lt": "Ben"}},
    {"importance": 0.5},
    {"importance": {"gte": 0.5, "lte": 0.5}},
    {"importance": {"gt": 0, "lt": 1}},
    {"importance": {"in": [0.1, 0.5]}},
    {"created_at": ITSELF},
    {"created_at": {"gt": BEFORE, "lt": AFTER}},
    {"created_at": {"gte": ITSELF, "lte": ITSELF}},
    {"created_at": {"gte": "2026-05-01T14:00:00+02:00"}},
    {"recorded_at": {"in": [BEFORE, ITSELF]}},
    {"refreshed_at": {"ne": AFTER}},
    {"created_at": {"exists": True}},
    {"conversation_id": "c1", "user_id": "ann", "team_id": "red", "namespace": "default"},
    {"agent_id": None, "title": None},
    {"agent_id": {"exists": False}, "speaker": {"exists": True}},
    {"team_id": {"in": [None, "red"]}},
    {"metadata.kind": "note"},
    {"metadata.page": 3.0},
    {"metadata.page": {"gt": 2.5, "lt": 10}},
    {"metadata.tags": ["a", 1]},
    {"metadata.tags": {"contains": "a"}},
    {"metadata.kind": {"contains": "ot"}},
    {"metadata.place": {"eq": {"city.eu": "Rome"}}},
    {r"metadata.place.city\.eu": "Rome"},
    {"metadata.missing": None},
    {"metadata.missing.deeper": {"exists": False}},
    {"metadata.missing": {"ne": 1}},
    {"and": [{"source": "conversation"}, {"importance": {"gt": 0.1}}]},
    {"or": [{"source": "chat"}, {"metadata.kind": "note"}]},
    {"not": {"source": "chat"}},
    {"or": [{"source": "chat"}, {"and": [{"not": {"agent_id": "x"}}]}], "speaker": "Ann Lee"},
]  # fmt: skip

LEFT_OUT: list[JsonObject] = [
    {"source": "Conversation"},
    {"source": {"in": []}},
    {"speaker": {"contains": "lee"}},
    {"source": "conversation", "speaker": "Ben"},
    {"importance": {"gt": 0.5}},
    {"importance": {"gt": 0.9, "lt": 0.1}},
    {"created_at": {"gt": AFTER, "lt": BEFORE}},
    {"created_at": {"exists": False}},
    {"metadata.page": True},
    {"metadata.page": "3"},
    {"metadata.page": {"gt": "2"}},
    {"metadata.page": {"lte": "3"}},
    {"metadata.tags": {"contains": True}},
    {"metadata.tags": {"contains": "1"}},
    {"metadata.page": {"contains": 3}},
    {"metadata.place.city.eu": "Rome"},
    {"metadata.tags.0": "a"},
    {"metadata.kind.length": 4},
    {"not": {}},
    {"source": {"eq": "conversation", "ne": "conversation"}},
    {"and": [{"team_id": "red"}, {"not": {"team_id": "red"}}]},
    {"or": [{"source": "chat"}, {"speaker": "Ben"}]},
]

_KEY = r"must name a key after each dot; a dot inside a key is written \."
_NO_PARTS = "does not fit importance, which is neither a text nor a list"
_NO_TIME = "must be a time that exists, with an offset from UTC"
_TIME = "must be a time like 2026-05-01T09:30:00Z, with an offset from UTC"
REFUSED: list[tuple[JsonValue, str, str]] = [
    ([], "filter", "must be an object"),
    ("source = 'chat'", "filter", "must be an object"),
    ({"and": {}}, "filter.and", "must be a list of at least one condition"),
    ({"or": []}, "filter.or", "must be a list of at least one condition"),
    ({"and": [{}, 7]}, "filter.and.1", "must be an object"),
    ({"or": [{}] * 101}, "filter.or", "must have at most 100 items"),
    ({"not": [{}]}, "filter.not", "must be an object"),
    ({"not": {"or": [{}, {"importance": {"gt": "x"}}]}}, "filter.not.or.1.importance.gt", "must be a number"),
    ({"metadata.a": {"in": list(range(101))}}, "filter.metadata.a.in", "must have at most 100 items"),
    ({f"metadata.{n}": 1 for n in range(101)}, "filter", "must have at most 100 members"),
    ({f"metadata.{n}": 1 for n in range(65)}, "filter", "must have at most 64 comparisons"),
    ({"metadata." + "a" * 500: 1}, "filter", "must name fields of at most 500 characters"),
    ({"metadata.a..b": 1}, "filter.metadata.a..b", _KEY),
    ({"metadata.": 1}, "filter.metadata.", _KEY),
    ({"source": {"in": "chat"}}, "filter.source.in", "must be a list"),
    ({"source": {"gt": None}}, "filter.source.gt", "must be a number or a string"),
    ({"source": {"gt": 1}}, "filter.source.gt", "must be a string or null"),
    ({"source": {"contains": None}}, "filter.source.contains", "must be a string"),
    ({"source": 7}, "filter.source", "must be a string or null"),
    ({"source": {"exists": 1}}, "filter.source.exists", "must be true or false"),
    ({"importance": "0.5"}, "filter.importance", "must be a number"),
    ({"importance": True}, "filter.importance", "must be a number"),
    ({"importance": {"in": [0.5, None]}}, "filter.importance.in", "must be a number"),
    ({"importance": {"contains": 1}}, "filter.importance.contains", _NO_PARTS),
    ({"created_at": "2026-05-01T09:30:00"}, "filter.created_at", _TIME),
    ({"created_at": {"gt": "yesterday"}}, "filter.created_at.gt", _TIME),
    ({"created_at": {"in": [ITSELF, 5]}}, "filter.created_at.in", _TIME),
    ({"created_at": "2026-02-30T09:30:00Z"}, "filter.created_at", _NO_TIME),
    ({"metadata.a": {"gt": [1]}}, "filter.metadata.a.gt", "must be a number or a string"),
]  # fmt: skip


@pytest.mark.parametrize("document", KEPT)
def test_a_memory_that_meets_the_condition_is_kept(document: JsonObject) -> None:
    assert conditions.keeps(conditions.parse(document), ONE)


@pytest.mark.parametrize("document", LEFT_OUT)
def test_a_memory_that_does_not_meet_the_condition_is_left_out(document: JsonObject) -> None:
    assert not conditions.keeps(conditions.parse(document), ONE)


@pytest.mark.parametrize(("document", "field", "reason"), REFUSED)
def test_a_fault_is_named_by_its_path(document: JsonValue, field: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        conditions.parse(document)
    assert caught.value.fields == {field: reason}
    assert str(caught.value) == f"{field} {reason}"


@pytest.mark.parametrize("name", ["id", "fact", "text", "metadata", "Source", "valid_to", "$where", ""])
def test_a_field_that_no_memory_has_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(
        InvalidInput, match=r"is no field of a memory; there are source, importance, .*metadata"
    ):
        conditions.parse({name: 1})


@pytest.mark.parametrize("comparison", [{}, {"like": "x"}, {"eq": 1, "$gt": 2}, {"city": "Rome"}])
def test_an_unknown_comparison_is_refused_with_those_there_are(comparison: JsonObject) -> None:
    with pytest.raises(InvalidInput, match=r"among eq, ne, in, gt, gte, lt, lte, exists, contains"):
        conditions.parse({"metadata.place": comparison})


def test_eight_levels_are_read_and_nine_are_not() -> None:
    deep: JsonObject = {"source": "conversation"}
    for _ in range(7):
        deep = {"and": [deep]}
    assert conditions.keeps(conditions.parse(deep), ONE)
    with pytest.raises(InvalidInput, match="at most 8 levels deep"):
        conditions.parse({"and": [deep]})


def test_sixty_four_comparisons_are_read() -> None:
    document: JsonObject = {"or": [{"importance": {"gt": 0, "lt": 1}} for _ in range(32)]}
    assert conditions.keeps(conditions.parse(document), ONE)


def test_a_fault_is_named_below_the_field_that_the_caller_says() -> None:
    with pytest.raises(InvalidInput) as caught:
        conditions.parse({"source": 1}, at="only")
    assert list(caught.value.fields) == ["only.source"]


def test_without_a_condition_all_memories_are_kept() -> None:
    assert conditions.keeps(conditions.ALWAYS, ONE)
