"""The shell blocks of the page about agents and teams, run as they are written."""

from collections.abc import Iterator

import pytest

from tests.e2e import documents
from tests.e2e.command import LociProcess

_PAGE = "docs/howto/agents-and-teams.md"
_KEY = "key-of-the-howto"


@pytest.fixture(scope="module")
def open_to_strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LociProcess]:
    """A service at which strangers may sign up."""
    data_dir = tmp_path_factory.mktemp("howto") / "data"
    loci = LociProcess(data_dir=data_dir, api_key=_KEY, settings={"LOCI_SIGNUP": "true"})
    loci.start()
    try:
        yield loci
    finally:
        loci.stop()


def _printed(loci: LociProcess, block: str) -> list[documents.Answer]:
    return documents.answers(documents.run(loci, block, KEY=_KEY))


def test_agents_teams_and_invitations_as_the_page_says(open_to_strangers: LociProcess) -> None:
    code = "\n".join(documents.blocks(_PAGE, "run"))
    stored, found, member, shared, searched, roster, by_agent, accepted = _printed(open_to_strangers, code)
    assert (stored["action"], shared["action"]) == ("stored", "stored")
    assert [one["fact"] for one in found["results"]] == ["Prefers functional programming patterns"]
    assert (member["user_id"], member["role"]) == ("maria", "member")
    for answer in (searched, by_agent):
        assert [one["id"] for one in answer["results"]] == [shared["id"]]
    assert [one["user_id"] for one in roster["members"]] == ["sri", "maria"]
    assert accepted == {"team_id": roster["id"], "role": "read_only", "message": "Invitation accepted"}


def test_a_stranger_signs_up_as_the_page_says(open_to_strangers: LociProcess) -> None:
    (block,) = documents.blocks(_PAGE, "run with LOCI_SIGNUP")
    (signed_up,) = _printed(open_to_strangers, block)
    with open_to_strangers.client(signed_up["api_key"]) as client:
        assert client.get("/v1/usage").json()["memories_used"] == 0
