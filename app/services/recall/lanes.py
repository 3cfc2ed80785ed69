"""The lanes that start from the question, by words and by vector, each within its time.

A lane that fails or is late is left out, and said so; only when all fail does the question.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.models import MemoryStatus, Vector
from app.domain.recall import Lane, RecallPolicy
from app.domain.recall import terms as terms_of
from app.errors import Unavailable
from app.ports import Embedder, Nearest, RecallIndex, VectorQuery, WordsFound, WordsQuery
from app.services.recall.frequent_terms import FrequentTerms
from app.services.recall.requests import Degraded

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to the lanes: `limit` memories at most from each."""

    tenant_id: str
    scope_ids: Sequence[str]
    question: str
    statuses: Sequence[MemoryStatus]
    lanes: frozenset[Lane]
    limit: int


@dataclass(slots=True, kw_only=True)
class Answered:
    """What the lanes said; `terms` are those of the question with the words they stand for.

    `nearest` tells also of the memories by words; it comes with the `vector`, or neither does.
    """

    terms: dict[str, str]
    words: WordsFound | None = None
    vector: Vector | None = None
    nearest: Nearest | None = None
    degraded: list[Degraded] = field(default_factory=list[Degraded])


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Runs the lanes, each for at most `seconds`."""

    index: RecallIndex
    embedder: Embedder
    frequent: FrequentTerms
    seconds: float

    async def ask(self, asked: Asked, *, policy: RecallPolicy) -> Answered:
        """Ask both lanes. Raises: Unavailable when each that was wanted fails."""
        answered = Answered(terms=terms_of.of_question(asked.question))
        guessed = _Guessed(terms_of.without(asked.question, self.frequent.of(asked.scope_ids)))
        try:
            if Lane.VECTOR in asked.lanes:
                guessed.start(self.embedder)
            if Lane.WORDS in asked.lanes and answered.terms:
                await self.within(Lane.WORDS, self._words(asked, answered), answered.degraded)
            # The words come first: they tell which of them are everywhere and are better not embedded.
            if Lane.VECTOR in asked.lanes:
                await self.within(
                    Lane.VECTOR, self._vector(asked, answered, guessed, policy), answered.degraded
                )
        finally:
            guessed.cancel()
        if answered.vector is None and answered.words is None and answered.degraded:
            raise Unavailable(answered.degraded[0].reason)
        return answered

    async def within(self, lane: Lane, work: Awaitable[T], degraded: list[Degraded]) -> T | None:
        """What comes of `work`; None, with a note in `degraded`, when it fails or is late."""
        timer = asyncio.timeout(self.seconds)
        try:
            async with timer:
                return await work
        except Unavailable as failure:
            degraded.append(Degraded(lane=lane, reason=str(failure)))
        except TimeoutError:
            if not timer.expired():
                raise
            degraded.append(Degraded(lane=lane, reason=f"It took longer than {self.seconds:g} seconds"))
        return None

    async def _words(self, asked: Asked, answered: Answered) -> None:
        answered.words = await self.index.words(
            WordsQuery(
                tenant_id=asked.tenant_id,
                scope_ids=asked.scope_ids,
                terms=list(answered.terms.values()),
                limit=asked.limit,
                statuses=asked.statuses,
            )
        )

    async def _vector(
        self, asked: Asked, answered: Answered, guessed: "_Guessed", policy: RecallPolicy
    ) -> None:
        common = _common(answered, policy)
        if answered.words is not None:
            self.frequent.learn(asked.scope_ids, asked=answered.terms, common=common)
        vector = await guessed.vector(terms_of.without(asked.question, common), self.embedder)
        answered.nearest = await self.index.nearest(
            VectorQuery(
                tenant_id=asked.tenant_id,
                scope_ids=asked.scope_ids,
                vector=vector,
                limit=asked.limit,
                also_ids=() if answered.words is None else answered.words.memory_ids,
                statuses=asked.statuses,
            )
        )
        answered.vector = vector


class _Guessed:
    """The vector of the question without what is probably common, made while that is found out."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._embedding: asyncio.Task[Vector] | None = None

    def start(self, embedder: Embedder) -> None:
        """Begin to embed the guess."""
        self._embedding = asyncio.create_task(_embedded(self._text, embedder))

    async def vector(self, text: str, embedder: Embedder) -> Vector:
        """The vector of the text, which is at hand if it is what was guessed. Raises: Unavailable."""
        if self._embedding is not None and text == self._text:
            return await self._embedding
        return await _embedded(text, embedder)

    def cancel(self) -> None:
        """End what was begun and is not needed."""
        if self._embedding is not None:
            self._embedding.add_done_callback(_looked_at)
            self._embedding.cancel()


async def _embedded(text: str, embedder: Embedder) -> Vector:
    (vector,) = await embedder.embed([text])
    return vector


def _looked_at(embedding: asyncio.Task[Vector]) -> None:
    # The failure of a guess that nobody waits for is none: whoever embeds the text itself is told.
    if not embedding.cancelled():
        embedding.exception()


def _common(answered: Answered, policy: RecallPolicy) -> frozenset[str]:
    """The terms that are nearly everywhere, such as the names of speakers: they tell no memories apart."""
    if answered.words is None:
        return frozenset()
    shares = {one.term: one.share for one in answered.words.terms}
    return frozenset(
        term for term, word in answered.terms.items() if shares.get(word, 0.0) >= policy.common_share
    )
