"""The curve that turns a model's cosines into scores, kept with the model's name beside this module."""

import json
from importlib import resources

from app.domain.calibration import UNCALIBRATED, Curve
from app.domain.models import EmbeddingModel

_FILES = resources.files("app.embedding") / "curves"


def curve_of(model: EmbeddingModel) -> Curve:
    """The curve fitted for a model of that name, with or without its owner's; else `UNCALIBRATED`.

    >>> curve_of(EmbeddingModel(name="deterministic-384", dimensions=384, digest="")) is UNCALIBRATED
    True
    """
    file = _FILES / f"{model.name.rpartition('/')[2]}.json"
    if not file.is_file():
        return UNCALIBRATED
    knots = json.loads(file.read_text(encoding="utf-8"))["knots"]
    return Curve(knots=tuple((cosine, score) for cosine, score in knots))
