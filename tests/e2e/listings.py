"""The tutorials' listings as a reader runs them: saved to a folder, with this service's address and key."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TUTORIALS = Path(__file__).with_name("tutorials")
_SECONDS = 300.0

# `./loci test --third-party` names an interpreter that has the packages which a tutorial tells to install.
_PYTHON = os.environ.get("LOCI_TEST_TUTORIAL_PYTHON", "")
_PATH = "" if _PYTHON else str(_TUTORIALS / "stand_ins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What became of one listing: what it printed, what the prompt showed, and all variables after it."""

    printed: str
    shown: list[Any]
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who follows a tutorial in `folder`, with these variables in the environment."""

    folder: Path
    variables: Mapping[str, str]

    def save(self, tutorial: str, changes: Mapping[str, str]) -> None:
        """Save all listings of a tutorial, each change made wherever its text stands."""
        unused = set(changes)
        for listing in (_TUTORIALS / tutorial).glob("*.py"):
            text = listing.read_text()
            unused -= {old for old in changes if old in text}
            for old, new in changes.items():
                text = text.replace(old, new)
            (self.folder / listing.name).write_text(text)
        assert not unused, f"{tutorial} no longer says {unused}"

    def write(self, name: str, code: str) -> None:
        """Save code of the test as one more listing."""
        (self.folder / f"{name}.py").write_text(code)

    def paste(self, *listings: str) -> dict[str, Pasted]:
        """Paste listings one after another at one prompt; what became of each, by its name."""
        runner = str(_TUTORIALS / "pasted.py")
        printed = self.run(runner, *(f"{name}.py" for name in listings))
        return {name: Pasted(**said) for name, said in zip(listings, json.loads(printed), strict=True)}

    def run(self, program: str, *arguments: str, said: str = "") -> str:
        """Run a program of the folder to its end, with `said` as its input; what it printed."""
        done = subprocess.run(
            [_PYTHON or sys.executable, program, *arguments],
            input=said,
            env={**os.environ, "PYTHONPATH": _PATH, "NO_PROXY": "127.0.0.1", **self.variables},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
