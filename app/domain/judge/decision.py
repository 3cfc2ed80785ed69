"""The values a judgement can have. Each carries its reason, in words for the person who asks why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class JudgeKind(StrEnum):
    """What decides: a comparison of statements, cosines alone, or nothing but whether the words are equal."""

    FACTS = "facts"
    SIMILARITY = "similarity"
    OFF = "off"


class Verdict(StrEnum):
    """What a new text is to a stored one.

    `SAME`: it says the same. `COVERED`: the stored one says it already, and more. `FULLER`: it says the
    stored one and next to nothing more. `REPLACES`: the two cannot both hold now. `SUSPICIOUS`: perhaps
    they cannot, which is no reason to remove one. `DIFFERENT`: both can hold. `UNREAD`: no opinion.
    """

    SAME = "same"
    COVERED = "covered"
    FULLER = "fuller"
    REPLACES = "replaces"
    SUSPICIOUS = "suspicious"
    DIFFERENT = "different"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words a comparison rests on: those in common, and those that only either text has."""

    common: Sequence[str] = ()
    only_stored: Sequence[str] = ()
    only_new: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A new text beside one stored memory: the verdict, why, and the words it rests on."""

    memory_id: str
    verdict: Verdict
    reason: str
    cosine: float
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """The fact is new: store it beside the others. `suspects` are those it may contradict."""

    reason: str
    suspects: Sequence[Comparison] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The fact is already there, as the memory `into`."""

    into: str
    reason: str
    evidence: Evidence = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersede:
    """The fact takes the place of `targets`, the nearest first; all other memories stay."""

    targets: Sequence[Comparison]
    reason: str


Decision: TypeAlias = Keep | Merge
"""What `judge` answers, which knows duplicates only."""

Ruling: TypeAlias = Keep | Merge | Supersede
"""What `decide` answers."""
