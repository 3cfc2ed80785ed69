"""A cross-encoder behind `app.ports.Reranker`: loaded from a folder, then one question at a time through it.

It is slow next to everything else in recall, so it waits for nobody for long: few questions may stand in
line, and each has its time. Who asks is told, and answers without it.
"""

import asyncio
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from app.embedding import encoder
from app.embedding.weights import ModelFiles
from app.errors import ModelInvalid, Unavailable

Scorer: TypeAlias = Callable[[str, Sequence[str]], Sequence[float]]
"""A question and texts in, one score in [0, 1] for each text out; blocking."""

_BATCH_TEXTS = 8
_READ_CHARACTERS = 2_000
"""About the 512 tokens that most cross-encoders read; those that read more would take minutes for them."""
_QUESTION_CHARACTERS = 500
"""A pair is cut at its longer half first, so a long question would leave nothing of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RerankerPolicy:
    """How many questions may be with the model or wait for it, and how long each may take in all.

    A model of six layers and 384 numbers reads thirty texts of 25 words in 0.4 seconds of one processor, of
    100 words in 1.2, of 400 words, the most that is read, in 4.8 (measured).
    """

    questions: int = 8
    timeout_seconds: float = 5.0

    def __post_init__(self) -> None:
        if self.questions < 1 or self.timeout_seconds <= 0:
            raise ValueError("every limit of the reranker's policy must be positive")


class QueuedReranker:
    """An `app.ports.Reranker` over a blocking `scorer`, whose `thread` must run one job at a time."""

    def __init__(self, scorer: Scorer, *, thread: Executor, policy: RerankerPolicy | None = None) -> None:
        self._scorer = scorer
        self._thread = thread
        self._policy = policy or RerankerPolicy()
        self._asked = 0
        self._closing = False

    async def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score in [0, 1] per text, in order.

        Raises: Unavailable when too many wait, when time ran out, when the model fails, or while closing.
        """
        if not texts:
            return []
        if self._closing:
            raise _closed()
        if self._asked >= self._policy.questions:
            raise Unavailable(f"{self._asked} questions wait for the reranker already")
        self._asked += 1
        try:
            return await self._answer(question, texts)
        finally:
            self._asked -= 1

    def close(self) -> None:
        """Take no more questions; those that wait are told as soon as their jobs are cancelled."""
        self._closing = True

    async def _answer(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        job = asyncio.get_running_loop().run_in_executor(self._thread, self._scorer, question, texts)
        try:
            await asyncio.wait([job], timeout=self._policy.timeout_seconds)
            if not job.done():
                raise Unavailable(
                    f"The reranker did not answer within {self._policy.timeout_seconds:g} seconds;"
                    " a smaller model would"
                )
        finally:
            # Nobody needs it any more: what has not begun never will.
            job.cancel()
        if job.cancelled():
            raise _closed()
        return job.result()


class PairModel(Protocol):
    """What is asked of a `sentence_transformers.CrossEncoder`."""

    def predict(
        self,
        inputs: list[tuple[str, str]],
        *,
        batch_size: int,
        show_progress_bar: bool,
        activation_fn: Callable[..., object],
        convert_to_numpy: Literal[True],
    ) -> npt.NDArray[np.generic]:
        """One row per pair."""
        ...


class CrossEncoderScorer:
    """A `Scorer` over a loaded cross-encoder; texts longer than it reads count by their beginning."""

    def __init__(self, model: PairModel, *, sigmoid: Callable[..., object]) -> None:
        self._model = model
        self._sigmoid = sigmoid

    def __call__(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score per text, in order. Raises: Unavailable when the model fails at them."""
        pairs = [(question[:_QUESTION_CHARACTERS], text[:_READ_CHARACTERS]) for text in texts]
        try:
            # The same function for all models: some are saved with one of their own, many without any.
            rows = self._model.predict(
                pairs,
                batch_size=_BATCH_TEXTS,
                show_progress_bar=False,
                activation_fn=self._sigmoid,
                convert_to_numpy=True,
            )
        except (RuntimeError, IndexError) as error:
            raise Unavailable(f"The reranker failed: {error}") from error
        scores = np.asarray(rows, dtype=np.float64)
        if scores.shape != (len(texts),) or not np.isfinite(scores).all():
            raise Unavailable(f"The reranker made no number for each of {len(texts)} texts")
        return scores.tolist()


def load(files: ModelFiles) -> CrossEncoderScorer:
    """Load the model from its folder, and from nowhere else, onto the processor, and try it once.

    Raises: ModelInvalid when the files do not make up a model that gives one score for a pair.
    """
    try:
        with warnings.catch_warnings():
            # Deprecations inside foreign packages: nobody who runs Loci can act on them.
            warnings.simplefilter("ignore")
            scorer = _scorer(files)
            # The first pair pays for memory and threads, and shows whether the model gives one score.
            scorer("Does it work?", ["It does."])
            return scorer
    except (OSError, ValueError, RuntimeError, LookupError, TypeError, ImportError, Unavailable) as error:
        raise ModelInvalid(f"The reranker in {files.folder} cannot be used: {error}") from error


def _scorer(files: ModelFiles) -> CrossEncoderScorer:
    # Imported here because it takes seconds, and few need a reranker.
    from sentence_transformers import CrossEncoder
    from torch import nn

    encoder.prepare_libraries()
    model = CrossEncoder(str(files.folder), device="cpu", local_files_only=True)
    return CrossEncoderScorer(model, sigmoid=nn.Sigmoid())


def _closed() -> Unavailable:
    return Unavailable("The reranker is closed because the service is stopping")
