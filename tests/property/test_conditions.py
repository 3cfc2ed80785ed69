"""Laws of conditions, whatever they are made of."""

import dataclasses

from hypothesis import assume, given
from hypothesis import strategies as some

from app.domain import conditions
from app.domain.conditions import And, Condition, Field, Not, Or
from app.domain.models import JsonValue, Memory
from app.errors import InvalidInput
from tests.unit.domain.making import memory

_VALUES: some.SearchStrategy[JsonValue] = some.sampled_from(
    [None, True, False, 0, 1, 1.0, 2, "", "a", "ab", ["a"], [1, None], {"a": 1}]
)
_WORDS = some.sampled_from(["", "a", "ab", "b"])
_TIMES = some.sampled_from(["2026-05-01T12:00:00Z", "2020-01-01T00:00:00Z", "2030-01-01T00:00:00+01:00"])
_COMPARISONS = ["eq", "ne", "in", "gt", "gte", "lt", "lte", "exists", "contains"]
_OPERANDS: some.SearchStrategy[JsonValue] = _VALUES | _TIMES | some.lists(_VALUES | _TIMES, max_size=3)
_FIELDS = [
    *(str(one) for one in Field if one is not Field.METADATA),
    "metadata.a",
    "metadata.b",
    "metadata.a.a",
]
_LEAVES: some.SearchStrategy[JsonValue] = some.dictionaries(
    some.sampled_from(_FIELDS),
    _OPERANDS | some.dictionaries(some.sampled_from(_COMPARISONS), _OPERANDS, max_size=3),
    max_size=3,
)


def _joined(inner: some.SearchStrategy[JsonValue]) -> some.SearchStrategy[JsonValue]:
    several = some.lists(inner, min_size=1, max_size=3)
    return some.fixed_dictionaries({}, optional={"and": several, "or": several, "not": inner})


def _anything(inner: some.SearchStrategy[JsonValue]) -> some.SearchStrategy[JsonValue]:
    names = some.text(max_size=9) | some.sampled_from(["and", "or", "not", *_FIELDS])
    return some.dictionaries(names, inner | some.lists(inner, max_size=3), max_size=3)


_DOCUMENTS = some.recursive(_LEAVES, _joined, max_leaves=8)
_ANY_JSON = some.recursive(_VALUES, _anything)


def _read(document: JsonValue) -> Condition | None:
    try:
        return conditions.parse(document)
    except InvalidInput:
        return None


@some.composite
def _conditions(draw: some.DrawFn) -> Condition:
    condition = _read(draw(_DOCUMENTS))
    assume(condition is not None)
    assert condition is not None
    return condition


@some.composite
def _memories(draw: some.DrawFn) -> Memory:
    made = memory(
        importance=draw(some.sampled_from([0.0, 0.5, 1.0])),
        metadata=draw(some.dictionaries(some.sampled_from(["a", "b"]), _VALUES, max_size=2)),
    )
    agent_id = draw(some.none() | _WORDS)
    return dataclasses.replace(made, speaker=draw(_WORDS), title=draw(_WORDS), agent_id=agent_id)


_CONDITIONS, _MEMORIES = _conditions(), _memories()


@given(one=_CONDITIONS, other=_CONDITIONS, looked_at=_MEMORIES)
def test_de_morgan(one: Condition, other: Condition, looked_at: Memory) -> None:
    def keeps(condition: Condition) -> bool:
        return conditions.keeps(condition, looked_at)

    assert keeps(Not(part=And(parts=(one, other)))) == keeps(Or(parts=(Not(part=one), Not(part=other))))
    assert keeps(Not(part=Or(parts=(one, other)))) == keeps(And(parts=(Not(part=one), Not(part=other))))


@given(one=_CONDITIONS, looked_at=_MEMORIES)
def test_a_doubled_not_is_nothing(one: Condition, looked_at: Memory) -> None:
    assert conditions.keeps(Not(part=Not(part=one)), looked_at) == conditions.keeps(one, looked_at)


@given(parts=some.lists(_CONDITIONS, max_size=4), looked_at=_MEMORIES)
def test_the_order_of_parts_is_nothing(parts: list[Condition], looked_at: Memory) -> None:
    turned = tuple(reversed(parts))
    for joined in (And, Or):
        straight = conditions.keeps(joined(parts=tuple(parts)), looked_at)
        assert conditions.keeps(joined(parts=turned), looked_at) == straight


@given(field=some.sampled_from(_FIELDS), operand=_OPERANDS, looked_at=_MEMORIES)
def test_ne_is_never_what_eq_is(field: str, operand: JsonValue, looked_at: Memory) -> None:
    equal, unequal = _read({field: {"eq": operand}}), _read({field: {"ne": operand}})
    assert (equal is None) == (unequal is None)
    if equal is not None and unequal is not None:
        assert conditions.keeps(equal, looked_at) != conditions.keeps(unequal, looked_at)


@given(field=some.sampled_from(_FIELDS), operand=_OPERANDS, looked_at=_MEMORIES)
def test_a_value_is_on_one_side_of_another_at_most(field: str, operand: JsonValue, looked_at: Memory) -> None:
    held = [
        conditions.keeps(condition, looked_at)
        for name in ("lt", "eq", "gt")
        if (condition := _read({field: {name: operand}})) is not None
    ]
    assert sum(held) <= 1


@given(document=_DOCUMENTS, looked_at=_MEMORIES)
def test_the_order_of_members_is_nothing(document: JsonValue, looked_at: Memory) -> None:
    straight, turned = _read(document), _read(_turned(document))
    assert (straight is None) == (turned is None)
    if straight is not None and turned is not None:
        assert conditions.keeps(straight, looked_at) == conditions.keeps(turned, looked_at)


def _turned(document: JsonValue) -> JsonValue:
    return dict(reversed(document.items())) if isinstance(document, dict) else document


@given(document=_ANY_JSON, looked_at=_MEMORIES)
def test_any_json_is_a_condition_or_invalid_input(document: JsonValue, looked_at: Memory) -> None:
    condition = _read(document)
    assert condition is None or conditions.keeps(condition, looked_at) in (True, False)
