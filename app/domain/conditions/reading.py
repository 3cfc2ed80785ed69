"""Reads conditions from JSON, in the language of docs/howto/recall.md; a fault is named by its path."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeGuard

from app.domain.conditions import operands
from app.domain.conditions.values import And, Comparison, Condition, Field, Leaf, Not, Or
from app.domain.models import JsonValue
from app.errors import InvalidInput

MOST_LEVELS = 8
MOST_LEAVES = 64
MOST_ITEMS = 100
"""Bounds that no person reaches; they keep the work per memory small."""
_LONGEST_FIELD = 500

_METADATA = f"{Field.METADATA}."
_PATH = re.compile(r"(?:[^.\\]|\\[.\\])+(?:\.(?:[^.\\]|\\[.\\])+)*", re.DOTALL)
_KEY = re.compile(r"(?:[^.\\]|\\[.\\])+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_FIELDS = {str(one): one for one in Field if one is not Field.METADATA}
_COMPARISONS = {str(one): one for one in Comparison}


def parse(document: JsonValue, *, at: str = "filter") -> Condition:
    """The condition that a JSON object states; an empty one always holds.

    >>> parse({"source": "chat"}).parts[0].operand
    'chat'

    Raises: InvalidInput; its field is `at` and the path to the fault.
    """
    condition = _read(document, at, level=1)
    if _leaves(condition) > MOST_LEAVES:
        _refuse(at, f"must have at most {MOST_LEAVES} comparisons")
    return condition


def _read(document: JsonValue, at: str, *, level: int) -> And:
    if not isinstance(document, Mapping):
        _refuse(at, "must be an object")
    if level > MOST_LEVELS:
        _refuse(at, f"must be nested at most {MOST_LEVELS} levels deep")
    if len(document) > MOST_ITEMS:
        _refuse(at, f"must have at most {MOST_ITEMS} members")
    return And(parts=tuple(_member(name, one, at, level) for name, one in document.items()))


def _member(name: str, value: JsonValue, at: str, level: int) -> Condition:
    match name:
        case "and":
            return And(parts=_parts(value, f"{at}.and", level))
        case "or":
            return Or(parts=_parts(value, f"{at}.or", level))
        case "not":
            return Not(part=_read(value, f"{at}.not", level=level + 1))
        case _:
            return _leaf(_looked_at(name, at), value)


def _parts(value: JsonValue, at: str, level: int) -> tuple[Condition, ...]:
    if not is_list(value) or not value:
        _refuse(at, "must be a list of at least one condition")
    if len(value) > MOST_ITEMS:
        _refuse(at, f"must have at most {MOST_ITEMS} items")
    return tuple(_read(one, f"{at}.{index}", level=level + 1) for index, one in enumerate(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class _LookedAt:
    """What a member of a condition is about, and where that member stands."""

    at: str
    field: Field
    path: tuple[str, ...] = ()


def _looked_at(name: str, at: str) -> _LookedAt:
    if len(name) > _LONGEST_FIELD:
        _refuse(at, f"must name fields of at most {_LONGEST_FIELD} characters")
    at = f"{at}.{name}"
    if name.startswith(_METADATA):
        path = name.removeprefix(_METADATA)
        if not _PATH.fullmatch(path):
            _refuse(at, r"must name a key after each dot; a dot inside a key is written \.")
        keys = tuple(_ESCAPED.sub(r"\1", one) for one in _KEY.findall(path))
        return _LookedAt(at=at, field=Field.METADATA, path=keys)
    if name not in _FIELDS:
        _refuse(at, f"is no field of a memory; there are {', '.join(_FIELDS)}, and metadata.<key>")
    return _LookedAt(at=at, field=_FIELDS[name])


def _leaf(looked_at: _LookedAt, value: JsonValue) -> Condition:
    if not isinstance(value, Mapping):
        return _compared(looked_at, Comparison.EQ, value, looked_at.at)
    if not value or any(name not in _COMPARISONS for name in value):
        _refuse(
            looked_at.at,
            f"must be a value, or an object whose members are among {', '.join(_COMPARISONS)};"
            ' an object as a value is written {"eq": …}',
        )
    return And(
        parts=tuple(
            _compared(looked_at, _COMPARISONS[name], operand, f"{looked_at.at}.{name}")
            for name, operand in value.items()
        )
    )


def _compared(looked_at: _LookedAt, comparison: Comparison, value: JsonValue, at: str) -> Leaf:
    if comparison is Comparison.IN and is_list(value) and len(value) > MOST_ITEMS:
        _refuse(at, f"must have at most {MOST_ITEMS} items")
    try:
        operand = operands.read(value, field=looked_at.field, comparison=comparison)
    except ValueError as wrong:
        _refuse(at, str(wrong))
    return Leaf(field=looked_at.field, path=looked_at.path, comparison=comparison, operand=operand)


def _leaves(condition: Condition) -> int:
    match condition:
        case And() | Or():
            return sum(_leaves(part) for part in condition.parts)
        case Not():
            return _leaves(condition.part)
        case Leaf():
            return 1


def is_list(value: JsonValue) -> TypeGuard[Sequence[JsonValue]]:
    """Whether the value is a list; a text is none."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def _refuse(at: str, reason: str) -> NoReturn:
    raise InvalidInput(f"{at} {reason}", fields={at: reason})
