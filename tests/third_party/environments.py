"""Environments of packages that the project itself does not need: made by uv, from lists of exact versions.

They lie below `.cache`, and making one that is there takes a moment. The first lines of a list say how it
is renewed.
"""

import os
import shutil
import subprocess
from pathlib import Path

from tests.e2e.command import ROOT

NAMES = ("langchain", "crewai", "tutorial")

# What the packages together support; uv takes one that is installed, or fetches one.
_PYTHON = ">=3.11,<3.14"
_REQUIREMENTS = Path(__file__).with_name("requirements")


class NotMade(Exception):
    """An environment could not be made; the message says what to do."""


def make(name: str) -> Path:
    """Make an environment, or bring it up to date; its interpreter. Raises: NotMade."""
    folder = ROOT / ".cache" / "third-party" / name
    python = folder / "bin" / "python"
    if not python.exists():
        _uv(name, "venv", "--clear", "--no-project", "--python", _PYTHON, str(folder))
    _uv(name, "pip", "sync", "--python", str(python), str(_REQUIREMENTS / f"{name}.txt"))
    return python


def _uv(name: str, *arguments: str) -> None:
    # `uv run`, which started this program, says where uv is.
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        raise NotMade("uv was not found; start this with `./loci test --third-party`.")
    done = subprocess.run([uv, *arguments], cwd=ROOT, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise NotMade(
            f"The environment {name!r} could not be made: uv said above why. "
            "Its packages come over the network; check the connection and run this again."
        )
