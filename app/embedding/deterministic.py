"""An embedder without a model: same text, same vector, on every machine and in no time.

For tests of everything that stands on vectors. Its cosines carry no meaning, save those arranged.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence

import numpy as np

from app.domain.models import EmbeddingModel, Vector
from app.embedding.encoder import Matrix


class DeterministicEmbedder:
    """An `app.ports.Embedder`: a hash of each text, or the vector that `vectors` gives it.

    Given vectors are filled up with zeros and normalised. Two texts that are not given are nearly
    orthogonal: their cosine is about 1 / sqrt(`dimensions`) at most a few times over.
    """

    def __init__(
        self, *, dimensions: int = 384, vectors: Mapping[str, Sequence[float]] | None = None
    ) -> None:
        self._dimensions = dimensions
        self._vectors = {text: self._padded(given) for text, given in (vectors or {}).items()}

    @property
    def model(self) -> EmbeddingModel:
        """A name that no real model has; the digest is the same for equal dimensions."""
        name = f"deterministic-{self._dimensions}"
        digest = hashlib.sha256(name.encode()).hexdigest()
        return EmbeddingModel(name=name, dimensions=self._dimensions, digest=digest)

    async def embed(self, texts: Sequence[str]) -> Matrix:
        """One L2-normalised row per text, in order: n × d."""
        rows = np.empty((len(texts), self._dimensions), dtype=np.float32)
        for index, text in enumerate(texts):
            given = self._vectors.get(text)
            rows[index] = self._hashed(text) if given is None else given
        return rows

    def _padded(self, given: Sequence[float]) -> Vector:
        if len(given) > self._dimensions or not any(given):
            raise ValueError(f"a vector needs 1 to {self._dimensions} numbers that are not all 0")
        vector = np.zeros(self._dimensions)
        vector[: len(given)] = given
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def _hashed(self, text: str) -> Vector:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
        vector = np.random.default_rng(seed).standard_normal(self._dimensions)
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def at_cosine(cosine: float) -> tuple[float, float]:
    """A vector whose cosine to (1, 0) is `cosine`, for the table of a `DeterministicEmbedder`.

    >>> at_cosine(0.6)
    (0.6, 0.8)
    """
    return cosine, math.sqrt(1 - cosine * cosine)
