"""Refusals of pydantic in the words of the contract: which field, and why, never what it held."""

from collections.abc import Callable, Iterable, Mapping

from pydantic_core import ErrorDetails

from app.errors import InvalidInput

_Context = Mapping[str, object]

_REASONS: Mapping[str, Callable[[_Context], str]] = {
    "missing": lambda _: "is required",
    "value_error": lambda context: str(context["error"]),
    "string_type": lambda _: "must be a string",
    "string_unicode": lambda _: "must not hold unpaired surrogates",
    "string_too_short": lambda _: "must not be empty",
    "string_too_long": lambda context: f"must have at most {context['max_length']} characters",
    "greater_than_equal": lambda context: f"must be at least {_short(context['ge'])}",
    "less_than_equal": lambda context: f"must be at most {_short(context['le'])}",
    "enum": lambda context: f"must be {str(context['expected']).replace(chr(39), '')}",
    "list_type": lambda _: "must be a list",
    "too_short": lambda _: "must not be empty",
    "too_long": lambda context: f"must have at most {context['max_length']} items",
    "model_attributes_type": lambda _: "must be an object",
    "model_type": lambda _: "must be an object",
    "dict_type": lambda _: "must be an object",
}
_WHOLE = "body"


def invalid_input(found: Iterable[ErrorDetails], *, within: int = 0) -> InvalidInput:
    """One error that names every bad field; `found` is what pydantic lists.

    The first `within` parts of a location say where the fields were, and are no part of their names.
    """
    fields = {_name(one["loc"][within:]): _reason(one) for one in found}
    sentence = "; ".join(f"{name} {reason}" for name, reason in fields.items())
    return InvalidInput(sentence, fields=fields)


def _name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or _WHOLE


def _reason(one: ErrorDetails) -> str:
    describe = _REASONS.get(one["type"])
    return describe(one.get("ctx", {})) if describe else "is not valid"


def _short(bound: object) -> str:
    return str(bound).removesuffix(".0")
