"""Vectors of all the texts that a write needs: memories, the passages of long ones, and windows of turns."""

from collections.abc import Iterable, Mapping

from app.domain import passages
from app.domain.models import Vector
from app.domain.passages import Passage
from app.ports import Embedder

_TEXTS_PER_CALL = 400
"""An embedder lets no more than some thousands wait, and other requests bring theirs."""


async def vectors_of(
    texts: Iterable[str], *, embedder: Embedder, whole: Iterable[str] = ()
) -> dict[str, Vector]:
    """The vectors of the texts and of their passages, each by its text; `whole` texts are not cut.

    Raises: Unavailable.
    """
    wanted = list(dict.fromkeys([*_with_parts(texts), *whole]))
    vectors: dict[str, Vector] = {}
    for start in range(0, len(wanted), _TEXTS_PER_CALL):
        some = wanted[start : start + _TEXTS_PER_CALL]
        vectors.update(zip(some, await embedder.embed(some), strict=True))
    return vectors


def _with_parts(texts: Iterable[str]) -> list[str]:
    """Every text, followed by its passages."""
    return [one for text in texts for one in (text, *passages.of(text))]


def parts(text: str, *, vectors: Mapping[str, Vector]) -> list[Passage]:
    """The passages of a text, which was embedded with them."""
    return [Passage(text=part, vector=vectors[part]) for part in passages.of(text)]
