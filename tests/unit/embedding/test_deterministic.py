"""The embedder for tests: repeatable vectors, and cosines as arranged."""

import numpy as np
import pytest

from app.embedding import DeterministicEmbedder, at_cosine


async def test_the_same_text_has_the_same_vector_in_every_embedder():
    one = await DeterministicEmbedder(dimensions=8).embed(["tea"])
    two = await DeterministicEmbedder(dimensions=8).embed(["coffee", "tea"])

    assert one[0].tolist() == two[1].tolist()


async def test_rows_are_unit_vectors_of_the_dimensions_asked_for():
    rows = await DeterministicEmbedder(dimensions=5).embed(["a", "b"])

    assert rows.shape == (2, 5)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1])


async def test_different_texts_are_nearly_orthogonal():
    rows = await DeterministicEmbedder(dimensions=384).embed([f"text {number}" for number in range(50)])
    cosines = rows @ rows.T - np.eye(50)

    assert np.abs(cosines).max() < 0.3


@pytest.mark.parametrize("cosine", [0.985, 0.98499, 0.94, 0.93999, 0.87, 0.12, -0.5])
async def test_a_given_cosine_is_met_to_six_decimals(cosine: float):
    embedder = DeterministicEmbedder(vectors={"stored": (1, 0), "asked": at_cosine(cosine)})
    stored, asked = await embedder.embed(["stored", "asked"])

    assert round(float(stored @ asked), 6) == cosine


async def test_no_texts_make_a_matrix_without_rows():
    assert (await DeterministicEmbedder(dimensions=8).embed([])).shape == (0, 8)


def test_a_given_vector_longer_than_the_dimensions_is_refused():
    with pytest.raises(ValueError, match="1 to 2 numbers"):
        DeterministicEmbedder(dimensions=2, vectors={"a": (1, 2, 3)})


def test_a_given_vector_without_direction_is_refused():
    with pytest.raises(ValueError, match="not all 0"):
        DeterministicEmbedder(vectors={"a": (0, 0)})


def test_embedders_of_other_dimensions_are_other_models():
    assert DeterministicEmbedder(dimensions=8).model != DeterministicEmbedder(dimensions=9).model
