"""Each POST of the OpenAPI document, sent twice with one idempotency key."""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncGenerator

import httpx2
import pytest

from app.graph.store import GraphStore
from tests.integration.api import described
from tests.integration.api.described import Made, Operation
from tests.integration.api.test_foreign_ids import Tenant, made, opened

_GIVEN = {"slug": "blue", "fact": "Grows roses", "text": "Grows roses", "name": "smara_get_usage"}
_HANDS_OUT_KEYS = {"POST /setup", "POST /admin/tenants", "POST /admin/keys", "POST /v1/signup"}


@pytest.fixture
async def tenant(graph: GraphStore) -> AsyncGenerator[Tenant]:
    async with opened(graph) as client:
        yield await made(client, f"sends twice {uuid.uuid4()}")


async def posts(tenant: Tenant) -> list[Operation]:
    document = (await tenant.client.get("/openapi.json")).json()
    return [
        one
        for one in described.operations(document)
        if one.method == "POST" and one.name not in _HANDS_OUT_KEYS
    ]


async def request_of(tenant: Tenant, operation: Operation) -> Made:
    if "token" in operation.ids:
        path = f"/v1/teams/{tenant.ids['team_id']}/invitations"
        body = {"email": "eve@example.org", "invited_by": "ann"}
        invitation = await tenant.client.post(path, json=body)
        return operation.request({"token": invitation.json()["token"], "user_id": "eve"})
    own = {name: tenant.id_of(name, operation) for name in operation.beside()}
    if operation.path.endswith("/restore"):
        own["memory_id"] = await deleted_memory(tenant)
    if operation.path.endswith("/members"):
        own["user_id"] = "bob"
    return operation.request({name: one for name, one in _GIVEN.items() if name in operation.required} | own)


async def deleted_memory(tenant: Tenant) -> str:
    stored = await tenant.client.post("/v1/memories", json={"user_id": "ann", "fact": "Skis in winter"})
    memory_id = str(stored.json()["id"])
    await tenant.client.delete(f"/v1/memories/{memory_id}")
    return memory_id


async def send(tenant: Tenant, request: Made, key: str, **changed: object) -> httpx2.Response:
    headers = {"Idempotency-Key": key}
    body = {**request.body, **changed}
    return await tenant.client.post(request.path, params=request.query, json=body, headers=headers)


async def test_the_second_gets_the_first_answer_and_another_body_is_refused(tenant: Tenant) -> None:
    for operation in await posts(tenant):
        request, key = await request_of(tenant, operation), str(uuid.uuid4())
        first = await send(tenant, request, key)
        assert first.status_code in (200, 201), (operation.name, first.text)
        second = await send(tenant, request, key)
        assert (second.status_code, second.json()) == (first.status_code, first.json()), operation.name
        assert second.headers["idempotent-replayed"] == "true", operation.name
        assert "idempotent-replayed" not in first.headers
        other = await send(tenant, request, key, further="a field")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch"), operation.name


async def test_of_ten_at_once_one_takes_effect_and_all_get_its_answer(tenant: Tenant) -> None:
    body = {"user_id": "ann", "fact": "Climbs"}
    headers = {"Idempotency-Key": "ten at once"}
    sent = [tenant.client.post("/v1/memories", json=body, headers=headers) for _ in range(10)]
    answers = await asyncio.gather(*sent)
    assert Counter(one.status_code for one in answers) == {201: 10}
    assert len({one.text for one in answers}) == 1


async def test_what_was_refused_may_be_tried_again_with_the_same_key(tenant: Tenant) -> None:
    headers = {"Idempotency-Key": "again"}
    team = {"name": "Red", "slug": "red", "user_id": "ann"}
    refused = await tenant.client.post("/v1/teams", json=team, headers=headers)
    assert refused.status_code == 409
    made_now = await tenant.client.post("/v1/teams", json=team | {"slug": "green"}, headers=headers)
    assert made_now.status_code == 201


@pytest.mark.parametrize("key", ["", "k" * 256, "a\tb"])
async def test_a_key_that_cannot_be_kept_is_refused(tenant: Tenant, key: str) -> None:
    body = {"user_id": "ann", "fact": "Climbs"}
    answer = await tenant.client.post("/v1/memories", json=body, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


async def test_a_key_is_that_of_its_tenant(graph: GraphStore, tenant: Tenant) -> None:
    async with opened(graph) as client:
        other = await made(client, f"another {uuid.uuid4()}")
        body = {"user_id": "ann", "fact": "Climbs"}
        headers = {"Idempotency-Key": "shared"}
        answers = [
            await one.client.post("/v1/memories", json=body, headers=headers) for one in (tenant, other)
        ]
    assert answers[0].json()["id"] != answers[1].json()["id"]
