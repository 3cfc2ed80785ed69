"""The figures as tables for people, as JSON for programs, and every miss on a line of its own."""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from app import __version__
from app.cli.bench.report import machine
from app.cli.evaluation import scoring
from app.cli.evaluation.cases import Kind
from app.cli.evaluation.runs import Result
from app.cli.evaluation.scoring import Actions, Count, Judged, Updated

_OVERALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The figures of one file by category, those of all cases under `all`; the rest as for a `Result`."""

    name: str
    kind: Kind
    figures: Mapping[str, Judged | Updated | Actions]
    false_merges: Count
    merged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One run, with the answers that it rests on."""

    version: str
    machine: str
    sections: Sequence[Section]
    results: Sequence[Result]


def of(results: Sequence[Result]) -> Report:
    """The figures of a run."""
    return Report(
        version=__version__,
        machine=machine(),
        sections=[_section(one) for one in results],
        results=results,
    )


def as_json(report: Report) -> str:
    """All figures, indented; counts with their shares."""
    sections = [
        {
            "name": one.name,
            "kind": one.kind.value,
            "figures": {category: _plain(figures) for category, figures in one.figures.items()},
            "false_merges": _counted(one.false_merges),
            "merged_known_facts": one.merged,
        }
        for one in report.sections
    ]
    return json.dumps({"version": report.version, "machine": report.machine, "sections": sections}, indent=2)


def misses(report: Report) -> Iterator[str]:
    """Every answer that is wrong, as a line of JSON."""
    for result in report.results:
        for one in scoring.misses(result.answers):
            miss = {
                "file": result.file.name,
                "id": one.case.id,
                "category": one.case.category,
                "existing": list(one.case.existing),
                "incoming": one.case.incoming,
                "expected": {"actions": sorted(one.case.accept), "targets": sorted(one.case.targets)},
                "got": {"action": one.outcome.action, "named": sorted(one.outcome.named)},
                "wrongly_removed": scoring.is_wrongly_removed(one.case, one.outcome),
                "reason": one.outcome.reason,
            }
            yield json.dumps(miss, ensure_ascii=False) + "\n"


def show(report: Report, console: Console) -> None:
    """Print the tables."""
    console.print(f"Loci {report.version} on {report.machine}")
    for section in report.sections:
        console.print(_table(section))


def _section(result: Result) -> Section:
    kind = result.file.kind
    group = result.answers
    measure = {Kind.JUDGE: scoring.judged, Kind.LETTA: scoring.updated}.get(kind, scoring.actions)
    categories = scoring.by_category(group)
    figures = {category: measure(categories[category]) for category in _ordered(kind, list(categories))}
    return Section(
        name=result.file.name,
        kind=kind,
        figures={**(figures if len(figures) > 1 else {}), _OVERALL: measure(group)},
        false_merges=scoring.false_merges(group),
        merged=result.merged,
    )


def _ordered(kind: Kind, categories: list[str]) -> list[str]:
    # Bands have an order of their own; categories come as the file has them.
    return sorted(categories) if kind is Kind.STSB else categories


def _table(section: Section) -> Table:
    names = [field.name for field in dataclasses.fields(section.figures[_OVERALL])]
    title = f"{section.name}: {_written(section.false_merges)} false merges"
    if section.merged:
        title += f"; {section.merged} known facts merged while they were stored"
    headings = [name.replace("_", " ") for name in names]
    table = Table("category", *headings, title=title, title_justify="left")
    for category, figures in section.figures.items():
        table.add_row(category, *(_written(count) for count in _counts(figures).values()))
    return table


def _counts(figures: Judged | Updated | Actions) -> dict[str, Count]:
    return {field.name: getattr(figures, field.name) for field in dataclasses.fields(figures)}


def _plain(figures: Judged | Updated | Actions) -> Mapping[str, Mapping[str, float]]:
    return {name: _counted(count) for name, count in _counts(figures).items()}


def _counted(count: Count) -> Mapping[str, float]:
    return {"count": count.count, "of": count.of, "share": round(count.share, 4)}


def _written(count: Count) -> str:
    return f"{count.count} of {count.of}, {100 * count.share:.1f} %"
