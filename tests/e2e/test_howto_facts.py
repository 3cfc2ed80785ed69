"""The shell blocks of the page about facts that change, run as they are written."""

from tests.e2e import documents
from tests.e2e.command import LociProcess

_PAGE = "docs/howto/facts-that-change.md"


def test_facts_change_as_the_page_says(loci: LociProcess) -> None:
    code = "\n".join(documents.blocks(_PAGE, "run"))
    printed = documents.run(loci, code, KEY=loci.api_key or "")
    replaced, judged, history, restored, kept, conflicts = documents.answers(printed)
    assert (replaced["action"], bool(replaced["reason"])) == ("replaced", True)
    assert judged["action"] == "replaced"
    assert [one["fact"] for one in history["history"]] == ["Lives in New York", "Lives in San Francisco"]
    assert (restored["id"], restored["status"]) == (replaced["replaced_id"], "active")
    assert kept["action"] == "stored"
    assert conflicts["total"] == 1
