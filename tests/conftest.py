"""What tests of several kinds share: a clock, a tenant of their own, and a real Neo4j where one is asked for.

The database is started or claimed once, when the first test asks for it.
"""

import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import dataclass
from datetime import datetime

import pytest
import uuid6
from hypothesis import HealthCheck, settings

from app.domain.models import Memory, Scope
from app.domain.teams import Roster, Team
from app.graph import store
from app.graph.config import GraphConfig
from app.graph.store import GraphStore
from app.ports import (
    AccessStore,
    AgentStore,
    ConflictStore,
    HistoryStore,
    LinkStore,
    MemorySearch,
    MemoryStore,
    ReceiptStore,
    ScopeStore,
    SpaceStore,
    TeamStore,
    TenantSettingsStore,
)
from tests import databases, raw_cypher, remembered
from tests.databases import TestDatabase
from tests.fake_access import InMemoryAccess
from tests.fake_conflicts import InMemoryConflicts
from tests.fake_history import InMemoryHistory
from tests.fake_people import People
from tests.fake_settings import InMemoryTenantSettings
from tests.fake_spaces import InMemorySpaces
from tests.fakes import FakeClock
from tests.raw_cypher import RawCypher

# How long an example takes says something of the machine and its load, and nothing of the code.
settings.register_profile("loci", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("loci")

_MOST_PROCESSES = 2
"""Each has a Neo4j, and while it tries the command a second one: some four gigabytes."""


def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` is: one for a database that was given, since each would empty it."""
    return 0 if databases.is_given() else min(_MOST_PROCESSES, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The stores under a contract, and changes that they do not make themselves."""

    memories: MemoryStore
    search: MemorySearch
    history: HistoryStore
    conflicts: ConflictStore
    tenant_settings: TenantSettingsStore
    links: LinkStore
    access: AccessStore
    scopes: ScopeStore
    spaces: SpaceStore
    receipts: ReceiptStore
    agents: AgentStore
    teams: TeamStore
    add_team: Callable[[str], Awaitable[str]]
    supersede: Callable[[Memory, Memory, datetime], Awaitable[None]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def tenant_id() -> str:
    """A tenant that no other test knows; what it stores is not seen by others, and need not be removed."""
    return str(uuid6.uuid7())


@pytest.fixture
def scope(tenant_id: str) -> Scope:
    return remembered.scope_of(tenant_id)


@pytest.fixture(scope="session")
def database() -> Generator[TestDatabase]:
    """The Neo4j of this run."""
    with databases.provided() as provided:
        yield provided


@pytest.fixture(scope="session")
def graph_config(database: TestDatabase) -> GraphConfig:
    return GraphConfig(uri=database.uri, username=database.username, password=database.password)


@pytest.fixture(scope="session")
async def raw(database: TestDatabase) -> AsyncGenerator[RawCypher]:
    """Raw statements on a database that was emptied."""
    async with raw_cypher.open_raw(database) as opened:
        await opened.claim()
        yield opened


@pytest.fixture(scope="session")
async def graph(graph_config: GraphConfig, raw: RawCypher) -> AsyncGenerator[GraphStore]:
    """The repositories on a database with the current schema."""
    async with store.open_store(graph_config, clock=FakeClock()) as opened:
        await opened.migrate(remembered.MODEL, report=_unheard)
        yield opened


@pytest.fixture(params=["fakes", "neo4j"])
def stores(request: pytest.FixtureRequest) -> Stores:
    """The same promises, kept by the fakes and by the real stores."""
    if request.param == "fakes":
        return _fake_stores()
    graph: GraphStore = request.getfixturevalue("graph")
    raw: RawCypher = request.getfixturevalue("raw")

    async def supersede(old: Memory, by: Memory, at: datetime) -> None:
        await raw.supersede(old, by=by, at=at)

    return Stores(
        memories=graph.memories,
        search=graph.search,
        history=graph.history,
        conflicts=graph.conflicts,
        tenant_settings=graph.tenant_settings,
        links=graph.links,
        access=graph.access,
        scopes=graph.scopes,
        spaces=graph.spaces,
        receipts=graph.receipts,
        agents=graph.agents,
        teams=graph.teams,
        add_team=raw.add_team,
        supersede=supersede,
    )


def _fake_stores() -> Stores:
    people = People()
    memories, access = people.memories, InMemoryAccess()

    async def add_team(tenant_id: str) -> str:
        team_id = str(uuid6.uuid7())
        team = Team(id=team_id, tenant_id=tenant_id, name="Red", slug=team_id, created_at=remembered.NOW)
        await people.teams.create(Roster(team=team, members=[]))
        return team_id

    async def supersede(old: Memory, by: Memory, at: datetime) -> None:
        memories.supersede(old, by=by, at=at)

    return Stores(
        memories=memories,
        search=memories,
        history=InMemoryHistory(memories),
        conflicts=InMemoryConflicts(memories),
        tenant_settings=InMemoryTenantSettings(access),
        links=memories.link_store(),
        access=access,
        scopes=memories.scope_store(),
        spaces=InMemorySpaces(memories),
        receipts=people.receipts,
        agents=people.agents,
        teams=people.teams,
        add_team=add_team,
        supersede=supersede,
    )


def _unheard(step: str) -> None:
    """Nobody watches the steps."""
