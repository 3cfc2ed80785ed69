"""The HTTP edge over real services and dictionaries, and a client that speaks ASGI to it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

from app.api import ApiLimits, create_api
from app.domain.models import Memory
from tests.fakes import InMemoryMemories
from tests.unit.assembled import World

KEY = "smr_any-shape.of key"
SECRET = "operators-only"
MOST_GRAPH_TYPES = 5
AUTHORIZED = {"Authorization": f"Bearer {KEY}"}
OPERATOR = {"x-setup-secret": SECRET}


class Edge:
    """An application whose parts a test can look at; `KEY` opens its only tenant."""

    def __init__(
        self,
        *,
        memories: InMemoryMemories | None = None,
        limits: ApiLimits | None = None,
        memory_limit: int | None = None,
        signup_is_open: bool = False,
    ) -> None:
        world = World(
            given_memories=memories,
            memory_limit=memory_limit,
            most_graph_types=MOST_GRAPH_TYPES,
            static_key=KEY,
            setup_secret=SECRET,
            signup_is_open=signup_is_open,
        )
        self.memories, self.database, self.clock = world.memories, world.database, world.clock
        self.application = create_api(lifespan=_no_lifespan, limits=limits)
        self.services = world.services()
        self.application.state.services = self.services

    def client(self, headers: Mapping[str, str] = AUTHORIZED) -> httpx2.AsyncClient:
        """A client of the application; without other words it sends the key."""
        transport = httpx2.ASGITransport(self.application)
        return httpx2.AsyncClient(transport=transport, base_url="http://loci", headers=dict(headers))

    async def memory(self, memory_id: str) -> Memory:
        """A memory of the tenant that `KEY` opens."""
        tenant_id = await self.services.access.tenant_of(AUTHORIZED["Authorization"])
        return (await self.services.memories.get(tenant_id=tenant_id, memory_id=memory_id)).memory

    async def held(self) -> int:
        """How many active memories all tenants have together."""
        return (await self.services.access.stats(secret=SECRET)).active_memories


@asynccontextmanager
async def opened(edge: Edge | None = None) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client with a key, over an edge with one tenant."""
    edge = edge or Edge()
    await edge.services.access.ensure_default_tenant()
    async with edge.client() as client:
        yield client


def assert_problem(answer: httpx2.Response, *, status: int, code: str) -> dict[str, object]:
    """The answer is a problem of that status and code in the contract's shape; its members."""
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert isinstance(problem["error"], str)
    assert problem["error"] == problem["detail"]
    assert problem["error"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    return problem


@asynccontextmanager
async def _no_lifespan(application: FastAPI) -> AsyncGenerator[None]:
    del application
    yield
