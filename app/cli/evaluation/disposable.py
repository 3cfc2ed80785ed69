"""The real service on a directory that is removed at the end, together with its database."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app import local_neo4j, wiring
from app import settings as settings_module
from app.cli.console import ConsoleProgress
from app.errors import DatabaseNotStarted
from app.local_neo4j import Progress
from app.services import Services
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposable:
    """The use cases of a service that just started, and its only tenant."""

    services: Services
    tenant_id: str


@asynccontextmanager
async def opened() -> AsyncGenerator[Disposable]:
    """A database of its own and everything over it. Raises: StartupError."""
    with ConsoleProgress() as progress:
        async with (
            prepared(progress=progress) as settings,
            wiring.open_services(settings, progress=progress) as running,
        ):
            if running.first_key is None:
                raise DatabaseNotStarted("The disposable database was not empty; run this again")
            yield Disposable(services=running.services, tenant_id=running.first_key.tenant_id)


@asynccontextmanager
async def prepared(*, progress: Progress) -> AsyncGenerator[Settings]:
    """The settings of a service with an empty directory, which is removed at the end.

    Raises: StartupError.
    """
    with tempfile.TemporaryDirectory(prefix="loci-eval-", ignore_cleanup_errors=True) as directory:
        settings = _settings(Path(directory) / "data")
        config = wiring.local_config(settings)
        await asyncio.to_thread(local_neo4j.prepare, config, progress=progress)
        yield settings


def _settings(data_dir: Path) -> Settings:
    # Whatever a service here is set up with, its database is not the one to be filled with examples.
    of_a_service: dict[str, None] = dict.fromkeys(
        ("neo4j_uri", "neo4j_bolt_port", "neo4j_http_port", "api_key", "setup_secret", "memory_limit")
    )
    return settings_module.load(data_dir=data_dir).model_copy(update=of_a_service)
