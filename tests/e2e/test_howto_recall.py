"""The blocks of the page about recall, run as they are written."""

import os
import sys

from tests.e2e import documents
from tests.e2e.command import ROOT, LociProcess

_PAGE = "docs/howto/recall.md"
_SOURCE = ROOT / "clients" / "python" / "src"


def _facts(answer: documents.Answer) -> list[str]:
    return [one["fact"] for one in answer["results"]]


def test_recall_answers_as_the_page_says(loci: LociProcess) -> None:
    code = "\n".join(documents.blocks(_PAGE, "run"))
    printed = documents.answers(documents.run(loci, code, KEY=loci.api_key or ""))
    turns, ines, asked, noted, both, kept, *times, block, explained, why_not = printed
    assert [one["status"] for one in turns["results"]] == [201, 201, 201]
    assert "I will send Ines on Tuesday" in _facts(asked)
    assert "The heating contract ends in December" in _facts(both)
    assert noted["text"] == "The heating contract ends in December"
    assert [one["id"] for one in kept["results"]] == [ines["id"]]
    _, _, then, now, before = times
    assert _facts(then) == ["Lives in New York"]
    assert _facts(now) == ["Lives in San Francisco"]
    assert [one["fact"] for one in now["results"][0]["history"]] == ["Lives in New York"]
    assert before["results"] == []
    assert (block["tokens"] <= 200, "boiler" in block["context"]) == (True, True)
    assert all(one["explanation"] for one in explained["results"])
    assert (why_not["comes_back"], why_not["stage"]) == (False, "superseded")


def test_the_python_example_prints_what_it_finds(loci: LociProcess) -> None:
    (code,) = documents.blocks(_PAGE, "run python")
    path = os.pathsep.join([str(_SOURCE), os.environ.get("PYTHONPATH", "")])
    printed = documents.run(loci, code, sys.executable, PYTHONPATH=path, LOCI_API_KEY=loci.api_key or "")
    assert "Repairs heating systems in Bergen" in printed
    assert "replaced by" in printed.splitlines()[-1]
