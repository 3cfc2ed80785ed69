"""Padding groups and row order, with a transformer that counts instead of thinking."""

from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pytest

from app.embedding import encoder
from app.embedding.weights import ModelFiles


class CountingTransformer:
    """Turns a text into the row [its length, 1]."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []

    def encode(
        self,
        inputs: list[str],
        *,
        batch_size: int,
        show_progress_bar: bool,
        convert_to_numpy: Literal[True],
        normalize_embeddings: bool,
    ) -> npt.NDArray[np.generic]:
        assert batch_size == len(inputs)
        assert normalize_embeddings
        self.batches.append([len(text) for text in inputs])
        return np.array([[len(text), 1] for text in inputs], dtype=np.float64)


def files(folder: Path) -> ModelFiles:
    return ModelFiles(name="counting", folder=folder, digest="0" * 64)


def test_a_long_text_is_not_padded_into_a_batch_of_short_ones(tmp_path: Path):
    transformer = CountingTransformer()
    loaded = encoder.SentenceEncoder(transformer, files(tmp_path))
    transformer.batches.clear()

    rows = loaded.encode(["x" * 1_000, "x" * 10, "x" * 60])

    assert transformer.batches == [[10, 60], [1_000]]
    assert rows[:, 0].tolist() == [1_000, 10, 60]
    assert rows.dtype == np.float32


def test_the_model_says_how_many_dimensions_it_has(tmp_path: Path):
    assert encoder.SentenceEncoder(CountingTransformer(), files(tmp_path)).model.dimensions == 2


def test_no_texts_make_a_matrix_without_rows(tmp_path: Path):
    assert encoder.SentenceEncoder(CountingTransformer(), files(tmp_path)).encode([]).shape == (0, 2)


def test_groups_hold_every_index_once():
    lengths = [5, 900, 64, 65, 130, 10_000, 1]
    groups = list(encoder.groups_of_like_length(lengths))

    assert sorted(index for group in groups for index in group) == list(range(len(lengths)))


@pytest.mark.parametrize("lengths", [[], [3], [3, 3, 3]])
def test_texts_of_one_length_are_at_most_one_group(lengths: list[int]):
    assert len(list(encoder.groups_of_like_length(lengths))) == min(1, len(lengths))
