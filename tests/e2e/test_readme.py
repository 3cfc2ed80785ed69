"""The README's tour, run as it is written."""

import re
import sys

import httpx2
import pytest

from tests.e2e import documents
from tests.e2e.command import LociProcess
from tests.e2e.documents import Answer


def _run(loci: LociProcess, code: str, *interpreter: str) -> str:
    assert loci.api_key is not None
    return documents.run(loci, code, *interpreter, LOCI_API_KEY=loci.api_key)


@pytest.fixture(scope="module")
def tour(loci: LociProcess) -> list[list[Answer]]:
    return [documents.answers(_run(loci, code)) for code in documents.blocks("README.md", "tour")]


def test_three_facts_are_stored(tour: list[list[Answer]]) -> None:
    assert [answer["action"] for answer in tour[0]] == ["stored"] * 3
    assert len({answer["id"] for answer in tour[0]}) == 3


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
    (code,) = documents.blocks("README.md", "tour: python")
    printed = _run(loci, code, sys.executable)
    assert printed.splitlines() == ["['stored', 'stored', 'stored']", "Is allergic to peanuts"]


def test_browser_answers_at_the_printed_address(loci: LociProcess) -> None:
    address = re.search(r"http://127\.0\.0\.1:\d+/browser/", loci.output())
    assert address is not None
    answer = httpx2.get(address[0], timeout=30, trust_env=False)
    assert answer.status_code == 200
    assert "Neo4j Browser" in answer.text
