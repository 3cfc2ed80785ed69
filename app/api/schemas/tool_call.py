"""Calls of tools as language models hand them over."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, JsonValue, WithJsonSchema
from pydantic_core import from_json

from app.api.schemas.people import GivenUserId

_WANTED = "must be an object, or a string that holds a JSON object"


class Tool(StrEnum):
    """The tools that a language model may call."""

    STORE_MEMORY = "smara_store_memory"
    SEARCH_MEMORIES = "smara_search_memories"
    GET_CONTEXT = "smara_get_context"
    DELETE_MEMORY = "smara_delete_memory"
    GET_USAGE = "smara_get_usage"


def arguments(value: object) -> object:
    """The arguments of a call, parsed where they come as a string; none at all are an empty object.

    >>> arguments('{"user_id": "ann"}'), arguments(""), arguments(None)
    ({'user_id': 'ann'}, {}, {})

    Raises: ValueError.
    """
    if value is None or value == "":
        return {}
    if isinstance(value, str):
        try:
            value = from_json(value, allow_inf_nan=False)
        except ValueError:
            raise ValueError(_WANTED) from None
    if not isinstance(value, dict):
        raise ValueError(_WANTED)
    return value  # pyright: ignore[reportUnknownVariableType]  # parsed JSON


class ToolCall(BaseModel):
    """One call of a tool, as a language model asks for it."""

    name: Annotated[
        str,
        WithJsonSchema({"type": "string", "enum": [tool.value for tool in Tool]}),
        Field(description="The tool."),
    ]
    arguments: Annotated[
        Mapping[str, JsonValue],
        BeforeValidator(arguments),
        WithJsonSchema({"anyOf": [{"type": "object"}, {"type": "string"}, {"type": "null"}]}),
        Field(
            default_factory=dict[str, JsonValue],
            description="What the matching route takes, as an object or a string that holds one.",
        ),
    ]


class ContextOf(BaseModel):
    """Whose context a call asks for."""

    user_id: GivenUserId


class MemoryNamed(BaseModel):
    """Which memory a call means."""

    memory_id: Annotated[str, Field(description="The memory's id.")]
