"""Models behind ports: `open_embedder` for sentence embeddings, with a double for tests, `open_reranker`.

This package alone knows torch, sentence-transformers and where model files lie. It knows nothing of
memories, and it never goes to the network for the default model.
"""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from app.embedding import encoder, reranking, weights
from app.embedding.batching import MicroBatcher
from app.embedding.calibration import curve_of
from app.embedding.deterministic import DeterministicEmbedder, at_cosine
from app.embedding.queueing import BatchPolicy
from app.embedding.reranking import RerankerPolicy
from app.embedding.weights import ModelFiles
from app.ports import Embedder, Reranker

__all__ = [
    "BatchPolicy",
    "DeterministicEmbedder",
    "ModelFiles",
    "RerankerPolicy",
    "at_cosine",
    "curve_of",
    "locate",
    "locate_reranker",
    "open_embedder",
    "open_reranker",
]


@asynccontextmanager
async def open_embedder(
    *, model: str | None = None, policy: BatchPolicy | None = None
) -> AsyncGenerator[Embedder]:
    """Load a model in a thread of its own, serve it for as long as the context is open, then close it.

    `model` is a folder or a name on the Hugging Face hub; None or empty is the all-MiniLM-L6-v2
    that is installed with Loci. The event loop stays free while the model loads (about ten seconds of one
    processor, most of it imports), so the database can start meanwhile.

    Raises: ModelInvalid.
    """
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="loci-embedding")
    try:
        loop = asyncio.get_running_loop()
        loaded = await loop.run_in_executor(thread, _load, model)
        async with MicroBatcher(loaded.encode, model=loaded.model, thread=thread, policy=policy) as batcher:
            yield batcher
    finally:
        thread.shutdown(wait=False, cancel_futures=True)


@asynccontextmanager
async def open_reranker(*, model: str, policy: RerankerPolicy | None = None) -> AsyncGenerator[Reranker]:
    """Load a cross-encoder, a folder or a name on the hub, in a thread of its own; close it at the end.

    Raises: ModelInvalid.
    """
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="loci-reranking")
    try:
        loop = asyncio.get_running_loop()
        scorer = await loop.run_in_executor(thread, lambda: reranking.load(locate_reranker(model)))
        opened = reranking.QueuedReranker(scorer, thread=thread, policy=policy)
        try:
            yield opened
        finally:
            opened.close()
    finally:
        thread.shutdown(wait=False, cancel_futures=True)


def locate(model: str | None) -> ModelFiles:
    """Find the files of a model as `open_embedder` would, and check them, without loading it.

    Raises: ModelInvalid.
    """
    return weights.chosen(model) if model else weights.bundled()


def locate_reranker(model: str) -> ModelFiles:
    """Find the files of a model as `open_reranker` would, and check them, without loading it.

    Raises: ModelInvalid.
    """
    return weights.reranker(model)


def _load(model: str | None) -> encoder.SentenceEncoder:
    return encoder.load(locate(model))
