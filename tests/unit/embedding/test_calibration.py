"""The curves that are kept with the models."""

from app.domain.calibration import UNCALIBRATED
from app.domain.models import EmbeddingModel
from app.embedding import DeterministicEmbedder, curve_of, weights


def named(name: str) -> EmbeddingModel:
    return EmbeddingModel(name=name, dimensions=384, digest="")


def test_the_model_that_comes_with_loci_has_a_curve() -> None:
    assert curve_of(named(weights.BUNDLED_NAME)) is not UNCALIBRATED


def test_a_copy_of_it_under_its_own_name_alone_has_the_same_curve() -> None:
    assert curve_of(named("all-MiniLM-L6-v2")) == curve_of(named(weights.BUNDLED_NAME))


def test_another_model_has_none() -> None:
    assert curve_of(named("/models/of/my own")) is UNCALIBRATED
    assert curve_of(DeterministicEmbedder().model) is UNCALIBRATED
