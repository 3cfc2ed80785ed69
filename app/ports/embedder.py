"""Vectors, from outside."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.domain.models import EmbeddingModel


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def model(self) -> EmbeddingModel:
        """Which model this is; a database holds the vectors of one model only."""
        ...

    async def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One L2-normalised row per text, in order: n × d.

        Raises: Unavailable when the model cannot answer in time.
        """
        ...
