"""The README's tour, run as it is written."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest

from tests.e2e.command import ROOT, LociProcess

Answer = dict[str, Any]

_BLOCK = re.compile(r"<!-- tour(?:: (?P<kind>\w+))? -->\n```\w+\n(?P<code>.*?)```", re.DOTALL)


def _blocks(kind: str | None) -> list[str]:
    text = (ROOT / "README.md").read_text()
    return [match["code"] for match in _BLOCK.finditer(text) if match["kind"] == kind]


def _environment(loci: LociProcess) -> Mapping[str, str]:
    assert loci.api_key is not None
    return loci.environment | {"LOCI_URL": loci.base_url, "LOCI_API_KEY": loci.api_key}


def _shell(loci: LociProcess, code: str) -> list[Answer]:
    done = subprocess.run(
        ["bash", "-eu"], input=code, env=_environment(loci), capture_output=True, text=True, check=True
    )
    decoder, answers, rest = json.JSONDecoder(), list[Answer](), done.stdout.strip()
    while rest:
        answer, end = decoder.raw_decode(rest)
        answers.append(answer)
        rest = rest[end:].strip()
    return answers


@pytest.fixture(scope="module")
def tour(loci: LociProcess) -> list[list[Answer]]:
    return [_shell(loci, code) for code in _blocks(None)]


def test_three_facts_are_stored(tour: list[list[Answer]]) -> None:
    assert [answer["action"] for answer in tour[0]] == ["stored"] * 3
    assert len({str(answer["id"]) for answer in tour[0]}) == 3


def test_the_same_fact_again_is_a_duplicate_of_the_first(tour: list[list[Answer]]) -> None:
    assert tour[1] == [{"action": "duplicate", "id": tour[0][0]["id"]}]


def test_the_search_finds_what_was_asked_for(tour: list[list[Answer]]) -> None:
    facts = [row["fact"] for row in tour[2][0]["results"]]
    assert len(facts) == 2
    assert facts[0] == "Prefers Python over JavaScript for backend work"


def test_the_context_is_ready_for_a_prompt(tour: list[list[Answer]]) -> None:
    context = tour[3][0]["context"]
    assert context.startswith("[1] (importance: 0.7, decay: 1, source: api) Prefers Python over JavaScript")
    assert len(context.splitlines()) == 3


def test_the_python_example_runs(loci: LociProcess) -> None:
    (code,) = _blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], env=_environment(loci), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["['stored', 'stored', 'stored']", "Is allergic to peanuts"]


def test_browser_answers_at_the_printed_address(loci: LociProcess) -> None:
    address = re.search(r"http://127\.0\.0\.1:\d+/browser/", loci.output())
    assert address is not None
    answer = httpx2.get(address[0], timeout=30, trust_env=False)
    assert answer.status_code == 200
    assert "Neo4j Browser" in answer.text
