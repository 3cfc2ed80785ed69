"""The commands of `loci eval`."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.cli.evaluation import disposable, files, report
from app.cli.evaluation.cases import CaseFile, Kind
from app.cli.evaluation.report import Report
from app.cli.evaluation.runs import Run

app = typer.Typer(help="Measure quality on labelled examples.", no_args_is_help=True)


@app.callback()
def evaluate() -> None:
    """Measure quality on labelled examples."""


@app.command("judge")
def judge(
    data: Annotated[Path, typer.Option(help="Directory of the files of examples.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the figures to this file.")
    ] = None,
    misses_file: Annotated[
        Path | None, typer.Option("--misses", help="Write every miss to this file, one JSON object a line.")
    ] = None,
    only: Annotated[Kind | None, typer.Option(help="Only files of this kind.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first cases of each file.")] = None,
) -> None:
    """Measure what the service takes for new, for known and for changed, on a disposable database."""
    chosen = files.read(data, only=only, limit=limit)
    found = asyncio.run(_measured(chosen, Console(stderr=True)))
    report.show(found, Console(width=110))
    if json_file is not None:
        json_file.write_text(report.as_json(found) + "\n", encoding="utf-8")
    if misses_file is not None:
        misses_file.write_text("".join(report.misses(found)), encoding="utf-8")


async def _measured(chosen: Sequence[CaseFile], console: Console) -> Report:
    async with disposable.opened() as opened:
        run = Run(services=opened.services, tenant_id=opened.tenant_id, console=console)
        results = [await run.result_of(file) for file in chosen]
    return report.of(results)
