"""Micro-batching with a model that works only when the test lets it."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import numpy as np
import pytest

from app.domain.models import EmbeddingModel
from app.embedding.batching import MicroBatcher
from app.embedding.encoder import Matrix
from app.embedding.queueing import BatchPolicy
from app.errors import Unavailable

MODEL = EmbeddingModel(name="gated", dimensions=1, digest="0" * 64)
DEADLINE_SECONDS = 10.0


class GatedModel:
    """Makes the row [n] of the text "n", one chunk for each time it is let through."""

    def __init__(self) -> None:
        self.chunks: list[list[str]] = []
        self._gate = threading.Semaphore(0)

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.chunks.append(list(texts))
        if not self._gate.acquire(timeout=DEADLINE_SECONDS):
            raise TimeoutError("the test never let this chunk through")
        return np.array([[float(text)] for text in texts], dtype=np.float32)

    def let_through(self, chunks: int = 1_000) -> None:
        self._gate.release(chunks)


@asynccontextmanager
async def serving(
    encode: Callable[[Sequence[str]], Matrix], *, policy: BatchPolicy | None = None
) -> AsyncGenerator[MicroBatcher]:
    with ThreadPoolExecutor(max_workers=1) as thread:
        async with MicroBatcher(encode, model=MODEL, thread=thread, policy=policy) as batcher:
            yield batcher


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not condition():
            await asyncio.sleep(0)


async def waiting_behind(
    model: GatedModel, batcher: MicroBatcher, requests: Sequence[Sequence[str]]
) -> list[asyncio.Task[Matrix]]:
    """The first request is in the model, the others wait."""
    first = asyncio.create_task(batcher.embed(requests[0]))
    await until(lambda: len(model.chunks) == 1)
    others = [asyncio.create_task(batcher.embed(texts)) for texts in requests[1:]]
    await asyncio.sleep(0)
    return [first, *others]


def numbers(rows: Matrix) -> list[float]:
    return rows.ravel().tolist()


async def test_an_idle_model_takes_a_text_at_once():
    model = GatedModel()
    model.let_through()
    async with serving(model.encode) as batcher:
        assert numbers(await batcher.embed(["7"])) == [7]


async def test_what_arrives_while_the_model_is_busy_goes_through_together():
    model = GatedModel()
    async with serving(model.encode) as batcher:
        tasks = await waiting_behind(model, batcher, [["1"], ["2"], ["3"], ["4"]])
        model.let_through()
        answers = await asyncio.gather(*tasks)

    assert model.chunks == [["1"], ["2", "3", "4"]]
    assert [numbers(rows) for rows in answers] == [[1], [2], [3], [4]]


async def test_a_search_waits_for_one_chunk_of_a_large_request_only():
    model = GatedModel()
    async with serving(model.encode) as batcher:
        large = [str(number) for number in range(100, 600)]
        bulk, search = await waiting_behind(model, batcher, [large, ["7"]])
        model.let_through(2)
        answer = await search
        bulk_was_done = bulk.done()
        model.let_through()
        whole = await bulk

    assert numbers(answer) == [7]
    assert not bulk_was_done
    assert numbers(whole) == [float(text) for text in large]


async def test_a_cancelled_caller_does_not_disturb_the_others():
    model = GatedModel()
    async with serving(model.encode) as batcher:
        running, cancelled, other = await waiting_behind(model, batcher, [["1"], ["2"], ["3"]])
        cancelled.cancel()
        await asyncio.wait([cancelled])
        model.let_through()

        assert numbers(await running) == [1]
        assert numbers(await other) == [3]
    assert model.chunks == [["1"], ["3"]]


async def test_a_caller_cancelled_while_its_text_is_in_the_model_leaves_the_model_usable():
    model = GatedModel()
    async with serving(model.encode) as batcher:
        (running,) = await waiting_behind(model, batcher, [["1"]])
        running.cancel()
        await asyncio.wait([running])
        model.let_through()

        assert numbers(await batcher.embed(["2"])) == [2]


async def test_an_error_in_the_model_reaches_only_the_caller_whose_text_it_was():
    model = GatedModel()
    async with serving(model.encode) as batcher:
        tasks = await waiting_behind(model, batcher, [["1"], ["2"], ["not a number"], ["4"]])
        model.let_through()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [np.ndarray, np.ndarray, ValueError, np.ndarray]


async def test_the_model_serves_on_after_an_error():
    model = GatedModel()
    model.let_through()
    async with serving(model.encode) as batcher:
        with pytest.raises(ValueError, match="could not convert"):
            await batcher.embed(["not a number"])

        assert numbers(await batcher.embed(["2"])) == [2]


async def test_a_model_that_returns_too_few_rows_is_an_error_and_no_lock_up():
    def too_few(texts: Sequence[str]) -> Matrix:
        return np.zeros((len(texts) - 1, 1), dtype=np.float32)

    async with serving(too_few) as batcher:
        with pytest.raises(RuntimeError, match="of 2 texts"):
            await batcher.embed(["1", "2"])


async def test_a_full_queue_refuses_more_and_says_so():
    model = GatedModel()
    async with serving(model.encode, policy=BatchPolicy(waiting_texts=2)) as batcher:
        tasks = await waiting_behind(model, batcher, [["1"], ["2", "3"]])
        with pytest.raises(Unavailable, match="2 texts wait"):
            await batcher.embed(["4"])
        model.let_through()
        await asyncio.gather(*tasks)


async def test_a_request_larger_than_the_queue_is_served_when_it_is_alone():
    model = GatedModel()
    model.let_through()
    async with serving(model.encode, policy=BatchPolicy(waiting_texts=2)) as batcher:
        assert numbers(await batcher.embed(["1", "2", "3"])) == [1, 2, 3]


async def test_a_model_that_takes_too_long_is_unavailable():
    model = GatedModel()
    async with serving(model.encode, policy=BatchPolicy(timeout_seconds=0.05)) as batcher:
        with pytest.raises(Unavailable, match=r"within 0\.05 seconds"):
            await batcher.embed(["1"])
        model.let_through()


async def test_closing_tells_everybody_who_still_waits():
    model = GatedModel()
    async with serving(model.encode) as batcher:
        tasks = await waiting_behind(model, batcher, [["1"], ["2"], ["3"]])
        asyncio.get_running_loop().call_soon(model.let_through)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [np.ndarray, Unavailable, Unavailable]


async def test_a_closed_embedder_refuses_instead_of_waiting_forever():
    model = GatedModel()
    async with serving(model.encode) as batcher:
        pass

    with pytest.raises(Unavailable, match="is stopping"):
        await batcher.embed(["1"])


async def test_no_texts_make_a_matrix_without_rows():
    async with serving(GatedModel().encode) as batcher:
        assert (await batcher.embed([])).shape == (0, 1)
