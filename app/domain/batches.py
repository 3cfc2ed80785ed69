"""Many items handled at once: each has an outcome of its own, which for a refused one is the refusal."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from app.errors import LociError

T = TypeVar("T")


def sound(items: Iterable[T | LociError]) -> list[T]:
    """The items that have not been refused.

    >>> sound(["tea", LociError("too long"), "milk"])
    ['tea', 'milk']
    """
    return [one for one in items if not isinstance(one, LociError)]


def merged(items: Iterable[object], outcomes: Iterable[T]) -> list[T | LociError]:
    """One outcome for each item: a refused one is its own, the sound ones have those of `outcomes`, in turn.

    >>> merged(["tea", LociError("too long"), "milk"], ["stored", "known"])
    ['stored', LociError('too long'), 'known']
    """
    in_turn = iter(outcomes)
    return [one if isinstance(one, LociError) else next(in_turn) for one in items]


def only(outcomes: Sequence[T | LociError]) -> T:
    """What became of the one item. Raises: the refusal, if it was refused.

    >>> only(["stored"])
    'stored'
    """
    (outcome,) = outcomes
    if isinstance(outcome, LociError):
        raise outcome
    return outcome
