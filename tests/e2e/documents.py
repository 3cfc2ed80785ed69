"""Code blocks of the documentation: finds them by the comment before them, and runs them as written."""

import json
import re
import subprocess
from typing import Any

from tests.e2e.command import ROOT, LociProcess

Answer = dict[str, Any]

_BLOCK = re.compile(r"<!-- (?P<tag>[^>]*?) -->\n```\w+\n(?P<code>.*?)```", re.DOTALL)


def blocks(page: str, tag: str) -> list[str]:
    """The code under each comment with exactly that text, in order."""
    text = (ROOT / page).read_text()
    return [match["code"] for match in _BLOCK.finditer(text) if match["tag"] == tag]


def run(loci: LociProcess, code: str, *interpreter: str, **variables: str) -> str:
    """What the code prints; `LOCI_URL` and the variables are set, and it runs in the checkout."""
    done = subprocess.run(
        interpreter or ("bash", "-eu", "-o", "pipefail"),
        input=code,
        env=loci.environment | {"LOCI_URL": loci.base_url} | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def answers(printed: str) -> list[Answer]:
    """The JSON objects that were printed one after another."""
    decoder, found, rest = json.JSONDecoder(), list[Answer](), printed.strip()
    while rest:
        answer, end = decoder.raw_decode(rest)
        found.append(answer)
        rest = rest[end:].strip()
    return found
