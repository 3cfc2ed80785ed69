"""What each field of a memory may be compared with. Refusals are sentences without their subject."""

from collections.abc import Sequence
from typing import TypeAlias

from app.domain import moments
from app.domain.conditions.values import Comparison, Field, Operand
from app.domain.models import JsonValue

_TIMES = frozenset({Field.CREATED_AT, Field.RECORDED_AT, Field.REFRESHED_AT})
_ORDERS = frozenset({Comparison.GT, Comparison.GTE, Comparison.LT, Comparison.LTE})
_WITHOUT_PARTS = _TIMES | {Field.IMPORTANCE}

_List: TypeAlias = Sequence[JsonValue]


def read(value: JsonValue, *, field: Field, comparison: Comparison) -> Operand:
    """The value as what the field is compared with. Raises: ValueError for one that could never fit.

    >>> read([1, 0.5], field=Field.IMPORTANCE, comparison=Comparison.IN)
    [1, 0.5]
    """
    if comparison is Comparison.EXISTS:
        return _flag(value)
    if comparison is Comparison.CONTAINS and field in _WITHOUT_PARTS:
        raise ValueError(f"does not fit {field}, which is neither a text nor a list")
    if comparison is not Comparison.IN:
        return _single(value, field, comparison)
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError("must be a list")
    if field in _TIMES:
        return [moments.parsed(one) for one in value]
    return [_of_field(one, field) for one in value]


def _single(value: JsonValue, field: Field, comparison: Comparison) -> Operand:
    if field in _TIMES:
        return moments.parsed(value)
    if comparison in _ORDERS and not _has_order(value):
        raise ValueError("must be a number or a string")
    if comparison is Comparison.CONTAINS and field is not Field.METADATA and not isinstance(value, str):
        raise ValueError("must be a string")
    return _of_field(value, field)


def _of_field(value: JsonValue, field: Field) -> JsonValue:
    if field is Field.METADATA:
        return value
    if field is Field.IMPORTANCE:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("must be a number")
    elif value is not None and not isinstance(value, str):
        raise ValueError("must be a string or null")
    return value


def _has_order(value: JsonValue) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def _flag(value: JsonValue) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value
