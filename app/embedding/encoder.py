"""The sentence-transformers model itself: loaded from a folder, then texts in, unit vectors out.

Blocking, and meant for one thread; queueing and the event loop are `batching`'s business.
"""

import warnings
from collections.abc import Iterator, Sequence
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from app.domain.models import EmbeddingModel
from app.embedding.weights import ModelFiles
from app.errors import ModelInvalid

Matrix: TypeAlias = npt.NDArray[np.float32]
"""n × d, one L2-normalised row per text."""

_MOST_THREADS = 4
"""Half of the processors at most, and no more than this: a sentence is a small job, and Neo4j needs the rest.

Threads that wait for each other spin. On two busy processors, two took 420 ms a sentence where one took 28.
"""

_READ_CHARACTERS = 10_000
"""No model here reads as much of a text, but splitting a megabyte into tokens would hold up everybody."""

_ALIKE_CHARACTERS = 64
_WARM_UP = "The first sentence pays for memory and threads, so that no caller does."


class Transformer(Protocol):
    """What is asked of a `sentence_transformers.SentenceTransformer`."""

    def encode(
        self,
        inputs: list[str],
        *,
        batch_size: int,
        show_progress_bar: bool,
        convert_to_numpy: Literal[True],
        normalize_embeddings: bool,
    ) -> npt.NDArray[np.generic]:
        """One row per text."""
        ...


class SentenceEncoder:
    """A loaded model. Texts longer than it reads (256 tokens for the default) count by their beginning."""

    def __init__(self, transformer: Transformer, files: ModelFiles) -> None:
        self._transformer = transformer
        dimensions = self._encode_alike([_WARM_UP]).shape[1]
        self.model = EmbeddingModel(name=files.name, dimensions=dimensions, digest=files.digest)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """One unit row per text, in order: n × d; (0, d) for no texts."""
        rows = np.empty((len(texts), self.model.dimensions), dtype=np.float32)
        for group in groups_of_like_length([len(text) for text in texts]):
            rows[group] = self._encode_alike([texts[index][:_READ_CHARACTERS] for index in group])
        return rows

    def _encode_alike(self, texts: list[str]) -> Matrix:
        rows = self._transformer.encode(
            texts,
            batch_size=len(texts),
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.asarray(rows, dtype=np.float32)


def load(files: ModelFiles) -> SentenceEncoder:
    """Load the model from its folder, and from nowhere else, onto the processor.

    Raises: ModelInvalid when the files do not make up a model.
    """
    try:
        with warnings.catch_warnings():
            # Deprecations inside foreign packages: nobody who runs Loci can act on them.
            warnings.simplefilter("ignore")
            return SentenceEncoder(_transformer(files), files)
    except (OSError, ValueError, RuntimeError, LookupError, TypeError, ImportError) as error:
        raise ModelInvalid(f"The embedding model in {files.folder} cannot be loaded: {error}") from error


def groups_of_like_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices, shortest first, in groups whose longest is at most about twice their shortest.

    A model pads a batch to its longest text: one long text among short ones would cost all of them.

    >>> list(groups_of_like_length([900, 30, 50]))
    [[1, 2], [0]]
    """
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and lengths[index] > max(_ALIKE_CHARACTERS, 2 * lengths[group[0]]):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def prepare_libraries() -> None:
    """Keep the libraries quiet, and off the database's processors; called in the thread of a model."""
    import torch
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    torch.set_num_threads(max(1, min(torch.get_num_threads() // 2, _MOST_THREADS)))


def _transformer(files: ModelFiles) -> Transformer:
    # Imported here because it takes seconds, and most commands and tests need no model.
    from sentence_transformers import SentenceTransformer

    prepare_libraries()
    return SentenceTransformer(str(files.folder), device="cpu", local_files_only=True)
