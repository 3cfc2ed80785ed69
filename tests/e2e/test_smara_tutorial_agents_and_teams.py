"""What readers of the Smara guide do next with its agents and teams: more of both, and strangers.

Over plain HTTP. Names of tests begin with those of the acceptance checks.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uuid6

from tests.e2e.command import LociProcess

Answer = dict[str, Any]

_FACT = "The API migration deadline is May 15"
_PRIVATE = "Wants to leave the company before the API migration"


@pytest.fixture(scope="module")
def client(loci: LociProcess) -> Iterator[httpx2.Client]:
    with loci.client() as client:
        yield client


@pytest.fixture
def new() -> str:
    """A word that nothing is called by yet."""
    return str(uuid6.uuid7())


@pytest.fixture
def team(client: httpx2.Client, new: str) -> str:
    """A team with a fact of its admin "sri", who also has a private one."""
    founded = client.post("/v1/teams", json={"name": "Engineering", "slug": new, "user_id": "sri"})
    assert founded.status_code == 201, founded.text
    team: str = founded.json()["id"]
    assert _store(client, "sri", _FACT, team_id=team, visibility="team").status_code == 201
    _store(client, "sri", _PRIVATE)
    return team


def _store(client: httpx2.Client, user: str, fact: str, **members: object) -> httpx2.Response:
    return client.post("/v1/memories", json={"user_id": user, "fact": fact, **members})


def _agent(client: httpx2.Client, name: str) -> str:
    agent: str = client.post("/v1/agents", json={"name": name, "owner_id": "sri"}).json()["id"]
    return agent


def _join(client: httpx2.Client, team: str, user: str, role: str) -> None:
    added = client.post(f"/v1/teams/{team}/members", json={"user_id": user, "added_by": "sri", "role": role})
    assert added.status_code == 201, added.text


def _search(client: httpx2.Client, user: str, **query: str) -> httpx2.Response:
    return client.get("/v1/memories/search", params={"user_id": user, "q": "migration deadline", **query})


def _facts(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["fact"] for row in answer.json()["results"]]


def test_m18_what_an_agent_keeps_is_its_own(client: httpx2.Client, new: str) -> None:
    one, other = _agent(client, f"One {new}"), _agent(client, f"Other {new}")
    kept = client.post(f"/v1/agents/{one}/memories", json={"user_id": new, "fact": _FACT})
    assert kept.json()["agent_id"] == one
    asked = {"user_id": new, "q": "deadline"}
    assert _facts(client.get(f"/v1/agents/{one}/memories", params=asked)) == [_FACT]
    assert _facts(client.get(f"/v1/agents/{other}/memories", params=asked)) == []
    assert _facts(_search(client, new)) == []
    assert client.get("/v1/memories", params={"user_id": new}).json()["total"] == 0
    assert client.get(f"/v1/users/{new}/context").json()["memories"] == []
    assert _facts(_search(client, new, source=f"agent:{one}")) == [_FACT]


def test_m18_the_same_fact_of_a_user_and_of_an_agent_are_two(client: httpx2.Client, new: str) -> None:
    agent = _agent(client, f"Agent {new}")
    kept = client.post(f"/v1/agents/{agent}/memories", json={"user_id": new, "fact": _FACT}).json()
    stored = _store(client, new, _FACT).json()
    assert (kept["action"], stored["action"]) == ("stored", "stored")
    listed = client.get(f"/v1/agents/{agent}/memories", params={"user_id": new}).json()["memories"]
    assert [one["id"] for one in listed] == [kept["id"]]
    assert [one["id"] for one in _search(client, new).json()["results"]] == [stored["id"]]


@pytest.mark.parametrize("agent", ["4c9f6f3a-0000-4000-8000-000000000000", "no-uuid", "ä b"])
def test_m19_an_unknown_agent_is_not_found(client: httpx2.Client, agent: str) -> None:
    answer = client.post(f"/v1/agents/{agent}/memories", json={"user_id": "x", "fact": _FACT})
    assert (answer.status_code, answer.json()["error"]) == (404, "Agent not found")


def test_m25_the_founder_is_the_admin(client: httpx2.Client, team: str) -> None:
    members = client.get(f"/v1/teams/{team}").json()["members"]
    assert [(one["user_id"], one["role"]) for one in members] == [("sri", "admin")]


def test_m27_a_member_finds_what_the_team_knows_and_nothing_private(
    client: httpx2.Client, team: str, new: str
) -> None:
    _join(client, team, new, "member")
    assert _facts(_search(client, new, team_id=team, include_team="true")) == [_FACT]


@pytest.mark.parametrize("form", ["{id}", "agent-{name}"])
def test_m28_a_registered_agent_is_a_member_under_both_its_names(
    client: httpx2.Client, team: str, new: str, form: str
) -> None:
    agent = _agent(client, f"Ä {new.upper()} !")
    user = form.format(id=agent, name=f"a-{new}")
    assert _facts(_search(client, user, team_id=team, include_team="true")) == [_FACT]


def test_m28_an_agent_that_nobody_registered_is_no_member(client: httpx2.Client, team: str, new: str) -> None:
    answer = _search(client, f"agent-{new}", team_id=team, include_team="true")
    assert (answer.status_code, answer.json()["error"]) == (403, "Not a member of this team")


def test_m28_an_explicit_role_of_an_agent_counts(client: httpx2.Client, team: str, new: str) -> None:
    agent = _agent(client, f"Agent {new}")
    _join(client, team, agent, "read_only")
    assert _facts(_search(client, agent, team_id=team, include_team="true")) == [_FACT]
    assert _store(client, agent, "Another fact", team_id=team).status_code == 403


def test_m28_agents_are_no_members_where_that_is_switched_off(tmp_path: Path) -> None:
    loci = LociProcess(
        data_dir=tmp_path / "data",
        api_key="key-of-the-e2e-tests",
        settings={"LOCI_IMPLICIT_AGENT_MEMBERS": "false"},
    )
    loci.start()
    try:
        with loci.client() as client:
            agent = _agent(client, "CodeAssist")
            founded = {"name": "Engineering", "slug": "engineering", "user_id": "sri"}
            team = client.post("/v1/teams", json=founded).json()["id"]
            for user in (agent, "agent-codeassist"):
                answer = _search(client, user, team_id=team, include_team="true")
                assert (answer.status_code, answer.json()["error"]) == (403, "Not a member of this team")
    finally:
        loci.stop()


def test_m29_strangers_learn_nothing(client: httpx2.Client, team: str, new: str) -> None:
    asked = {"user_id": new, "q": "deadline", "team_id": team, "include_team": "true"}
    for path in ("/v1/memories/search", f"/v1/users/{new}/context", "/v1/memories"):
        answer = client.get(path, params=asked)
        assert (answer.status_code, answer.json()["error"]) == (403, "Not a member of this team"), path
        assert "May 15" not in answer.text
    assert _facts(_search(client, new)) == []


def test_m29_an_unknown_team_is_not_found(client: httpx2.Client, new: str) -> None:
    answer = _search(client, "sri", team_id=new, include_team="true")
    assert (answer.status_code, answer.json()["error"]) == (404, "Team not found")
    assert _store(client, "sri", _FACT, team_id=new).status_code == 404


def test_m29_who_may_only_read_finds_and_does_not_store(client: httpx2.Client, team: str, new: str) -> None:
    _join(client, team, new, "read_only")
    assert _facts(_search(client, new, team_id=team, include_team="true")) == [_FACT]
    refused = _store(client, new, "Another fact", team_id=team, visibility="team")
    assert (refused.status_code, refused.json()["error"]) == (
        403,
        "Read-only members cannot store team memories",
    )


def test_m29_private_wins_over_the_team(client: httpx2.Client, team: str, new: str) -> None:
    _join(client, team, new, "member")
    stored = _store(client, "sri", f"Deadline of {new}", team_id=team, visibility="private")
    assert "team_id" not in stored.json()
    assert _facts(_search(client, new, team_id=team, include_team="true")) == [_FACT]


def test_m29_a_team_memory_needs_a_team(client: httpx2.Client) -> None:
    refused = _store(client, "sri", _FACT, visibility="team")
    assert (refused.status_code, refused.json()["code"]) == (400, "validation_error")


@pytest.mark.parametrize(
    ("flag", "count"), [("true", 2), ("1", 2), ("false", 1), ("0", 1), ("yes", 1), ("", 1)]
)
def test_m30_the_flag_is_on_only_as_true_or_one(
    client: httpx2.Client, team: str, new: str, flag: str, count: int
) -> None:
    _join(client, team, new, "member")
    _store(client, new, "Own deadline")
    assert len(_facts(_search(client, new, team_id=team, include_team=flag))) == count


def test_m30_without_the_flag_a_member_finds_only_their_own(
    client: httpx2.Client, team: str, new: str
) -> None:
    _join(client, team, new, "member")
    _store(client, new, "Own deadline")
    assert _facts(_search(client, new, team_id=team)) == ["Own deadline"]
    assert _facts(_search(client, new, include_team="true")) == ["Own deadline"]
