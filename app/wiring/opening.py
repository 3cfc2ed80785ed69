"""Opens everything for as long as a context lasts."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from app import embedding
from app.local_neo4j import SILENT, Progress
from app.ports import Clock, Embedder, Reranker
from app.services import Access, Services
from app.services.access import NewKey
from app.settings import Settings
from app.wiring import assembly, databases
from app.wiring.databases import DatabaseAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What a running service offers; `first_key` is set only when this start made the first tenant."""

    services: Services
    database: DatabaseAddress
    first_key: NewKey | None


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    progress: Progress = SILENT,
    clock: Clock | None = None,
    embedder: Embedder | None = None,
) -> AsyncGenerator[Running]:
    """Start or join the database, load the models meanwhile, apply migrations, make the first tenant.

    Raises: StartupError, Unavailable.
    """
    clock = clock or databases.SystemClock()
    async with AsyncExitStack() as stack:
        loading = asyncio.ensure_future(_entered_models(stack, settings, embedder))
        stack.push_async_callback(_end, loading)
        database = await stack.enter_async_context(databases.open_database(settings, progress))
        graph = await stack.enter_async_context(databases.connected(settings, database, clock))
        progress.step("Loading the embedding model")
        loaded, reranker = await loading
        await graph.migrate(loaded.model, report=progress.step)
        services = assembly.assemble(settings, graph=graph, embedder=loaded, clock=clock, reranker=reranker)
        first_key = await _first_key(settings, services.access)
        yield Running(services=services, database=database, first_key=first_key)


@asynccontextmanager
async def open_access(settings: Settings, *, progress: Progress = SILENT) -> AsyncGenerator[Access]:
    """Tenants and keys alone, beside a running service or without one.

    Raises: StartupError, Unavailable.
    """
    async with databases.open_graph(settings, progress=progress) as graph:
        if await graph.migrations.applied_version() == 0:
            # The schema holds the length of the model's vectors, so the model has to be asked once.
            async with open_embedder(settings) as embedder:
                await graph.migrate(embedder.model, report=progress.step)
        yield assembly.access_of(settings, graph, databases.SystemClock())


def open_embedder(settings: Settings) -> contextlib.AbstractAsyncContextManager[Embedder]:
    """The embedding model of the settings. Raises: ModelInvalid when entered."""
    return embedding.open_embedder(model=settings.embedding_model)


@asynccontextmanager
async def open_reranker(settings: Settings) -> AsyncGenerator[Reranker | None]:
    """The reranker of the settings, None where they name none. Raises: ModelInvalid."""
    if settings.reranker_model is None:
        yield None
        return
    async with embedding.open_reranker(model=settings.reranker_model) as reranker:
        yield reranker


async def _entered_models(
    stack: AsyncExitStack, settings: Settings, given: Embedder | None
) -> tuple[Embedder, Reranker | None]:
    embedder = given or await stack.enter_async_context(open_embedder(settings))
    return embedder, await stack.enter_async_context(open_reranker(settings))


async def _end(task: "asyncio.Future[tuple[Embedder, Reranker | None]]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _first_key(settings: Settings, access: Access) -> NewKey | None:
    if settings.api_key is not None:
        await access.ensure_default_tenant()
        return None
    if settings.setup_secret is not None:
        # The operator makes the first tenant, through `/setup`.
        return None
    return await access.ensure_first_tenant()
