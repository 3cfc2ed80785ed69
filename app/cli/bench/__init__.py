"""`loci bench`: fills a disposable database through the API and measures what a client sees."""

import asyncio
import statistics
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app import settings as settings_module
from app import wiring
from app.cli.bench import facts, report
from app.cli.bench import service as services
from app.cli.bench.report import Report
from app.cli.bench.runs import SizeResult, Workload

_QUERIES = 100


def bench(
    sizes: Annotated[
        list[int] | None, typer.Option("--size", help="Memories to fill up to; repeatable.")
    ] = None,
    requests: Annotated[int, typer.Option(help="Requests per figure.")] = 300,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the figures to this file.")
    ] = None,
) -> None:
    """Measure storing, searching, contexts and walks at 1,000, 10,000 and 100,000 memories."""
    console = Console(stderr=True)
    result = _measure(sorted(sizes or [1_000, 10_000, 100_000]), requests, console)
    report.show(result, Console(width=110))
    if json_file is not None:
        json_file.write_text(result.as_json() + "\n")


def _measure(sizes: list[int], requests: int, console: Console) -> Report:
    with services.disposable() as service:
        console.print("starting the service on an empty directory")
        cold_start_seconds = service.start()
        workload = Workload(service=service, requests=requests, console=console)
        results: list[SizeResult] = []
        for size in sizes:
            results.append(asyncio.run(workload.measured(size)))
        console.print("starting again with the data")
        service.stop()
        warm_start_seconds = service.start()
    return Report(
        version=report.__version__,
        machine=report.machine(),
        cold_start_seconds=cold_start_seconds,
        warm_start_seconds=warm_start_seconds,
        embedding_p50_ms=asyncio.run(_embedding_p50_ms()),
        sizes=results,
    )


async def _embedding_p50_ms() -> float:
    milliseconds: list[float] = []
    questions = facts.questions(seed=3)
    async with wiring.open_embedder(settings_module.load()) as embedder:
        for _ in range(_QUERIES):
            began = time.perf_counter()
            await embedder.embed([next(questions)])
            milliseconds.append((time.perf_counter() - began) * 1000)
    return statistics.median(milliseconds)
