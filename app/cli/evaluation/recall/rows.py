"""Under which settings the same questions are asked, so that each part of recall shows what it adds."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.recall.values import Lane


class RowsWanted(StrEnum):
    """Which rows to measure."""

    ALL = "all"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Settings of a request for recall; None leaves a setting at its default."""

    name: str
    lanes: tuple[Lane, ...] | None = None
    decay_weight: float | None = None
    token_budget: int | None = None


VECTORS = Row(name="vectors", lanes=(Lane.VECTOR,))
WORDS = Row(name="words", lanes=(Lane.WORDS,))
BOTH = Row(name="vectors + words", lanes=(Lane.VECTOR, Lane.WORDS))
DEFAULT = Row(name="+ graph (default)")
NO_DECAY = Row(name="default, decay off", decay_weight=0.0)
BUDGET = Row(name="default, 2,000 tokens", token_budget=2_000)
NO_JUDGE = Row(name="default, judge off")
"""Asked of a service of its own, since it is the stored memories that differ."""


def asked(wanted: RowsWanted) -> tuple[Row, ...]:
    """The rows that are asked of the service with its usual settings."""
    if wanted is RowsWanted.DEFAULT:
        return (DEFAULT,)
    return (VECTORS, WORDS, BOTH, DEFAULT, NO_DECAY, BUDGET)
