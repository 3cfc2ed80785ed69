"""The value types of the `/v1` contract: what a field may hold, how lenient reading is, how it is shown.

Every refusal is a sentence without its subject ("must be …"), so that the field's name can go before it.
"""

import json
import math
import re
from datetime import UTC, datetime
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from app.domain import admission, moments

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN_DECIMALS = 4

_LARGEST_WHOLE_NUMBER = 2**31 - 1
"""No window or offset reaches this far, and every store can hold it."""
_MOST_DIGITS = 1000
"""Longer digit strings are not converted: the time to do so grows with the square of their length."""


def number(value: object) -> float:
    """A finite number from a JSON number or a numeric string. Raises: ValueError.

    >>> number("0.8"), number(1)
    (0.8, 1.0)
    """
    if isinstance(value, str) and len(value) <= _MOST_DIGITS and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")
    try:
        converted = float(value)
    except OverflowError:
        converted = math.inf
    if not math.isfinite(converted):
        raise ValueError("must be a finite number")
    return converted


def whole_number(value: object) -> int:
    """An integer from a JSON number or a string of digits, cut at what any store can hold.

    >>> whole_number("12"), whole_number(3.0), whole_number("-" + "9" * 900)
    (12, 3, -2147483647)

    Raises: ValueError.
    """
    if isinstance(value, str) and len(value) <= _MOST_DIGITS and _WHOLE_NUMBER.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("must be a whole number")
    return max(-_LARGEST_WHOLE_NUMBER, min(_LARGEST_WHOLE_NUMBER, value))


def is_on(value: object) -> bool:
    """Whether a flag is set: `true` or `1`, as a string or a JSON value; all else is off.

    >>> is_on("true"), is_on(1), is_on("yes"), is_on(None)
    (True, True, False, False)
    """
    return value is True or value == "true" or value == "1" or (type(value) is int and value == 1)


def instant(value: object) -> datetime:
    """A point in time, in UTC, from RFC 3339 with an offset. Raises: ValueError.

    >>> instant("2026-05-01T11:30:00+02:00").isoformat()
    '2026-05-01T09:30:00+00:00'
    """
    moment = moments.parsed(value)
    if moment < _EPOCH:
        raise ValueError("must not be before 1970")
    return moment


def json_object(value: object) -> object:
    """Metadata as given, null as an empty object; at most 16 KiB of compact JSON. Raises: ValueError.

    >>> json_object(None)
    {}
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError("must be an object")
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        raise ValueError("must hold only finite numbers") from None
    if admission.metadata_bytes(value) > admission.METADATA_LIMIT_BYTES:  # pyright: ignore[reportUnknownArgumentType]  # any JSON object has a size
        raise ValueError("must be at most 16 KiB as compact JSON")
    return value  # pyright: ignore[reportUnknownVariableType]  # any JSON object is metadata


def shown_time(moment: datetime) -> str:
    """UTC with milliseconds.

    >>> shown_time(datetime(2026, 5, 1, 9, 30, tzinfo=UTC))
    '2026-05-01T09:30:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def shown_number(value: float) -> float:
    """Rounded to four decimals.

    >>> shown_number(0.90566)
    0.9057
    """
    return round(value, _SHOWN_DECIMALS)


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return value


def _up_to(maximum: int) -> AfterValidator:
    return AfterValidator(lambda value: max(1, min(maximum, value)))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]  # pydantic hands an int


_NUMERIC_STRING = {"type": "string", "pattern": r"^(0(\.[0-9]+)?|1(\.0+)?)$"}
_WHOLE_NUMBER_SCHEMA = WithJsonSchema(
    {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]{1,9}$"}]}
)

UserId: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=256, description="Whose memories: any string of the caller's choice."),
]
Namespace: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, description="A label that keeps memories apart.")
]
Source: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=50, description="Where the memory came from.")
]
Fact: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=2000, description="The text to remember; kept and returned verbatim."),
    AfterValidator(_not_blank),
]
Query: TypeAlias = Annotated[
    str, Field(min_length=1, description="What to look for, in plain words."), AfterValidator(_not_blank)
]
Name: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=200, description="A name for people."), AfterValidator(_not_blank)
]
TeamId: TypeAlias = Annotated[str | None, Field(description="A team's id.")]
Importance: TypeAlias = Annotated[
    float,
    BeforeValidator(number),
    Field(ge=0, le=1, description="From 0 to 1; the higher, the slower the memory fades."),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _NUMERIC_STRING]}),
]
Weight: TypeAlias = Annotated[
    float,
    BeforeValidator(number),
    Field(ge=0, le=1, description="From 0 to 1; how strong the edge is."),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _NUMERIC_STRING]}),
]
RelationshipType: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, description="What an edge means: free text, case-sensitive.")
]
CreatedAt: TypeAlias = Annotated[
    datetime,
    BeforeValidator(instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Metadata: TypeAlias = Annotated[
    dict[str, object],
    BeforeValidator(json_object),
    Field(description="Anything to keep with the memory; at most 16 KiB as compact JSON."),
    WithJsonSchema({"anyOf": [{"type": "object"}, {"type": "null"}]}),
]
Flag: TypeAlias = Annotated[bool, BeforeValidator(is_on), WithJsonSchema({})]
UpTo3: TypeAlias = Annotated[int, BeforeValidator(whole_number), _up_to(3), _WHOLE_NUMBER_SCHEMA]
UpTo5: TypeAlias = Annotated[int, BeforeValidator(whole_number), _up_to(5), _WHOLE_NUMBER_SCHEMA]
UpTo20: TypeAlias = Annotated[int, BeforeValidator(whole_number), _up_to(20), _WHOLE_NUMBER_SCHEMA]
UpTo50: TypeAlias = Annotated[int, BeforeValidator(whole_number), _up_to(50), _WHOLE_NUMBER_SCHEMA]
UpTo100: TypeAlias = Annotated[int, BeforeValidator(whole_number), _up_to(100), _WHOLE_NUMBER_SCHEMA]
UpTo500: TypeAlias = Annotated[int, BeforeValidator(whole_number), _up_to(500), _WHOLE_NUMBER_SCHEMA]
UpTo1000: TypeAlias = Annotated[int, BeforeValidator(whole_number), _up_to(1000), _WHOLE_NUMBER_SCHEMA]
Offset: TypeAlias = Annotated[
    int, BeforeValidator(whole_number), AfterValidator(lambda value: max(0, value)), _WHOLE_NUMBER_SCHEMA
]

ShownTime: TypeAlias = Annotated[
    datetime,
    PlainSerializer(shown_time, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
ShownNumber: TypeAlias = Annotated[float, PlainSerializer(shown_number, return_type=float)]
