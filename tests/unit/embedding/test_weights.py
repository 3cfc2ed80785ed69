"""Which folder a model comes from, and that changed or missing files are refused with advice."""

import hashlib
import json
from pathlib import Path

import pytest

from app.embedding import weights
from app.errors import ModelInvalid


def model_folder(folder: Path, **files: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "modules.json").write_text("[]")
    for name, content in files.items():
        (folder / f"{name}.safetensors").write_bytes(content)
    return folder


def test_a_folder_is_named_after_itself_and_described_by_the_digest_of_its_weights(tmp_path: Path):
    folder = model_folder(tmp_path / "my-model", model=b"weights")
    files = weights.chosen(str(folder))

    assert (files.name, files.digest) == ("my-model", hashlib.sha256(b"weights").hexdigest())


def test_every_weight_file_counts(tmp_path: Path):
    one = weights.chosen(str(model_folder(tmp_path / "one", model=b"weights", dense=b"1")))
    two = weights.chosen(str(model_folder(tmp_path / "two", model=b"weights", dense=b"2")))

    assert one.digest != two.digest


def test_weights_that_were_changed_are_refused(tmp_path: Path):
    folder = model_folder(tmp_path, model=b"other weights")

    with pytest.raises(ModelInvalid, match=r"were changed.*uv sync --reinstall"):
        weights.verified(folder, name="any", digest=hashlib.sha256(b"weights").hexdigest())


def test_a_folder_without_weights_is_no_model(tmp_path: Path):
    with pytest.raises(ModelInvalid, match=r"modules\.json and safetensors"):
        weights.chosen(str(model_folder(tmp_path)))


def test_pickled_weights_are_no_weights(tmp_path: Path):
    (model_folder(tmp_path) / "pytorch_model.bin").write_bytes(b"pickle")

    with pytest.raises(ModelInvalid, match="safetensors"):
        weights.chosen(str(tmp_path))


@pytest.mark.parametrize("model", ["/no/such/folder", "./missing", "../missing", "~/missing", "a/b/c"])
def test_a_folder_that_does_not_exist_is_said_to_be_missing(model: str):
    with pytest.raises(ModelInvalid, match="There is no folder"):
        weights.chosen(model)


def reranker_folder(folder: Path, config: object) -> Path:
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def test_a_model_of_pairs_is_a_reranker(tmp_path: Path):
    folder = reranker_folder(tmp_path, {"architectures": ["BertForSequenceClassification"]})

    assert weights.reranker(str(folder)).digest == hashlib.sha256(b"weights").hexdigest()


@pytest.mark.parametrize("config", [{"architectures": ["BertModel"]}, {"architectures": []}, {}, [], "?"])
def test_a_model_of_single_texts_is_no_reranker(tmp_path: Path, config: object):
    with pytest.raises(ModelInvalid, match=r"no cross-encoder.*LOCI_RERANKER_MODEL"):
        weights.reranker(str(reranker_folder(tmp_path, config)))


def test_a_reranker_that_does_not_exist_is_missed_under_its_own_setting():
    with pytest.raises(ModelInvalid, match=r"no folder \./missing; LOCI_RERANKER_MODEL"):
        weights.reranker("./missing")


def test_a_folder_without_weights_is_no_reranker(tmp_path: Path):
    with pytest.raises(ModelInvalid, match=r"no reranker.*config\.json and safetensors"):
        weights.reranker(str(tmp_path))
