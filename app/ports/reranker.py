"""A second opinion on the best hits, from outside."""

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """Reads a question together with each text, which is dearer and finer than comparing their vectors."""

    async def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """How well each text answers the question, in order, each in [0, 1].

        Raises: Unavailable when the model cannot answer in time.
        """
        ...
