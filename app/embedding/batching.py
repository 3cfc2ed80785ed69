"""Micro-batching: texts that wait together go through the model together, in one thread of their own.

Nothing waits on purpose. An idle model takes a text at once; what arrives while it is busy gathers.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from types import TracebackType

import numpy as np

from app.domain.models import EmbeddingModel
from app.embedding.encoder import Matrix
from app.embedding.queueing import BatchPolicy, Chunk, Request, WaitingRequests
from app.errors import Unavailable


class MicroBatcher:
    """An `app.ports.Embedder` over a blocking `encode`; an async context manager.

    One task decides what goes through the model next and hands it to `thread`, which must run one job
    at a time. A caller may be cancelled at any moment without a trace for the others.
    """

    def __init__(
        self,
        encode: Callable[[Sequence[str]], Matrix],
        *,
        model: EmbeddingModel,
        thread: Executor,
        policy: BatchPolicy | None = None,
    ) -> None:
        self._encode = encode
        self._model = model
        self._thread = thread
        self._policy = policy or BatchPolicy()
        self._waiting = WaitingRequests(self._policy)
        self._wake = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        self._closing = False

    async def __aenter__(self) -> "MicroBatcher":
        self._worker = asyncio.create_task(self._work(), name="loci-embedding")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The chunk in the thread ends by itself; whoever still waits is told.
        self._closing = True
        self._wake.set()
        if self._worker is not None:
            await self._worker

    @property
    def model(self) -> EmbeddingModel:
        """Which model makes the vectors."""
        return self._model

    async def embed(self, texts: Sequence[str]) -> Matrix:
        """One L2-normalised row per text, in order: n × d; (0, d) for no texts.

        Raises: Unavailable when too many texts wait already, when time ran out, or while closing.
        """
        if not texts:
            return np.empty((0, self._model.dimensions), dtype=np.float32)
        self._refuse_unless_room_for(len(texts))
        request = Request(texts, answer=asyncio.get_running_loop().create_future())
        self._waiting.add(request)
        self._wake.set()
        try:
            async with asyncio.timeout(self._policy.timeout_seconds):
                return await request.answer
        except TimeoutError as late:
            seconds = self._policy.timeout_seconds
            raise Unavailable(f"The embedding model did not answer within {seconds:g} seconds") from late

    def _refuse_unless_room_for(self, count: int) -> None:
        if self._closing or self._worker is None or self._worker.done():
            raise _closed()
        waiting = self._waiting.texts
        # A request larger than the whole limit is served when it is the only one.
        if waiting and waiting + count > self._policy.waiting_texts:
            raise Unavailable(f"{waiting} texts wait to be embedded already; send this again in a moment")

    async def _work(self) -> None:
        try:
            while not self._closing:
                await self._wake.wait()
                self._wake.clear()
                while not self._closing and (chunk := self._waiting.next_chunk()):
                    await self._serve(chunk)
        finally:
            # However the task ends, nobody is left waiting for it.
            self._closing = True
            for request in self._waiting.remove_all():
                request.fail(_closed())

    async def _serve(self, chunk: Chunk) -> None:
        texts = [text for part in chunk for text in part.texts]
        job = asyncio.get_running_loop().run_in_executor(self._thread, self._rows, texts)
        try:
            await asyncio.wait([job])
        except asyncio.CancelledError:
            for part in chunk:
                part.request.fail(_closed())
            raise
        error = job.exception()
        if error is None:
            _distribute(job.result(), chunk)
        elif len(chunk) == 1:
            chunk[0].request.fail(error)
        else:
            # One bad text must not fail the callers that happened to wait with it.
            for part in chunk:
                await self._serve([part])

    def _rows(self, texts: list[str]) -> Matrix:
        rows = self._encode(texts)
        if rows.shape != (len(texts), self._model.dimensions):
            raise RuntimeError(f"the model made {rows.shape} numbers of {len(texts)} texts")
        return rows


def _distribute(rows: Matrix, chunk: Chunk) -> None:
    start = 0
    for part in chunk:
        end = start + len(part.texts)
        part.request.give(rows[start:end])
        start = end


def _closed() -> Unavailable:
    return Unavailable("The embedding model is closed because the service is stopping")
