"""Opens the database and hands out every repository on it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.domain.models import EmbeddingModel
from app.graph import driver, failures, queries, schema
from app.graph.access import AccessRecords
from app.graph.agents import Agents
from app.graph.config import GraphConfig
from app.graph.conflicts import Conflicts
from app.graph.driver import Database
from app.graph.health import Health
from app.graph.history import History
from app.graph.links import Links
from app.graph.memories import Memories
from app.graph.migrations import Migrations, Report
from app.graph.recall import RecallIndex
from app.graph.receipts import Receipts
from app.graph.scopes import Scopes
from app.graph.search import Search
from app.graph.spaces import Spaces
from app.graph.teams import Teams
from app.graph.tenant_settings import TenantSettingsRecords
from app.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphStore:
    """An open database. Call `migrate` before anything is stored."""

    memories: Memories
    search: Search
    recall: RecallIndex
    history: History
    conflicts: Conflicts
    links: Links
    scopes: Scopes
    spaces: Spaces
    agents: Agents
    teams: Teams
    receipts: Receipts
    access: AccessRecords
    tenant_settings: TenantSettingsRecords
    health: Health
    migrations: Migrations

    async def migrate(self, model: EmbeddingModel, *, report: Report) -> None:
        """Bring the schema up to date and bind the database to `model`.

        Raises: IncompatibleStore, DatabaseNotStarted, Unavailable.
        """
        await self.migrations.apply(model, report=report)


@asynccontextmanager
async def open_store(config: GraphConfig, *, clock: Clock) -> AsyncGenerator[GraphStore]:
    """Connect to a Neo4j that is running. Raises: DatabaseNotStarted when it cannot serve."""
    async with driver.connect(config, queries.load(config.cypher_directory)) as database:
        store = _store(database, config, clock)
        with failures.translated_at_start(config.uri):
            await store.health.check_server()
        yield store


def _store(database: Database, config: GraphConfig, clock: Clock) -> GraphStore:
    migrations = Migrations(
        database=database,
        files=schema.load(config.cypher_directory),
        clock=clock,
        timeout_seconds=config.schema_timeout_seconds,
    )
    return GraphStore(
        memories=Memories(database),
        search=Search(database),
        recall=RecallIndex(database),
        history=History(database),
        conflicts=Conflicts(database),
        links=Links(database),
        scopes=Scopes(database),
        spaces=Spaces(database),
        agents=Agents(database),
        teams=Teams(database),
        receipts=Receipts(database),
        access=AccessRecords(database),
        tenant_settings=TenantSettingsRecords(database),
        health=Health(database=database, migrations=migrations),
        migrations=migrations,
    )
