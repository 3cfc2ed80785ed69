"""Turns parsed JSON into the values of `models` and `graph_models`, guided by their field types.

Unknown members are left out, so that a newer service does no harm; a missing or mistyped one is refused here,
once, instead of surfacing as an AttributeError somewhere in an agent.
"""

import dataclasses
import functools
from collections.abc import Mapping
from datetime import datetime
from types import UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Mismatch(Exception):
    """A value is not what its field promises; the text says where, and what came instead."""


def decode(kind: type[T], value: object) -> T:
    """The value as a `kind`, a dataclass. Raises: Mismatch, which names the first wrong member.

    >>> from loci_client.graph_models import CarriedFrom
    >>> decode(CarriedFrom, {"edge_id": "e7", "memory_id": "b2", "added_later": 1})
    CarriedFrom(edge_id='e7', memory_id='b2')
    """
    return cast(T, _read(kind, value))


def members(value: object) -> dict[str, object]:
    """The members of a JSON object as they came. Raises: Mismatch when it is none."""
    return cast(dict[str, object], _expect(dict, value))


def items(value: object, name: str) -> list[object]:
    """The array that a JSON object holds under a name. Raises: Mismatch when there is none.

    >>> items({"results": [1, 2]}, "results")
    [1, 2]
    """
    held = members(value).get(name)
    if not isinstance(held, list):
        raise Mismatch(f"{name} is missing, or no list")
    return cast(list[object], held)


def decode_items(kind: type[T], value: object, name: str) -> tuple[T, ...]:
    """The same, each item as a `kind`. Raises: Mismatch."""
    return tuple(decode(kind, one) for one in items(value, name))


def _read(kind: object, value: object) -> object:
    if dataclasses.is_dataclass(kind):
        return _read_object(cast(type, kind), value)
    if get_origin(kind) is UnionType:
        return None if value is None else _read(_other_than_none(kind), value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in cast(list[object], _expect(list, value)))
    if get_origin(kind) is Mapping:
        return _expect(dict, value)
    if kind is datetime:
        return _read_time(value)
    return _read_plain(cast(type, kind), value)


def _read_object(kind: type, value: object) -> object:
    given = cast(dict[str, object], _expect(dict, value))
    return kind(**{name: _read_member(name, of, given) for name, of in _wanted(kind, given)})


def _read_member(name: str, kind: object, given: Mapping[str, object]) -> object:
    if name not in given:
        raise Mismatch(f"{name} is missing")
    try:
        return _read(kind, given[name])
    except Mismatch as wrong:
        raise Mismatch(f"{name}: {wrong}") from None


def _wanted(kind: type, given: Mapping[str, object]) -> list[tuple[str, object]]:
    return [(name, of) for name, of, optional in _fields(kind) if name in given or not optional]


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, object, bool], ...]:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    return tuple((one.name, hints[one.name], one.default is not dataclasses.MISSING) for one in fields)


def _other_than_none(kind: object) -> object:
    return next(one for one in get_args(kind) if one is not type(None))


def _read_time(value: object) -> datetime:
    text = cast(str, _expect(str, value))
    try:
        # Python 3.10 does not read the letter Z.
        return datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)
    except ValueError as wrong:
        raise Mismatch("a text that is no time") from wrong


def _read_plain(kind: type, value: object) -> object:
    if kind is float and type(value) is int:
        return float(value)
    # True is an int to Python, but not to JSON.
    if isinstance(value, bool) and kind is not bool:
        raise _mismatch(kind, value)
    return _expect(kind, value)


def _expect(kind: type, value: object) -> object:
    if not isinstance(value, kind):
        raise _mismatch(kind, value)
    return value


def _mismatch(kind: type, value: object) -> Mismatch:
    # The value itself may be long, or somebody's secret; its type says enough.
    return Mismatch(f"{type(value).__name__} instead of {kind.__name__}")
