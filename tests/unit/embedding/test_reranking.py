"""The line before a reranker, with a model that answers only when the test lets it; and what it is given."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Literal

import numpy as np
import numpy.typing as npt
import pytest

from app.embedding.reranking import CrossEncoderScorer, QueuedReranker, RerankerPolicy
from app.errors import Unavailable

DEADLINE_SECONDS = 10.0


class GatedScorer:
    """Gives every text the same score, one question for each time it is let through."""

    def __init__(self) -> None:
        self.questions: list[str] = []
        self.has_begun = threading.Event()
        self._gate = threading.Semaphore(0)

    def __call__(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        self.questions.append(question)
        self.has_begun.set()
        if not self._gate.acquire(timeout=DEADLINE_SECONDS):
            raise TimeoutError("the test never let this question through")
        return [0.5] * len(texts)

    def let_through(self) -> None:
        self._gate.release(1_000)


@asynccontextmanager
async def serving(scorer: GatedScorer, **limits: float) -> AsyncGenerator[QueuedReranker]:
    thread = ThreadPoolExecutor(max_workers=1)
    reranker = QueuedReranker(scorer, thread=thread, policy=RerankerPolicy(**limits))  # pyright: ignore[reportArgumentType]  # by name
    try:
        yield reranker
    finally:
        reranker.close()
        scorer.let_through()
        thread.shutdown(cancel_futures=True)


async def begun(scorer: GatedScorer) -> None:
    assert await asyncio.to_thread(scorer.has_begun.wait, DEADLINE_SECONDS)


async def test_every_text_has_a_score_and_none_have_none() -> None:
    scorer = GatedScorer()
    scorer.let_through()
    async with serving(scorer) as reranker:
        assert await reranker.scores("q", ["a", "b"]) == [0.5, 0.5]
        assert await reranker.scores("q", []) == []
    assert scorer.questions == ["q"]


async def test_a_question_that_takes_too_long_is_refused() -> None:
    async with serving(GatedScorer(), timeout_seconds=0.05) as reranker:
        with pytest.raises(Unavailable, match=r"0\.05 seconds"):
            await reranker.scores("q", ["a"])


async def test_one_whose_time_ran_out_in_line_is_never_read() -> None:
    scorer = GatedScorer()
    async with serving(scorer, timeout_seconds=0.05) as reranker:
        both = (reranker.scores("first", ["a"]), reranker.scores("second", ["a"]))
        late = await asyncio.gather(*both, return_exceptions=True)
        assert [type(one) for one in late] == [Unavailable, Unavailable]
    assert scorer.questions == ["first"]


async def test_more_than_may_wait_are_refused_at_once() -> None:
    scorer = GatedScorer()
    async with serving(scorer, questions=1) as reranker:
        first = asyncio.ensure_future(reranker.scores("first", ["a"]))
        await begun(scorer)
        with pytest.raises(Unavailable, match="wait for the reranker"):
            await reranker.scores("second", ["a"])
        scorer.let_through()
        assert await first == [0.5]
        assert await reranker.scores("third", ["a"]) == [0.5]


async def test_whoever_waits_while_it_closes_is_told() -> None:
    scorer = GatedScorer()
    async with asyncio.timeout(DEADLINE_SECONDS):
        thread = ThreadPoolExecutor(max_workers=1)
        reranker = QueuedReranker(scorer, thread=thread)
        reading = asyncio.ensure_future(reranker.scores("first", ["a"]))
        await begun(scorer)
        waiting = asyncio.ensure_future(reranker.scores("second", ["a"]))
        await asyncio.sleep(0)
        reranker.close()
        thread.shutdown(wait=False, cancel_futures=True)
        with pytest.raises(Unavailable, match="stopping"):
            await waiting
        with pytest.raises(Unavailable, match="stopping"):
            await reranker.scores("third", ["a"])
        scorer.let_through()
        assert await reading == [0.5]


@pytest.mark.parametrize("limits", [{"questions": 0}, {"timeout_seconds": 0.0}])
def test_a_policy_without_room_or_time_is_refused(limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        RerankerPolicy(**limits)  # pyright: ignore[reportArgumentType]  # by name


class PretendedModel:
    """Answers every batch with the same rows, or fails."""

    def __init__(self, rows: Sequence[object] | Exception) -> None:
        self._rows = rows
        self.pairs: list[tuple[str, str]] = []

    def predict(
        self,
        inputs: list[tuple[str, str]],
        *,
        batch_size: int,
        show_progress_bar: bool,
        activation_fn: Callable[..., object],
        convert_to_numpy: Literal[True],
    ) -> npt.NDArray[np.generic]:
        self.pairs = inputs
        if isinstance(self._rows, Exception):
            raise self._rows
        return np.array(self._rows, dtype=np.float32)


@pytest.mark.parametrize("rows", [[float("nan")], [[0.1, 0.9]], [0.1, 0.2]], ids=["nan", "classes", "two"])
def test_a_model_that_gives_no_score_for_each_text_has_failed(rows: list[object]) -> None:
    with pytest.raises(Unavailable, match="no number for each"):
        CrossEncoderScorer(PretendedModel(rows), sigmoid=abs)("q", ["a"])


def test_a_model_that_breaks_has_failed() -> None:
    with pytest.raises(Unavailable, match="out of memory"):
        CrossEncoderScorer(PretendedModel(RuntimeError("out of memory")), sigmoid=abs)("q", ["a"])


def test_a_megabyte_is_not_read_to_its_end() -> None:
    model = PretendedModel([0.5])
    CrossEncoderScorer(model, sigmoid=abs)("q" * 10_000, ["x" * 1_000_000])
    ((question, text),) = model.pairs
    assert (len(question), len(text)) == (500, 2_000)
