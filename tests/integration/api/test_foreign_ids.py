"""A key of another tenant on every route that takes an id: the answer is that for an id of nothing."""

import uuid
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from app import wiring
from app.embedding import DeterministicEmbedder
from app.graph.store import GraphStore
from app.main import create_app
from app.settings import Settings
from tests import remembered
from tests.fakes import FakeClock
from tests.integration.api import described
from tests.integration.api.described import Operation

_SECRET = "operators only, and nobody else"
_LEFT_OUT = {"GET /admin/keys", "POST /admin/keys", "DELETE /admin/keys/{key_id}"}
"""For the operator of the whole installation, who opens them with a secret and not with a tenant's key."""


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """A tenant with one thing of each kind, and a client with its key."""

    client: httpx2.AsyncClient
    ids: Mapping[str, object]
    space_memory_id: str

    def id_of(self, name: str, operation: Operation) -> object:
        if name == "memory_id" and operation.path.startswith("/mcp"):
            return self.space_memory_id
        return self.ids[name]


@asynccontextmanager
async def opened(graph: GraphStore) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client without a key, over the real stores."""
    embedder = DeterministicEmbedder(dimensions=remembered.MODEL.dimensions)
    settings = Settings(setup_secret=_SECRET)  # pyright: ignore[reportArgumentType]  # becomes a secret
    services = wiring.assemble(settings, graph=graph, embedder=embedder, clock=FakeClock())
    application = create_app(settings, services=services)
    application.state.services = services
    transport = httpx2.ASGITransport(application)
    async with httpx2.AsyncClient(transport=transport, base_url="http://loci") as client:
        yield client


async def made(client: httpx2.AsyncClient, name: str) -> Tenant:
    """A new tenant that has something of everything."""
    secret = {"x-setup-secret": _SECRET}
    key = (await _sent(client, "POST", "/admin/tenants", json={"tenant_name": name}, headers=secret))[
        "api_key"
    ]
    client.headers["Authorization"] = f"Bearer {key}"
    facts = [{"user_id": "ann", "fact": fact} for fact in ("Likes tea", "Keeps bees", "Sings")]
    first, second, third = [(await _sent(client, "POST", "/v1/memories", json=one))["id"] for one in facts]
    link = {"from_memory_id": first, "to_memory_id": second, "relationship_type": "also"}
    edge = await _sent(client, "POST", "/v1/graph/connect", json=link)
    agent = await _sent(client, "POST", "/v1/agents", json={"name": "Aide", "owner_id": "ann"})
    team = await _sent(client, "POST", "/v1/teams", json={"name": "Red", "slug": "red", "user_id": "ann"})
    space = await _sent(client, "POST", "/mcp/addMemory", json={"space": name, "text": "Likes tea"})
    for city in ("Rome", "Oslo"):
        fact = {"user_id": "bob", "fact": f"Lives in {city}", "on_conflict": "ask"}
        await _sent(client, "POST", "/v1/memories", json=fact)
    (conflict,) = (await _sent(client, "GET", "/v1/conflicts"))["conflicts"]
    ids = {
        "memory_id": first, "from_memory_id": first, "to_memory_id": third, "ids": first,
        "edges": edges(first, third), "edge_id": edge["id"], "agent_id": agent["id"],
        "team_id": team["id"], "space": space["space_id"],
        "conflict_id": conflict["id"],
    }  # fmt: skip
    return Tenant(client=client, ids=ids, space_memory_id=space["id"])


def edges(first: str, second: str) -> object:
    """The body of a batch of one edge."""
    return [{"from_memory_id": first, "to_memory_id": second, "relationship_type": "too"}]


def of_nothing(name: str) -> object:
    """What is no id of anything."""
    return edges(str(uuid.uuid4()), str(uuid.uuid4())) if name == "edges" else str(uuid.uuid4())


async def _sent(client: httpx2.AsyncClient, method: str, path: str, **request: Any) -> Mapping[str, Any]:
    answer = await client.request(method, path, **request)
    assert answer.status_code in (200, 201), answer.text
    found: Mapping[str, Any] = answer.json()
    return found


async def answered(tenant: Tenant, operation: Operation, given: Mapping[str, object]) -> tuple[int, object]:
    """Status and body of the answer, without what differs between any two."""
    request = operation.request(given)
    body = request.body if operation.takes["body"] else None
    answer = await tenant.client.request(request.method, request.path, params=request.query, json=body)
    said: dict[str, Any] = answer.json() if answer.content else {}
    said.pop("request_id", None)
    return answer.status_code, said


@pytest.fixture
async def intruder_and_owner(graph: GraphStore) -> AsyncGenerator[tuple[Tenant, Tenant]]:
    async with opened(graph) as one, opened(graph) as other:
        yield await made(one, f"intruder {uuid.uuid4()}"), await made(other, f"owner {uuid.uuid4()}")


async def test_a_foreign_id_is_answered_like_an_id_of_nothing(
    intruder_and_owner: tuple[Tenant, Tenant],
) -> None:
    intruder, owner = intruder_and_owner
    document = (await intruder.client.get("/openapi.json")).json()
    tried = 0
    for operation in described.operations(document):
        for name in operation.ids - {"token"} if operation.name not in _LEFT_OUT else ():
            if name == "space" and "space" not in operation.takes["path"] and not operation.names_scopes:
                continue  # A name that the caller chooses: it is one of their own tenant's.
            own = {one: intruder.id_of(one, operation) for one in operation.beside(name) - {"token"}}
            foreign = await answered(intruder, operation, own | {name: owner.id_of(name, operation)})
            nothing = await answered(intruder, operation, own | {name: of_nothing(name)})
            assert foreign == nothing, (operation.name, name)
            # A batch answers for each of its items.
            expected = 200 if name == "edges" else 404
            assert foreign[0] == expected, (operation.name, name, foreign)
            tried += 1
    assert tried > 20


async def test_after_all_these_the_owner_still_has_everything(
    intruder_and_owner: tuple[Tenant, Tenant],
) -> None:
    intruder, owner = intruder_and_owner
    document = (await intruder.client.get("/openapi.json")).json()
    before = await _everything(owner)
    for operation in described.operations(document):
        if operation.method == "DELETE" and operation.keyed:
            names = operation.ids
            await answered(intruder, operation, {name: owner.id_of(name, operation) for name in names})
    assert await _everything(owner) == before


async def test_searches_lists_and_counts_hold_nothing_of_another_tenant(
    intruder_and_owner: tuple[Tenant, Tenant],
) -> None:
    intruder, owner = intruder_and_owner
    document = (await intruder.client.get("/openapi.json")).json()
    before = {}
    readers = [one for one in described.operations(document) if one.method == "GET" and one.keyed]
    for operation in readers:
        own = {name: intruder.id_of(name, operation) for name in operation.beside()}
        before[operation.name] = await answered(intruder, operation, own)
    for fact in ("Likes tea very much", "Drinks tea", "Tea"):
        await _sent(owner.client, "POST", "/v1/memories", json={"user_id": "ann", "fact": fact})
        await _sent(owner.client, "POST", "/mcp/addMemory", json={"text": fact, "space": "red"})
    for operation in readers:
        own = {name: intruder.id_of(name, operation) for name in operation.beside()}
        assert await answered(intruder, operation, own) == before[operation.name], operation.name


async def _everything(tenant: Tenant) -> list[object]:
    paths = [
        f"/v1/memories/{tenant.ids['memory_id']}", f"/v1/graph/related/{tenant.ids['memory_id']}",
        f"/v1/agents/{tenant.ids['agent_id']}", f"/v1/teams/{tenant.ids['team_id']}",
        f"/mcp/memories/{tenant.space_memory_id}", "/spaces", "/v1/usage",
        f"/v1/memories/{tenant.ids['memory_id']}/history", "/v1/conflicts", "/v1/settings",
    ]  # fmt: skip
    return [await _sent(tenant.client, "GET", path) for path in paths]
