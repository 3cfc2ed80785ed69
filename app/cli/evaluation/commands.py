"""The commands of `loci eval`."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.cli import logging
from app.cli.evaluation import disposable, files, report
from app.cli.evaluation.cases import CaseFile, Kind
from app.cli.evaluation.recall import files as question_files
from app.cli.evaluation.recall import report as recall_report
from app.cli.evaluation.recall import session, tables
from app.cli.evaluation.recall.rows import RowsWanted
from app.cli.evaluation.recall.sets import SetKind
from app.cli.evaluation.report import Report
from app.cli.evaluation.runs import Run

app = typer.Typer(help="Measure quality on labelled examples.", no_args_is_help=True)


_TABLE_WIDTH = 200
"""Characters of a line; seven shares with their intervals."""


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


@app.command("recall")
def recall(
    data: Annotated[Path, typer.Option(help="Directory of the files of questions.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the figures to this file.")
    ] = None,
    chart_file: Annotated[
        Path | None, typer.Option("--chart", help="Also draw the figures to this file, as SVG.")
    ] = None,
    wanted: Annotated[
        RowsWanted, typer.Option("--rows", help="Under which settings to ask: all, or the default alone.")
    ] = RowsWanted.ALL,
    restarts: Annotated[
        bool, typer.Option("--restart/--no-restart", help="Start anew and ask once more.")
    ] = True,
    only: Annotated[SetKind | None, typer.Option(help="Only files of this kind.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first questions of each file.")] = None,
) -> None:
    """Measure whether recall finds what questions need, on a disposable database."""
    chosen = question_files.read(data, only=only, limit=limit)
    # A line for each of thousands of requests would hide the progress.
    logging.configure("warning")
    console = Console(stderr=True)
    answers = asyncio.run(session.measured(chosen, wanted=wanted, restarts=restarts, console=console))
    found = recall_report.of(answers)
    tables.show(found, Console(width=_TABLE_WIDTH))
    if json_file is not None:
        json_file.write_text(recall_report.as_json(found) + "\n", encoding="utf-8")
    if chart_file is not None:
        chart_file.write_text(recall_report.drawn(found), encoding="utf-8")


async def _measured(chosen: Sequence[CaseFile], console: Console) -> Report:
    async with disposable.opened() as opened:
        run = Run(services=opened.services, tenant_id=opened.tenant_id, console=console)
        results = [await run.result_of(file) for file in chosen]
    return report.of(results)
