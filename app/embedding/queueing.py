"""Which texts are embedded next: small requests overtake large ones, and large ones never starve.

Plain data without threads or tasks; `batching` runs what this decides.
"""

from asyncio import Future
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from app.embedding.encoder import Matrix

_LONGEST_TEXT_CHARACTERS = 1_200
"""About 256 tokens of English: the default model reads no further, so a longer text costs no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPolicy:
    """How many texts go through the model at once, and how many may wait.

    32 short facts are the fastest batch on a small machine (measured: 16 and 64 are slower) and take
    about 60 ms; the character limit keeps a batch of long texts near the same time.
    """

    chunk_texts: int = 32
    chunk_characters: int = 6_000
    small_request_texts: int = 4
    waiting_texts: int = 4_096
    timeout_seconds: float = 30.0

    def __post_init__(self) -> None:
        numbers = (self.chunk_texts, self.chunk_characters, self.small_request_texts, self.waiting_texts)
        if min(numbers) < 1 or self.timeout_seconds <= 0:
            raise ValueError("every limit of the batch policy must be positive")


class Request:
    """The texts of one caller, handed out in parts, and the answer that the caller waits for."""

    def __init__(self, texts: Sequence[str], *, answer: "Future[Matrix]") -> None:
        # Shortest first over the whole request, so that the parts need little padding.
        self._order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        self._texts = [texts[index] for index in self._order]
        self._taken = 0
        self._rows: list[Matrix] = []
        self.answer = answer

    @property
    def waiting(self) -> int:
        """How many texts were not handed out yet; none once the caller has gone."""
        return 0 if self.answer.done() else len(self._texts) - self._taken

    def peek(self) -> str:
        """The next text to hand out."""
        return self._texts[self._taken]

    def take(self) -> str:
        """Hand out the next text."""
        self._taken += 1
        return self._texts[self._taken - 1]

    def give(self, rows: Matrix) -> None:
        """The rows of a part, in the order in which the parts were handed out."""
        self._rows.append(rows)
        if self.answer.done() or sum(map(len, self._rows)) < len(self._texts):
            return
        sorted_rows = np.concatenate(self._rows)
        answer = np.empty_like(sorted_rows)
        answer[self._order] = sorted_rows
        self.answer.set_result(answer)

    def fail(self, error: BaseException) -> None:
        """End the request with an error; the rest of its texts is not embedded."""
        if not self.answer.done():
            self.answer.set_exception(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some texts of one request."""

    request: Request
    texts: list[str]


Chunk: TypeAlias = list[Part]
"""What goes through the model at once."""


class WaitingRequests:
    """Two queues, small and large, that take turns while both hold something.

    So a search waits for at most one chunk of a large request, and a large request for every second.
    """

    def __init__(self, policy: BatchPolicy) -> None:
        self._policy = policy
        self._small: deque[Request] = deque()
        self._large: deque[Request] = deque()
        self._last: deque[Request] = self._large

    @property
    def texts(self) -> int:
        """How many texts wait."""
        return sum(request.waiting for request in (*self._small, *self._large))

    def add(self, request: Request) -> None:
        """Put the request at the end of its queue."""
        small = request.waiting <= self._policy.small_request_texts
        (self._small if small else self._large).append(request)

    def next_chunk(self) -> Chunk:
        """Take the next texts to embed; empty when nothing waits."""
        other = self._small if self._last is self._large else self._large
        for queue in (other, self._last):
            if chunk := self._taken_from(queue):
                self._last = queue
                return chunk
        return []

    def remove_all(self) -> list[Request]:
        """Take out every request, whatever was handed out of it."""
        removed = [*self._small, *self._large]
        self._small.clear()
        self._large.clear()
        return removed

    def _taken_from(self, queue: deque[Request]) -> Chunk:
        chunk: Chunk = []
        room = _Room(texts=self._policy.chunk_texts, characters=self._policy.chunk_characters)
        while queue:
            request = queue[0]
            texts = _fill(room, request)
            if texts:
                chunk.append(Part(request=request, texts=texts))
            if request.waiting:
                break
            queue.popleft()
        return chunk


@dataclass(slots=True)
class _Room:
    texts: int
    characters: int
    used: bool = False

    def admits(self, text: str) -> bool:
        cost = min(len(text), _LONGEST_TEXT_CHARACTERS)
        # A text longer than a whole chunk still has to go through some time.
        if self.used and (self.texts < 1 or self.characters < cost):
            return False
        self.texts -= 1
        self.characters -= cost
        self.used = True
        return True


def _fill(room: _Room, request: Request) -> list[str]:
    texts: list[str] = []
    while request.waiting and room.admits(request.peek()):
        texts.append(request.take())
    return texts
