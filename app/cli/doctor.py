"""`loci doctor`: looks at everything that a start needs and says what to do about what it finds."""

import asyncio
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from app import embedding, local_neo4j, wiring
from app import settings as settings_module
from app.errors import LociError
from app.settings import Settings

_FREE_GIBIBYTES = 2
_WIDTH_WITHOUT_TERMINAL = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do where it is not well."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def doctor() -> None:
    """Check Java, disk, port, database, schema, indexes and model; exit code 1 when one is not well."""
    settings = settings_module.load()
    findings = [*_findings(settings)]
    table = Table("", "what", "found", "what to do")
    for one in findings:
        table.add_row("[green]ok[/green]" if one.ok else "[red]no[/red]", one.name, one.detail, one.remedy)
    console = Console()
    # Into a file or another program, a table as narrow as a terminal would cut words for nothing.
    console.width = console.width if console.is_terminal else _WIDTH_WITHOUT_TERMINAL
    console.print(table)
    raise typer.Exit(0 if all(one.ok for one in findings) else 1)


def _findings(settings: Settings) -> Iterator[Finding]:
    if settings.neo4j_uri is None:
        yield _looked_at("Java and Neo4j", lambda: _installation(settings))
    yield _disk(settings)
    yield _port(settings)
    yield _looked_at("model", lambda: _model(settings))
    yield from _database(settings)


def _looked_at(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name=name, ok=True, detail=look())
    except LociError as error:
        return Finding(name=name, ok=False, detail="not usable", remedy=str(error))


def _installation(settings: Settings) -> str:
    found = local_neo4j.prepare(wiring.local_config(settings))
    files = f"{len(found.class_path)} files verified"
    return f"Java {found.java.version}, Neo4j {local_neo4j.NEO4J_VERSION}, {files}"


def _model(settings: Settings) -> str:
    files = embedding.locate(settings.embedding_model)
    return f"{files.name}, SHA-256 {files.digest[:12]}…"


def _disk(settings: Settings) -> Finding:
    place = next(path for path in [settings.data_dir, *settings.data_dir.resolve().parents] if path.exists())
    free = shutil.disk_usage(place).free / 2**30
    remedy = f"free some space, or set LOCI_DATA_DIR to a disk with {_FREE_GIBIBYTES} GiB"
    ok = free >= _FREE_GIBIBYTES
    return Finding(name="disk", ok=ok, detail=f"{free:.1f} GiB free at {place}", remedy="" if ok else remedy)


def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        taken = probe.connect_ex((settings.host, settings.port)) == 0
    if not taken:
        return Finding(name="port", ok=True, detail=f"{settings.port} is free")
    # Loci itself may be what listens there; then the database runs too.
    detail = f"{settings.port} is in use"
    if local_neo4j.status(wiring.local_config(settings)).running:
        return Finding(name="port", ok=True, detail=f"{detail}, as expected while Loci runs")
    return Finding(name="port", ok=False, detail=detail, remedy="stop what uses it, or set LOCI_PORT")


def _database(settings: Settings) -> Iterator[Finding]:
    if settings.neo4j_uri is None and not Path(settings.data_dir).exists():
        yield Finding(name="database", ok=True, detail="none yet; `./loci serve` makes it")
        return
    try:
        yield from asyncio.run(_described(settings))
    except LociError as error:
        yield Finding(name="database", ok=False, detail="does not answer", remedy=str(error))


async def _described(settings: Settings) -> list[Finding]:
    async with wiring.open_graph(settings) as graph:
        found = await graph.health.describe()
    waiting = [f"{name} {state}" for name, state in found.index_states.items() if state != "ONLINE"]
    current = found.schema_version == found.newest_schema_version
    model = found.embedding_model
    return [
        Finding(
            name="database",
            ok=True,
            detail=f"Neo4j {found.version} {found.edition}, {found.nodes.get('Memory', 0)} memories",
        ),
        Finding(
            name="schema",
            ok=current,
            detail=f"{found.schema_version} of {found.newest_schema_version}",
            remedy="" if current else "`./loci serve` brings it up to date",
        ),
        Finding(
            name="indexes",
            ok=not waiting,
            detail=", ".join(waiting) or f"all {len(found.index_states)} online",
            remedy="wait until they are filled, or see Neo4j's debug.log" if waiting else "",
        ),
        Finding(
            name="vectors",
            ok=True,
            detail="none yet" if model is None else f"{model.name}, {model.dimensions} numbers",
        ),
    ]
