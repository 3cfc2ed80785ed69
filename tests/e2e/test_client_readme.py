"""The examples of the Python client's README, each run as it is written, as a program of its own."""

import os
import re
import sys

from tests.e2e import documents
from tests.e2e.command import ROOT, LociProcess

_PAGE = "clients/python/README.md"
_SOURCE = ROOT / "clients" / "python" / "src"
_TEA, _SHOP = "Drinks green tea in the morning", "Buys everything at the market hall"
_ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


def _printed(loci: LociProcess, example: str) -> list[str]:
    """The lines that the one example of this name prints."""
    (code,) = documents.blocks(_PAGE, f"example: {example}")
    assert loci.api_key is not None
    printed = documents.run(
        loci,
        code,
        sys.executable,
        PYTHONPATH=os.pathsep.join([str(_SOURCE), os.environ.get("PYTHONPATH", "")]),
        LOCI_API_KEY=loci.api_key,
        SMARA_API_KEY=loci.api_key,
        SMARA_API_URL=loci.base_url,
    )
    return printed.splitlines()


def test_the_first_example_stores_links_searches_and_lists(loci: LociProcess) -> None:
    stored, *found, first, second, newest, oldest = _printed(loci, "loci")
    assert re.fullmatch(f"stored {_ID}", stored)
    assert re.fullmatch(rf"\[0\.\d{{3}}\] {_TEA}", found[0])
    assert re.fullmatch(rf"\[0\.\d{{3}}\] {_SHOP}", found[1])
    assert first == f"[1] (importance: 0.8, decay: 1, source: api) {_TEA}"
    assert second == f"[2] (importance: 0.5, decay: 1, source: api) {_SHOP}"
    assert (newest.endswith(_SHOP), oldest.endswith(_TEA)) == (True, True)


def test_the_asynchronous_example_lists_what_it_stored(loci: LociProcess) -> None:
    assert _printed(loci, "async") == ["Plays the cello on Sundays"]


def test_the_recall_of_the_example_says_who_said_what_and_writes_it_for_a_prompt(loci: LociProcess) -> None:
    printed = _printed(loci, "recall")
    rows, block = printed[:2], printed[2:]
    assert any(re.fullmatch(r"\[0\.\d\d\] Dora: The boiler was serviced by Ines", row) for row in rows)
    assert any("The boiler was serviced by Ines" in line for line in block)


def test_the_agent_of_the_example_finds_what_it_knows(loci: LociProcess) -> None:
    assert _printed(loci, "agents") == ["Wants type hints in every example"]


def test_the_team_of_the_example_shares_a_fact_and_gains_a_member(loci: LociProcess) -> None:
    assert _printed(loci, "teams") == [
        "The reports move to PostgreSQL in May",
        "['ann: admin', 'bob: member', 'eve: read_only']",
    ]


def test_the_space_of_the_example_is_filtered_and_counted(loci: LociProcess) -> None:
    found, listed = _printed(loci, "spaces")
    assert re.fullmatch(r"\[0\.\d{3}\] Production runs PostgreSQL 16 in Dublin", found)
    assert listed == "ops/notes 2"


def test_the_example_of_the_other_module_stores_and_finds(loci: LociProcess) -> None:
    stored, row, context = _printed(loci, "smara")
    assert stored.startswith("{'action': 'stored', 'id': '")
    assert re.fullmatch(r"\[0\.\d{3}\] Prefers Python over JavaScript 0\.\d+", row)
    assert context == "[1] (importance: 0.7, decay: 1, source: api) Prefers Python over JavaScript"
