"""What was stored before a restart of the service and its database is there after it, unchanged."""

from typing import Any

import httpx2

from tests.e2e.command import LociProcess


def _sent(client: httpx2.Client, path: str, **body: object) -> dict[str, Any]:
    answer = client.post(path, json=body)
    assert answer.status_code in (200, 201), answer.text
    made: dict[str, Any] = answer.json()
    return made


def _stored(client: httpx2.Client) -> list[str]:
    """Something of every kind; where to read it."""
    agent = _sent(client, "/v1/agents", name="CodeAssist", owner_id="sri", model="any")["id"]
    team = _sent(client, "/v1/teams", name="Red", slug="red", user_id="sri")["id"]
    _sent(client, f"/v1/teams/{team}/members", user_id="ann", added_by="sri", role="read_only")
    shared = _sent(client, "/v1/memories", user_id="sri", fact="The deadline is May 15", team_id=team)["id"]
    past = "2026-01-01T00:00:00Z"
    other = _sent(
        client, "/v1/memories", user_id="sri", fact="Likes tea", created_at=past, metadata={"a": [1]}
    )
    _sent(client, f"/v1/agents/{agent}/memories", user_id="sri", fact="Prefers functional programming")
    link = {"from_memory_id": shared, "to_memory_id": other["id"], "relationship_type": "führt zu"}
    _sent(client, "/v1/graph/connect", **link, weight=0.123456)
    space = _sent(client, "/mcp/addMemory", space="notes/a", text="Runs PostgreSQL 16", metadata={"n": 0.95})
    return [
        f"/v1/agents/{agent}",
        f"/v1/agents/{agent}/memories?user_id=sri",
        f"/v1/teams/{team}",
        f"/v1/memories?user_id=sri&team_id={team}",
        f"/v1/graph/related/{shared}",
        f"/mcp/memories/{space['id']}",
        "/mcp/fetchMessages?space=notes/a",
        "/spaces",
        "/v1/usage",
    ]


def _read(client: httpx2.Client, paths: list[str]) -> dict[str, object]:
    answers = {path: client.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: answer.json() for path, answer in answers.items()}


def test_m40_p24_everything_is_as_it_was(own_loci: LociProcess) -> None:
    with own_loci.client() as client:
        paths = _stored(client)
        before = _read(client, paths)
    own_loci.stop()
    own_loci.start()
    with own_loci.client() as client:
        assert _read(client, paths) == before
        query = {"user_id": "sri", "q": "when is the deadline?"}
        found = client.get("/v1/memories/search", params=query).json()["results"]
        assert found[0]["fact"] == "The deadline is May 15"
        search = _sent(client, "/mcp/search", space="notes/a", q="which database?")
        assert [one["metadata"] for one in search["memories"]] == [{"n": 0.95}]
