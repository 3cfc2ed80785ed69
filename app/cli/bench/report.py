"""The figures as a table for people and as JSON for programs, with the machine they were taken on."""

import dataclasses
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass

import psutil
from rich.console import Console
from rich.table import Table

from app import __version__
from app.cli.bench.runs import SizeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One run of the benchmark. Latencies include the embedding, whose own median is given too."""

    version: str
    machine: str
    cold_start_seconds: float
    warm_start_seconds: float
    embedding_p50_ms: float
    sizes: Sequence[SizeResult]

    def as_json(self) -> str:
        """Everything, indented."""
        return json.dumps(dataclasses.asdict(self), indent=2)


def machine() -> str:
    """The processor, its cores, the memory and the system."""
    memory_gibibytes = psutil.virtual_memory().total / 2**30
    return (
        f"{psutil.cpu_count()} cores {platform.machine()}, {memory_gibibytes:.0f} GiB,"
        f" {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def show(report: Report, console: Console) -> None:
    """Print the tables."""
    console.print(f"Loci {__version__} on {report.machine}")
    console.print(
        f"start: {report.cold_start_seconds:.1f} s on an empty directory,"
        f" {report.warm_start_seconds:.1f} s with data;"
        f" embedding of one query: {report.embedding_p50_ms:.1f} ms p50"
    )
    for size in report.sizes:
        console.print(_table(size))


def _table(size: SizeResult) -> Table:
    foot = size.footprint
    title = (
        f"{size.memories:,} memories; batch store {size.batch_per_second:.0f}/s,"
        f" links {size.links_per_second:.0f}/s; service"
        f" {foot.service_mebibytes:.0f} MiB, Neo4j {foot.neo4j_mebibytes:.0f} MiB,"
        f" disk {foot.disk_mebibytes:.0f} MiB"
    )
    table = Table("operation", "clients", "p50 ms", "p95 ms", "per second", title=title, title_justify="left")
    for name, latencies in size.latencies.items():
        for one in latencies:
            figures = (f"{one.p50_ms:.1f}", f"{one.p95_ms:.1f}", f"{one.per_second:.0f}")
            table.add_row(name, str(one.clients), *figures)
    return table
