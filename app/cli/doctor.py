"""`loci doctor`: looks at everything that a start needs and says what to do about what it finds."""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app import embedding, local_neo4j, wiring
from app import settings as settings_module
from app.cli import findings
from app.cli.console import ConsoleProgress
from app.cli.findings import Finding
from app.embedding import ModelFiles
from app.errors import LociError
from app.graph.health import Description
from app.local_neo4j import Progress, ServerStatus
from app.settings import Settings

_FREE_GIBIBYTES = 2
_WIDTH_WITHOUT_TERMINAL = 160


def doctor() -> None:
    """Check Java, disk, ports, database, schema, indexes and model; exit code 1 when one is not well."""
    settings = settings_module.load()
    with ConsoleProgress() as progress:
        found = [*examine(settings, progress)]
    table = Table("", "what", "found", "what to do")
    for one in found:
        mark = "[green]ok[/green]" if one.ok else "[red]no[/red]"
        table.add_row(mark, one.name, escape(one.detail), escape(one.remedy))
    console = Console()
    # Into a file or another program, a table as narrow as a terminal would cut words for nothing.
    console.width = console.width if console.is_terminal else _WIDTH_WITHOUT_TERMINAL
    console.print(table)
    raise typer.Exit(0 if all(one.ok for one in found) else 1)


def examine(settings: Settings, progress: Progress) -> Iterator[Finding]:
    """Look at one thing after the other; one that is not well keeps no other from being looked at."""
    located = _located(settings)
    model = None if isinstance(located, LociError) else located
    yield _disk(settings)
    yield _model(located)
    if settings.reranker_model is not None:
        yield _model(_located_reranker(settings.reranker_model), name="reranker")
    if settings.neo4j_uri is not None:
        yield findings.listening(settings.host, settings.port, loci_runs=False)
        yield from _database(settings, model, progress)
    else:
        yield from _local(settings, model, progress)


def _local(settings: Settings, model: ModelFiles | None, progress: Progress) -> Iterator[Finding]:
    yield _installation(settings, progress)
    try:
        status = local_neo4j.status(wiring.local_config(settings))
    except LociError as error:
        yield findings.listening(settings.host, settings.port, loci_runs=False)
        yield Finding(name="database", ok=False, detail="not usable", remedy=str(error))
        return
    yield findings.listening(settings.host, settings.port, loci_runs=status.running)
    if not status.running:
        yield from _database_ports(settings, status)
    yield from _local_database(settings, status, model, progress)


def _installation(settings: Settings, progress: Progress) -> Finding:
    name = "Java and Neo4j"
    try:
        found = local_neo4j.prepare(wiring.local_config(settings), progress=progress)
    except LociError as error:
        return Finding(name=name, ok=False, detail="not usable", remedy=str(error))
    files = f"{len(found.class_path)} files verified"
    return Finding(
        name=name, ok=True, detail=f"Java {found.java.version}, Neo4j {local_neo4j.NEO4J_VERSION}, {files}"
    )


def _located(settings: Settings) -> ModelFiles | LociError:
    try:
        return embedding.locate(settings.embedding_model)
    except LociError as error:
        return error


def _located_reranker(model: str) -> ModelFiles | LociError:
    try:
        return embedding.locate_reranker(model)
    except LociError as error:
        return error


def _model(located: ModelFiles | LociError, *, name: str = "model") -> Finding:
    if isinstance(located, LociError):
        return Finding(name=name, ok=False, detail="not usable", remedy=str(located))
    return Finding(name=name, ok=True, detail=f"{located.name}, SHA-256 {located.digest[:12]}…")


def _disk(settings: Settings) -> Finding:
    place = next(path for path in [settings.data_dir, *settings.data_dir.resolve().parents] if path.exists())
    free = shutil.disk_usage(place).free / 2**30
    remedy = f"free some space, or set LOCI_DATA_DIR to a disk with {_FREE_GIBIBYTES} GiB"
    ok = free >= _FREE_GIBIBYTES
    return Finding(name="disk", ok=ok, detail=f"{free:.1f} GiB free at {place}", remedy="" if ok else remedy)


def _database_ports(settings: Settings, status: ServerStatus) -> Iterator[Finding]:
    asked = [
        ("Bolt port", settings.neo4j_bolt_port, status.bolt_uri, "LOCI_NEO4J_BOLT_PORT"),
        ("Browser port", settings.neo4j_http_port, status.browser_url, "LOCI_NEO4J_HTTP_PORT"),
    ]
    for name, wanted, last, setting in asked:
        remembered = None if last is None else urlsplit(last).port
        yield from findings.database_port(name, wanted=wanted, remembered=remembered, setting=setting)


def _local_database(
    settings: Settings, status: ServerStatus, model: ModelFiles | None, progress: Progress
) -> Iterator[Finding]:
    # Opening one that was never started would create it, and doctor only looks.
    if status.bolt_uri is not None:
        yield from _database(settings, model, progress)
    elif _is_unused(settings.data_dir):
        yield Finding(name="database", ok=True, detail="none yet; `./loci serve` makes it")
    else:
        yield Finding(
            name="database",
            ok=False,
            detail=f"none has started yet in {settings.data_dir}, which is not empty",
            remedy="run `./loci serve`; if it refuses the directory, set LOCI_DATA_DIR to an empty one",
        )


def _is_unused(directory: Path) -> bool:
    try:
        return not any(directory.iterdir())
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _database(settings: Settings, model: ModelFiles | None, progress: Progress) -> Sequence[Finding]:
    try:
        return findings.database(asyncio.run(_description(settings, progress)), model=model)
    except LociError as error:
        return [Finding(name="database", ok=False, detail="does not answer", remedy=str(error))]


async def _description(settings: Settings, progress: Progress) -> Description:
    async with wiring.open_graph(settings, progress=progress) as graph:
        return await graph.health.describe()
