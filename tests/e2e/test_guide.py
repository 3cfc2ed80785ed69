"""What a tutorial for the Smara API does first (store, search, context), with only the base URL changed.

Run through the `smara` module, as the tutorial's reader would. Replacing a fact that has changed is not part
of this release.
"""

import json
import os
import sys

import pytest

from tests.e2e import documents
from tests.e2e.command import ROOT, LociProcess

_CODE = """
import json, os
from smara import Smara

client = Smara(api_key=os.environ["LOCI_API_KEY"], base_url=os.environ["LOCI_URL"])
said = {}
said["first"] = client.store(
    user_id="user-123", fact="Prefers Python over JavaScript for backend work", importance=0.7
)
said["identity"] = client.store("user-123", "Is a senior backend engineer at Stripe", importance=1.0)
said["project"] = client.store(
    "user-123", "Currently building a payment reconciliation service", importance=0.7
)
said["mention"] = client.store("user-123", "Had a meeting with the team today", importance=0.2)
said["city"] = client.store("user-123", "Lives in New York")
said["again"] = client.store("user-123", "lives in New York.")
said["nothing"] = client.search(
    user_id="user-123", q="cloud infrastructure preferences", limit=5, namespace="infrastructure"
)
client.store("user-123", "Wants to migrate from AWS to GCP", namespace="infrastructure")
results = client.search(
    user_id="user-123", q="cloud infrastructure preferences", limit=5, namespace="infrastructure"
)
said["lines"] = [f"[{r.score:.3f}] {r.fact} {r.similarity}, decay: {r.decay_score}" for r in results]
said["context"] = client.context("user-123", "coding preferences", top_n=5)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(loci: LociProcess) -> documents.Answer:
    assert loci.api_key is not None
    path = os.pathsep.join([str(ROOT / "clients" / "python" / "src"), os.environ.get("PYTHONPATH", "")])
    printed = documents.run(loci, _CODE, sys.executable, PYTHONPATH=path, LOCI_API_KEY=loci.api_key)
    answer: documents.Answer = json.loads(printed)
    return answer


def test_facts_are_stored_under_ids_of_their_own(said: documents.Answer) -> None:
    stored = [said[name] for name in ("first", "identity", "project", "mention", "city")]
    assert [one["action"] for one in stored] == ["stored"] * 5
    assert len({one["id"] for one in stored}) == 5


def test_a_repeated_fact_is_a_duplicate(said: documents.Answer) -> None:
    assert said["again"] == {"action": "duplicate", "id": said["city"]["id"]}


def test_a_namespace_holds_only_its_own(said: documents.Answer) -> None:
    assert said["nothing"] == []
    (line,) = said["lines"]
    assert "Wants to migrate from AWS to GCP" in line
    assert "decay: 1" in line


def test_the_context_is_a_string_with_the_preference(said: documents.Answer) -> None:
    assert "Prefers Python over JavaScript" in said["context"]
    assert len(said["context"].splitlines()) == 5
