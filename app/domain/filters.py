"""Which memories a filter on metadata keeps: equality of JSON values, whatever they were parsed into."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from app.domain.models import JsonObject, JsonValue


def keeps(metadata: JsonObject, *, wanted: JsonObject) -> bool:
    """Whether the metadata has every member of `wanted` with an equal value.

    >>> keeps({"type": "note", "page": 1.0}, wanted={"page": 1})
    True
    >>> keeps({"type": "note"}, wanted={"page": None})
    False
    """
    return all(key in metadata and are_equal(metadata[key], value) for key, value in wanted.items())


def are_equal(one: JsonValue, other: JsonValue) -> bool:
    """Whether two JSON values are the same: numbers by value, lists in order, objects by member.

    Python takes `True` for 1, JSON does not.

    >>> are_equal(1, 1.0), are_equal(True, 1), are_equal([1, {"a": None}], [1.0, {"a": None}])
    (True, False, True)
    """
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return len(one) == len(other) and keeps(one, wanted=other)
    if _is_list(one) and _is_list(other):
        return len(one) == len(other) and all(map(are_equal, one, other))
    return one == other


def _is_list(value: JsonValue) -> TypeGuard[Sequence[JsonValue]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
