"""A labelled example of what the service has to make of a new fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.services.remember import Action


class Kind(StrEnum):
    """What a file of cases asks."""

    JUDGE = "judge"
    LETTA = "letta"
    SICK = "sick"
    STSB = "stsb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Facts that stand, and one that comes in.

    `accept` are the right actions, `targets` the positions in `existing` that a duplicate or a
    replacement has to name. `question` is one that the incoming fact answers.
    """

    id: str
    category: str
    existing: Sequence[str]
    incoming: str
    accept: frozenset[Action]
    targets: frozenset[int]
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One file of cases; `name` is that of the file, without its ending."""

    name: str
    kind: Kind
    cases: Sequence[Case]
