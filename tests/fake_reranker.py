"""A reranker that says what it is told to, and keeps what it was asked."""

from collections.abc import Mapping, Sequence

from app.errors import Unavailable


class FakeReranker:
    """`Reranker`: the score of the first key that a text holds, else 0; `failing` raises `Unavailable`."""

    def __init__(self, scores: Mapping[str, float], *, failing: bool = False) -> None:
        self._scores = scores
        self._failing = failing
        self.asked: list[tuple[str, Sequence[str]]] = []

    async def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        self.asked.append((question, texts))
        if self._failing:
            raise Unavailable("The reranker is away")
        return [next((score for key, score in self._scores.items() if key in text), 0.0) for text in texts]
