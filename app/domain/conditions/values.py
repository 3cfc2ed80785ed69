"""What a condition over memories is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain.models import JsonValue


class Field(StrEnum):
    """The parts of a memory that a condition can look at, by their names on the wire."""

    SOURCE = "source"
    IMPORTANCE = "importance"
    CREATED_AT = "created_at"
    RECORDED_AT = "recorded_at"
    REFRESHED_AT = "refreshed_at"
    SPEAKER = "speaker"
    CONVERSATION_ID = "conversation_id"
    TITLE = "title"
    USER_ID = "user_id"
    AGENT_ID = "agent_id"
    TEAM_ID = "team_id"
    NAMESPACE = "namespace"
    METADATA = "metadata"


class Comparison(StrEnum):
    """How a value is compared with the one that is asked for."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    EXISTS = "exists"
    CONTAINS = "contains"


Operand: TypeAlias = "JsonValue | datetime | Sequence[datetime]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One value of a memory against one operand; `path` leads through the metadata, elsewhere it is empty."""

    field: Field
    comparison: Comparison
    operand: Operand
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All parts hold; without parts it always holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """At least one part holds; without parts it never holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition: TypeAlias = And | Or | Not | Leaf

ALWAYS = And(parts=())
"""The condition that every memory meets."""
