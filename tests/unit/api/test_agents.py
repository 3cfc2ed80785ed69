"""The routes of the register of agents."""

import httpx2
import pytest

from tests.unit.api.edge import OPERATOR, Edge, assert_problem, opened

AGENT = set("id name description owner_id model system_prompt created_at updated_at".split())
GUIDE = {
    "name": "CodeAssist",
    "description": "A coding assistant with persistent memory",
    "owner_id": "developer-sri",
    "model": "claude-sonnet-4-20250514",
}
UNKNOWN = ["nobody", "0196f3a1-8c1e-7abc-9444-555566667777", "%00", "a%20b", "é"]

BAD_FIELDS: list[tuple[dict[str, object], str, str]] = [
    ({"name": ""}, "name", "must not be empty"),
    ({"name": " \t"}, "name", "must not be blank"),
    ({"name": "x" * 201}, "name", "must have at most 200 characters"),
    ({"name": 7}, "name", "must be a string"),
    ({"name": None}, "name", "must be a string"),
    ({"description": "x" * 2001}, "description", "must have at most 2000 characters"),
    ({"description": []}, "description", "must be a string"),
    ({"model": "x" * 201}, "model", "must have at most 200 characters"),
    ({"model": True}, "model", "must be a string"),
    ({"system_prompt": "x" * 10_001}, "system_prompt", "must have at most 10000 characters"),
    ({"system_prompt": {}}, "system_prompt", "must be a string"),
]  # fmt: skip
BAD_OWNERS: list[tuple[dict[str, object], str, str]] = [
    ({"owner_id": ""}, "owner_id", "must not be empty"),
    ({"owner_id": "x" * 257}, "owner_id", "must have at most 256 characters"),
    ({"owner_id": 1}, "owner_id", "must be a string"),
]


async def _registered(client: httpx2.AsyncClient, **fields: object) -> dict[str, object]:
    answer = await client.post("/v1/agents", json=GUIDE | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_m16_registering_answers_the_agent_in_the_shape_of_the_contract() -> None:
    async with opened() as client:
        agent = await _registered(client)
    assert agent == {
        **GUIDE,
        "id": agent["id"],
        "system_prompt": None,
        "created_at": "2026-05-01T09:30:00.000Z",
        "updated_at": "2026-05-01T09:30:00.000Z",
    }


async def test_m35_the_same_agent_again_is_another_one() -> None:
    async with opened() as client:
        first, second = await _registered(client), await _registered(client)
        listed = (await client.get("/v1/agents")).json()
    assert first["id"] != second["id"]
    assert listed == {"agents": [second, first]}


async def test_values_at_their_limits_are_taken() -> None:
    fields = {
        "name": "n" * 200,
        "owner_id": "ö/@ ." + "x" * 251,
        "description": "d" * 2000,
        "model": "m" * 200,
        "system_prompt": "😀" * 10_000,
    }
    async with opened() as client:
        agent = await _registered(client, **fields)
    assert {name: agent[name] for name in fields} == fields


async def test_the_agents_of_one_owner_are_listed() -> None:
    async with opened() as client:
        mine = await _registered(client, owner_id="ann/ü b")
        await _registered(client)
        found = await client.get("/v1/agents", params={"owner_id": "ann/ü b"})
        none = await client.get("/v1/agents", params={"owner_id": "ann"})
    assert found.json() == {"agents": [mine]}
    assert none.json() == {"agents": []}


async def test_a_single_agent_has_skills_that_are_always_empty() -> None:
    async with opened() as client:
        agent = await _registered(client)
        found = (await client.get(f"/v1/agents/{agent['id']}")).json()
    assert found == {**agent, "skills": []}


async def test_a_change_touches_what_is_sent_and_null_takes_a_value_away() -> None:
    async with opened() as client:
        agent = await _registered(client)
        address = f"/v1/agents/{agent['id']}"
        named = await client.patch(address, json={"name": "Renamed", "owner_id": "ignored", "x": 1})
        cleared = await client.patch(address, json={"description": None, "system_prompt": "Be kind"})
    assert named.status_code == 200
    assert named.json() == {**agent, "name": "Renamed"}
    assert cleared.json() == {
        **agent,
        "name": "Renamed",
        "description": None,
        "system_prompt": "Be kind",
    }


@pytest.mark.parametrize("body", [{}, {"owner_id": "ann"}, {"unknown": 1}])
async def test_a_change_of_nothing_is_400(body: dict[str, object]) -> None:
    async with opened() as client:
        agent = await _registered(client)
        for agent_id in (agent["id"], "nobody"):
            answer = await client.patch(f"/v1/agents/{agent_id}", json=body)
            problem = assert_problem(answer, status=400, code="validation_error")
            assert problem["error"] == "No fields to update"


@pytest.mark.parametrize(("fields", "name", "reason"), BAD_FIELDS + BAD_OWNERS)
async def test_a_bad_field_of_a_new_agent_is_400_and_named(
    fields: dict[str, object], name: str, reason: str
) -> None:
    async with opened() as client:
        answer = await client.post("/v1/agents", json=GUIDE | fields)
        listed = await client.get("/v1/agents")
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {name: reason}
    assert listed.json() == {"agents": []}


@pytest.mark.parametrize(("fields", "name", "reason"), BAD_FIELDS)
async def test_a_bad_field_of_a_change_is_400_and_named(
    fields: dict[str, object], name: str, reason: str
) -> None:
    async with opened() as client:
        agent = await _registered(client)
        answer = await client.patch(f"/v1/agents/{agent['id']}", json=fields)
        found = await client.get(f"/v1/agents/{agent['id']}")
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {name: reason}
    assert found.json() == {**agent, "skills": []}


async def test_an_agent_needs_a_name_and_an_owner() -> None:
    async with opened() as client:
        answer = await client.post("/v1/agents", json={})
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert fields == {"name": "is required", "owner_id": "is required"}


@pytest.mark.parametrize("body", [b"{", b"[]", b"3", b'{"name": "\\ud800", "owner_id": "o"}', b"\xff"])
async def test_a_body_that_is_no_sound_object_is_400(body: bytes) -> None:
    async with opened() as client:
        agent = await _registered(client)
        for method, address in (("POST", "/v1/agents"), ("PATCH", f"/v1/agents/{agent['id']}")):
            answer = await client.request(method, address, content=body)
            assert_problem(answer, status=400, code="validation_error")


async def test_a_deleted_agent_is_204_and_then_404() -> None:
    async with opened() as client:
        agent = await _registered(client)
        gone = await client.delete(f"/v1/agents/{agent['id']}")
        again = await client.delete(f"/v1/agents/{agent['id']}")
        listed = await client.get("/v1/agents")
    assert (gone.status_code, gone.content) == (204, b"")
    assert assert_problem(again, status=404, code="not_found")["error"] == "Agent not found"
    assert listed.json() == {"agents": []}


@pytest.mark.parametrize("agent_id", UNKNOWN)
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_m19_an_unknown_agent_is_404(method: str, agent_id: str) -> None:
    body = {"name": "x"} if method == "PATCH" else None
    async with opened() as client:
        answer = await client.request(method, f"/v1/agents/{agent_id}", json=body)
    assert assert_problem(answer, status=404, code="not_found")["error"] == "Agent not found"


async def test_m19_an_agent_of_another_tenant_is_404() -> None:
    edge = Edge()
    async with opened(edge) as client:
        agent = await _registered(client)
        made = await client.post("/admin/tenants", json={"tenant_name": "other"}, headers=OPERATOR)
        async with edge.client({"Authorization": f"Bearer {made.json()['api_key']}"}) as stranger:
            for method in ("GET", "PATCH", "DELETE"):
                body = {"name": "mine"} if method == "PATCH" else None
                answer = await stranger.request(method, f"/v1/agents/{agent['id']}", json=body)
                assert assert_problem(answer, status=404, code="not_found")["error"] == "Agent not found"
            assert (await stranger.get("/v1/agents")).json() == {"agents": []}
        found = await client.get(f"/v1/agents/{agent['id']}")
    assert found.json() == {**agent, "skills": []}


async def test_an_agent_is_registered_once_per_idempotency_key() -> None:
    headers = {"Idempotency-Key": "one"}
    async with opened() as client:
        first = await client.post("/v1/agents", json=GUIDE, headers=headers)
        again = await client.post("/v1/agents", json=GUIDE, headers=headers)
        listed = await client.get("/v1/agents")
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(listed.json()["agents"]) == 1
