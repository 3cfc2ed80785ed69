"""Whether a memory meets a condition."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, cast

from app.domain import filters
from app.domain.conditions.values import And, Comparison, Condition, Field, Leaf, Not, Operand, Or
from app.domain.models import JsonValue, Memory

_Value: TypeAlias = "JsonValue | datetime"

_OF_MEMORY: Mapping[Field, Callable[[Memory], _Value]] = {
    Field.SOURCE: lambda memory: memory.source,
    Field.IMPORTANCE: lambda memory: memory.importance,
    Field.CREATED_AT: lambda memory: memory.valid_from,
    Field.RECORDED_AT: lambda memory: memory.recorded_at,
    Field.REFRESHED_AT: lambda memory: memory.refreshed_at,
    # What was never given is null, as in the answers.
    Field.SPEAKER: lambda memory: memory.speaker or None,
    Field.CONVERSATION_ID: lambda memory: memory.conversation_id,
    Field.TITLE: lambda memory: memory.title or None,
    Field.USER_ID: lambda memory: memory.user_id or None,
    Field.AGENT_ID: lambda memory: memory.agent_id,
    Field.TEAM_ID: lambda memory: memory.team_id,
    Field.NAMESPACE: lambda memory: memory.namespace,
    Field.METADATA: lambda memory: memory.metadata,
}


def keeps(condition: Condition, memory: Memory) -> bool:
    """Whether the memory meets the condition; values of different types are neither equal nor in an order."""
    match condition:
        case And():
            return all(keeps(part, memory) for part in condition.parts)
        case Or():
            return any(keeps(part, memory) for part in condition.parts)
        case Not():
            return not keeps(condition.part, memory)
        case Leaf():
            value = _at(condition.path, _OF_MEMORY[condition.field](memory))
            return _HOLDS[condition.comparison](value, condition.operand)


def _at(path: Sequence[str], value: _Value) -> _Value:
    """What the path leads to; null where it leads nowhere."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _are_equal(value: _Value, operand: Operand) -> bool:
    if isinstance(value, datetime) or isinstance(operand, datetime):
        return value == operand
    return filters.are_equal(value, cast(JsonValue, operand))


def _is_among(value: _Value, operand: Operand) -> bool:
    return any(_are_equal(value, one) for one in cast("Sequence[JsonValue | datetime]", operand))


def _has(value: _Value, operand: Operand) -> bool:
    if isinstance(value, str):
        return isinstance(operand, str) and operand in value
    return isinstance(value, Sequence) and any(_are_equal(one, operand) for one in value)


def _exists(value: _Value, operand: Operand) -> bool:
    return (value is not None) is operand


def _order(value: _Value, operand: Operand) -> int:
    """1 where the value comes after the operand, -1 where before, 0 where they are equal or in no order."""
    if isinstance(value, bool) or isinstance(operand, bool):
        return 0
    if isinstance(value, int | float) and isinstance(operand, int | float):
        return (value > operand) - (value < operand)
    if isinstance(value, str) and isinstance(operand, str):
        return (value > operand) - (value < operand)
    if isinstance(value, datetime) and isinstance(operand, datetime):
        return (value > operand) - (value < operand)
    return 0


_HOLDS: Mapping[Comparison, Callable[[_Value, Operand], bool]] = {
    Comparison.EQ: _are_equal,
    Comparison.NE: lambda value, operand: not _are_equal(value, operand),
    Comparison.IN: _is_among,
    Comparison.GT: lambda value, operand: _order(value, operand) > 0,
    Comparison.GTE: lambda value, operand: _order(value, operand) > 0 or _are_equal(value, operand),
    Comparison.LT: lambda value, operand: _order(value, operand) < 0,
    Comparison.LTE: lambda value, operand: _order(value, operand) < 0 or _are_equal(value, operand),
    Comparison.EXISTS: _exists,
    Comparison.CONTAINS: _has,
}
