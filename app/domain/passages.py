"""Long texts in pieces that a sentence encoder reads whole, so that any part of them can be found.

The cuts lie between sentences where possible, else between words, else anywhere; no script needs spaces.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.models import Vector

READ_WHOLE_PIECES = 200
"""Texts up to this size have none: the default encoder reads 256 word pieces, and sizes are estimates."""
PASSAGE_PIECES = 128
"""What all-MiniLM-L6-v2 was trained on: its model card says 128 word pieces per text."""
_MOST_PASSAGES = 512
"""Beyond that, passages become longer instead: a text of 128 KiB fits, all of it read."""

_PIECES = re.compile(r"[A-Za-z]{1,4}|[0-9]{1,2}|[^\sA-Za-z0-9]")
"""What a word piece holds, about: four Latin letters, two digits, or one sign of anything else."""
_CUTS = (
    re.compile(r".+?(?:[.!?…]+[\"'”’)\]]*(?:\s+|$)|[。！？｡]+\s*|\n\s*|$)", re.DOTALL),
    re.compile(r"\s*\S+\s*"),
    re.compile(rf"\s*(?:{_PIECES.pattern})\s*"),
)
"""Where a text may be cut, best first: after sentences, after words, after pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A further text under which a memory is found, with its own vector."""

    text: str
    vector: Vector


def of(text: str) -> list[str]:
    """The passages of a text in order, equal ones once; none for a text that is read whole.

    >>> of("Likes tea.")
    []
    >>> [len(part) for part in of("東京に住む。" * 60)]
    [126, 108]
    """
    size = pieces(text)
    if size <= READ_WHOLE_PIECES:
        return []
    limit = max(PASSAGE_PIECES, -(-size // _MOST_PASSAGES))
    return list(dict.fromkeys(_packed(_parts(text, _CUTS, limit), limit)))


def pieces(text: str) -> int:
    """About how many word pieces a text has.

    >>> pieces("Runs PostgreSQL 16."), pieces("東京に住む")
    (6, 5)
    """
    return len(_PIECES.findall(text))


def _parts(text: str, cuts: Sequence[re.Pattern[str]], limit: int) -> Iterator[str]:
    """The text in parts of at most `limit` pieces, cut as well as that can be done."""
    for part in cuts[0].findall(text):
        if len(cuts) > 1 and pieces(part) > limit:
            yield from _parts(part, cuts[1:], limit)
        else:
            yield part


def _packed(parts: Iterable[str], limit: int) -> Iterator[str]:
    """Neighbouring parts together, as many as fit."""
    held: list[str] = []
    room = limit
    for part in parts:
        size = pieces(part)
        if held and size > room:
            yield "".join(held).strip()
            held, room = [], limit
        held.append(part)
        room -= size
    if rest := "".join(held).strip():
        yield rest
