"""The HTTP edge over real services and dictionaries, and a client that speaks ASGI to it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

from app.api import ApiLimits, create_api
from app.domain.decay import DecayPolicy
from app.domain.judge import JudgePolicy
from app.domain.models import Memory
from app.domain.ranking import BlendPolicy
from app.embedding.deterministic import DeterministicEmbedder
from app.services import Access, Connect, Health, Memories, Recall, Remember, Services, Traverse
from tests.fake_access import InMemoryAccess
from tests.fakes import FakeClock, FakeDatabaseHealth, InMemoryMemories

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
    ) -> None:
        self.memories = memories or InMemoryMemories()
        self.database = FakeDatabaseHealth()
        self.clock = FakeClock()
        self.application = create_api(lifespan=_no_lifespan, limits=limits)
        self.services = _services(self, memory_limit)
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


def _services(edge: Edge, memory_limit: int | None) -> Services:
    clock, memories, embedder = edge.clock, edge.memories, DeterministicEmbedder()
    policy, links = BlendPolicy(), memories.link_store()
    return Services(
        remember=Remember(
            store=memories, embedder=embedder, clock=clock, policy=JudgePolicy(), memory_limit=memory_limit
        ),
        recall=Recall(search_index=memories, embedder=embedder, clock=clock, policy=policy),
        memories=Memories(store=memories, clock=clock, decay=DecayPolicy(), memory_limit=memory_limit),
        connect=Connect(links=links, clock=clock, most_graph_types=MOST_GRAPH_TYPES),
        traverse=Traverse(links=links),
        access=Access(
            store=InMemoryAccess(),
            memories=memories,
            clock=clock,
            static_key=KEY,
            setup_secret=SECRET,
            memory_limit=memory_limit,
        ),
        health=Health(database=edge.database, embedder=embedder),
    )
