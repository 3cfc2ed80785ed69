"""Opens every part, joins them, and closes them again; the only place that knows them all.

Whatever a context here started has ended when the context ends, also after an error or a cancellation.
"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from pydantic import SecretStr

from app import embedding, local_neo4j
from app.domain.decay import DecayPolicy
from app.domain.judge import JudgePolicy
from app.domain.ranking import BlendPolicy
from app.errors import StartupError
from app.graph import cypher_files, store
from app.graph.config import GraphConfig
from app.graph.store import GraphStore
from app.local_neo4j import SILENT, LocalNeo4jConfig, Progress, RunningServer, ServerEvent
from app.ports import Clock, Embedder
from app.services import Access, Connect, Health, Memories, Recall, Remember, Services, Traverse
from app.services.access import NewKey
from app.settings import Settings

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What a running service offers; `first_key` is set only when this start made the first tenant."""

    services: Services
    database: DatabaseAddress
    first_key: NewKey | None


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
async def open_services(
    settings: Settings,
    *,
    progress: Progress = SILENT,
    clock: Clock | None = None,
    embedder: Embedder | None = None,
) -> AsyncGenerator[Running]:
    """Start or join the database, load the model meanwhile, apply migrations, make the first tenant.

    Raises: StartupError, Unavailable.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        loading = asyncio.ensure_future(_entered_embedder(stack, settings, embedder))
        stack.push_async_callback(_end, loading)
        database = await stack.enter_async_context(_open_database(settings, progress))
        graph = await stack.enter_async_context(_open_graph(settings, database, clock))
        progress.step("Loading the embedding model")
        loaded = await loading
        await graph.migrate(loaded.model, report=progress.step)
        services = _services(settings, graph, loaded, clock)
        first_key = await _first_key(settings, services.access)
        yield Running(services=services, database=database, first_key=first_key)


@asynccontextmanager
async def open_access(settings: Settings, *, progress: Progress = SILENT) -> AsyncGenerator[Access]:
    """Tenants and keys alone, beside a running service or without one.

    Raises: StartupError, Unavailable.
    """
    async with open_graph(settings, progress=progress) as graph:
        if await graph.migrations.applied_version() == 0:
            # The schema holds the length of the model's vectors, so the model has to be asked once.
            async with open_embedder(settings) as embedder:
                await graph.migrate(embedder.model, report=progress.step)
        yield _access(settings, graph, SystemClock())


@asynccontextmanager
async def open_graph(settings: Settings, *, progress: Progress = SILENT) -> AsyncGenerator[GraphStore]:
    """The database alone: the one that runs, or one started for as long as the context is open.

    Raises: StartupError.
    """
    async with AsyncExitStack() as stack:
        running = None if settings.neo4j_uri else local_neo4j.of_running(local_config(settings))
        if running is None:
            address = await stack.enter_async_context(_open_database(settings, progress))
        else:
            address = DatabaseAddress(
                uri=running.bolt_uri, username=running.username, password=running.password
            )
        yield await stack.enter_async_context(_open_graph(settings, address, SystemClock()))


def open_embedder(settings: Settings) -> contextlib.AbstractAsyncContextManager[Embedder]:
    """The embedding model of the settings. Raises: ModelInvalid when entered."""
    return embedding.open_embedder(model=settings.embedding_model)


async def _entered_embedder(stack: AsyncExitStack, settings: Settings, given: Embedder | None) -> Embedder:
    return given or await stack.enter_async_context(open_embedder(settings))


async def _end(task: "asyncio.Future[Embedder]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _open_database(settings: Settings, progress: Progress) -> AsyncGenerator[DatabaseAddress]:
    if settings.neo4j_uri is not None:
        yield DatabaseAddress(
            uri=settings.neo4j_uri,
            username=settings.neo4j_username,
            password=_plain(settings.neo4j_password) or "",
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
async def _open_graph(
    settings: Settings, database: DatabaseAddress, clock: Clock
) -> AsyncGenerator[GraphStore]:
    config = GraphConfig(
        uri=database.uri,
        username=database.username,
        password=database.password,
        cypher_directory=settings.cypher_dir or cypher_files.default_directory(),
        retry_seconds=settings.database_retry_seconds,
    )
    async with store.open_store(config, clock=clock) as graph:
        yield graph


def _services(settings: Settings, graph: GraphStore, embedder: Embedder, clock: Clock) -> Services:
    fading = DecayPolicy(curve=settings.decay)
    return Services(
        remember=Remember(
            store=graph.memories,
            embedder=embedder,
            clock=clock,
            policy=JudgePolicy(duplicate_cosine=settings.duplicate_cosine),
            memory_limit=settings.memory_limit,
        ),
        recall=Recall(
            search_index=graph.search, embedder=embedder, clock=clock, policy=BlendPolicy(decay=fading)
        ),
        memories=Memories(
            store=graph.memories, clock=clock, decay=fading, memory_limit=settings.memory_limit
        ),
        connect=Connect(links=graph.links, clock=clock),
        traverse=Traverse(links=graph.links),
        access=_access(settings, graph, clock),
        health=Health(database=graph.health, embedder=embedder),
    )


def _access(settings: Settings, graph: GraphStore, clock: Clock) -> Access:
    return Access(
        store=graph.access,
        memories=graph.memories,
        clock=clock,
        static_key=_plain(settings.api_key),
        setup_secret=_plain(settings.setup_secret),
        memory_limit=settings.memory_limit,
    )


async def _first_key(settings: Settings, access: Access) -> NewKey | None:
    if settings.api_key is not None:
        await access.ensure_default_tenant()
        return None
    if settings.setup_secret is not None:
        # The operator makes the first tenant, through `/setup`.
        return None
    return await access.ensure_first_tenant()


def _plain(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
