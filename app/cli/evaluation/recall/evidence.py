"""Reads ids of evidence, some of which are malformed: repaired where a reading names a turn, else dropped."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

_BETWEEN_IDS = re.compile(r"[;,\s]+")
_SESSION_AND_TURN = re.compile(r"D:?0*([0-9]+):0*([0-9]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The turns that are named, and how many ids had to be repaired or dropped to see it."""

    keys: frozenset[str]
    repaired: int
    dropped: int


def read(written: Iterable[str], *, known: Container[str]) -> Evidence:
    """The turns among `known` that the ids name.

    >>> found = read(["D1:2", "D8:6; D9:17", "D:11:26", "D30:05", "D"], known={"D1:2", "D9:17", "D30:5"})
    >>> sorted(found.keys), found.repaired, found.dropped
    (['D1:2', 'D30:5', 'D9:17'], 2, 3)
    """
    ids = list(written)
    sound = [one for one in ids if one in known]
    read_anew = [
        _reading(part) for one in ids if one not in known for part in _BETWEEN_IDS.split(one.strip("; ,"))
    ]
    repaired = [one for one in read_anew if one in known]
    return Evidence(
        keys=frozenset([*sound, *repaired]),
        repaired=len(repaired),
        dropped=len(read_anew) - len(repaired),
    )


def _reading(part: str) -> str:
    numbers = _SESSION_AND_TURN.fullmatch(part)
    return part if numbers is None else f"D{numbers[1]}:{numbers[2]}"
