"""The routes for operators."""

import re

import pytest

from tests.unit.api.edge import OPERATOR, Edge, assert_problem, opened

GUARDED = [
    ("POST", "/admin/tenants"),
    ("POST", "/admin/keys"),
    ("GET", "/admin/keys"),
    ("DELETE", "/admin/keys/some-id"),
    ("GET", "/admin/stats"),
]


async def test_setup_makes_the_first_tenant_once() -> None:
    async with Edge().client(OPERATOR) as client:
        first = await client.post("/setup")
        second = await client.post("/setup", json={"tenant_name": "Other"})
        key = first.json()["api_key"]
        used = await client.get("/v1/usage", headers={"Authorization": f"Bearer {key}"})
    made = first.json()
    assert first.status_code == 201
    assert set(made) == {"tenant_id", "tenant_name", "api_key", "note"}
    assert made["tenant_name"] == "Default"
    assert re.fullmatch("loci_[0-9a-f]{64}", key)
    assert used.status_code == 200
    assert_problem(second, status=410, code="gone")


async def test_setup_needs_the_secret_where_one_is_set() -> None:
    async with Edge().client(headers={}) as client:
        assert_problem(await client.post("/setup", json={}), status=403, code="forbidden")


@pytest.mark.parametrize("headers", [{}, {b"x-setup-secret": b"wrong"}, {b"x-setup-secret": b"\xff"}])
@pytest.mark.parametrize(("method", "address"), GUARDED)
async def test_the_operators_routes_need_the_secret(
    method: str, address: str, headers: dict[bytes, bytes]
) -> None:
    async with opened() as client:
        body = {"tenant_name": "x"} if method == "POST" else None
        answer = await client.request(method, address, json=body, headers=headers)
    assert_problem(answer, status=403, code="forbidden")


async def test_a_further_tenant_comes_with_a_key_and_a_taken_name_is_409() -> None:
    async with opened() as client:
        answer = await client.post("/admin/tenants", json={"tenant_name": "Ümlaut"}, headers=OPERATOR)
        again = await client.post("/admin/tenants", json={"tenant_name": "Ümlaut"}, headers=OPERATOR)
    assert (answer.status_code, answer.json()["tenant_name"]) == (201, "Ümlaut")
    assert assert_problem(again, status=409, code="conflict")["id"] == answer.json()["tenant_id"]


async def test_keys_are_made_listed_and_revoked() -> None:
    async with opened() as client:
        made = (await client.post("/admin/keys", json={"label": "laptop"}, headers=OPERATOR)).json()
        listed = (
            await client.get("/admin/keys", params={"tenant_id": made["tenant_id"]}, headers=OPERATOR)
        ).json()
        elsewhere = (await client.get("/admin/keys?tenant_id=x", headers=OPERATOR)).json()
        bearer = {"Authorization": f"Bearer {made['api_key']}"}
        before = await client.get("/v1/usage", headers=bearer)
        revoked = await client.delete(f"/admin/keys/{made['id']}", headers=OPERATOR)
        after = await client.get("/v1/usage", headers=bearer)
        again = await client.delete(f"/admin/keys/{made['id']}", headers=OPERATOR)
    assert set(made) == {"id", "tenant_id", "tenant_name", "api_key", "label"}
    assert listed == {
        "keys": [
            {
                "id": made["id"],
                "tenant_id": made["tenant_id"],
                "label": "laptop",
                "created_at": "2026-05-01T09:30:00.000Z",
                "last_used_at": None,
            }
        ]
    }
    assert elsewhere == {"keys": []}
    assert (before.status_code, revoked.status_code, revoked.content) == (200, 204, b"")
    assert_problem(after, status=401, code="unauthorized")
    assert_problem(again, status=404, code="not_found")


async def test_a_key_for_an_unknown_tenant_is_404() -> None:
    async with opened() as client:
        answer = await client.post("/admin/keys", json={"tenant_id": "x"}, headers=OPERATOR)
    assert_problem(answer, status=404, code="not_found")


async def test_statistics_show_tenants_memories_and_keys() -> None:
    async with opened(Edge(memory_limit=9)) as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": "Likes tea"})
        await client.post("/admin/keys", json={"label": "laptop"}, headers=OPERATOR)
        stats = (await client.get("/admin/stats", headers=OPERATOR)).json()
    (tenant,) = stats["tenants"]
    assert tenant == {"id": tenant["id"], "name": "Default", "plan": "self-hosted", "memory_limit": 9}
    assert stats["active_memories"] == 1
    assert stats["api_keys"] == [
        {"tenant_id": tenant["id"], "label": "laptop", "created_at": "2026-05-01T09:30:00.000Z"}
    ]
