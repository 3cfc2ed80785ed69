"""The values a judgement can have. Each carries its reason, in words for the person who asks why."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """The fact is new: store it beside the others."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The fact is already there, as the memory `into`."""

    into: str
    reason: str


Decision: TypeAlias = Keep | Merge
