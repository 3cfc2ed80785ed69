"""Starts or joins the database, and ends what it started."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from app import local_neo4j
from app.errors import StartupError
from app.graph import cypher_files, store
from app.graph.config import GraphConfig
from app.graph.store import GraphStore
from app.local_neo4j import SILENT, LocalNeo4jConfig, Progress, RunningServer, ServerEvent
from app.ports import Clock
from app.settings import Settings
from app.wiring import assembly

_log = structlog.stdlib.get_logger(__name__)


class SystemClock:
    """The system's clock; the only place that reads it."""

    def now(self) -> datetime:
        """The present in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # everybody else asks a Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAddress:
    """Where Neo4j answers; `browser_url` is None for a server that Loci did not start."""

    uri: str
    username: str
    password: str = field(repr=False)
    browser_url: str | None = None


def local_config(settings: Settings) -> LocalNeo4jConfig:
    """The local server as the settings describe it."""
    return LocalNeo4jConfig(
        data_dir=settings.data_dir,
        cache_dir=settings.cache_dir,
        java_home=settings.java_home,
        system_java_home=settings.system_java_home,
        search_path=settings.search_path,
        mirror=settings.artifact_mirror,
        offline=settings.offline,
        heap_mebibytes=settings.neo4j_heap_mebibytes,
        page_cache_mebibytes=settings.neo4j_page_cache_mebibytes,
        http_port=settings.neo4j_http_port,
        bolt_port=settings.neo4j_bolt_port,
    )


@asynccontextmanager
async def open_graph(settings: Settings, *, progress: Progress = SILENT) -> AsyncGenerator[GraphStore]:
    """The database alone: the one that runs, or one started for as long as the context is open.

    Raises: StartupError.
    """
    async with AsyncExitStack() as stack:
        running = None if settings.neo4j_uri else local_neo4j.of_running(local_config(settings))
        if running is None:
            address = await stack.enter_async_context(open_database(settings, progress))
        else:
            address = DatabaseAddress(
                uri=running.bolt_uri, username=running.username, password=running.password
            )
        yield await stack.enter_async_context(connected(settings, address, SystemClock()))


@asynccontextmanager
async def open_database(settings: Settings, progress: Progress) -> AsyncGenerator[DatabaseAddress]:
    """The address of a database that runs for as long as the context. Raises: StartupError."""
    if settings.neo4j_uri is not None:
        yield DatabaseAddress(
            uri=settings.neo4j_uri,
            username=settings.neo4j_username,
            password=assembly.plain(settings.neo4j_password) or "",
        )
        return
    server = await _started(local_config(settings), progress)
    watching = asyncio.ensure_future(local_neo4j.supervise(server, report=_report))
    try:
        yield DatabaseAddress(
            uri=server.bolt_uri,
            username=server.username,
            password=server.password,
            browser_url=server.browser_url,
        )
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await asyncio.to_thread(server.stop)


async def _started(config: LocalNeo4jConfig, progress: Progress) -> RunningServer:
    given_up = threading.Event()
    starting = asyncio.ensure_future(
        asyncio.to_thread(local_neo4j.start, config, progress=progress, given_up=given_up)
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        # The thread cannot be interrupted: it is told to give up, and what it has started is stopped.
        given_up.set()
        with contextlib.suppress(StartupError):
            await asyncio.to_thread((await starting).stop)
        raise


def _report(event: ServerEvent) -> None:
    _log.warning("neo4j", change=event.change.value, detail=event.detail)


@asynccontextmanager
async def connected(
    settings: Settings, database: DatabaseAddress, clock: Clock
) -> AsyncGenerator[GraphStore]:
    """The repositories on the database at that address."""
    config = GraphConfig(
        uri=database.uri,
        username=database.username,
        password=database.password,
        cypher_directory=settings.cypher_dir or cypher_files.default_directory(),
        retry_seconds=settings.database_retry_seconds,
    )
    async with store.open_store(config, clock=clock) as graph:
        yield graph
