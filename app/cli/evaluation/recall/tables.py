"""The figures as tables for people."""

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table

from app.cli.evaluation.recall import figures, rows
from app.cli.evaluation.recall.bootstrap import Estimate
from app.cli.evaluation.recall.figures import Figures
from app.cli.evaluation.recall.report import Report, Section
from app.cli.evaluation.scoring import Count


def show(found: Report, console: Console) -> None:
    """Print the tables."""
    console.print(f"Loci {found.version} on {found.machine}")
    console.print(
        f"Shares in %, with 95 % intervals: {found.resamples:,} draws of whole clusters, seed {found.seed}"
    )
    for section in found.sets:
        console.print(_by_row(section))
        if len(section.rows[rows.DEFAULT.name]) > 1:
            console.print(_by_category(section))
        console.print(_beside(section))


def written(share: Estimate) -> str:
    """A share with its interval, in percent.

    >>> written(Estimate(value=0.66, low=0.612, high=0.701))
    '66.0 [61.2, 70.1]'
    """
    return f"{100 * share.value:.1f} [{100 * share.low:.1f}, {100 * share.high:.1f}]"


def _by_row(section: Section) -> Table:
    title = f"{section.name}: {section.memories:,} memories of {section.users} users"
    of_rows = {name: categories[figures.OVERALL] for name, categories in section.rows.items()}
    return _table(title, "row", of_rows)


def _by_category(section: Section) -> Table:
    return _table(f"{section.name}, default, by category", "category", section.rows[rows.DEFAULT.name])


def _table(title: str, first: str, of_lines: Mapping[str, Figures]) -> Table:
    names = list(next(iter(of_lines.values())).metrics)
    table = Table(first, "questions", *names, title=title, title_justify="left")
    for name, one in of_lines.items():
        table.add_row(name, f"{one.questions}", *(written(share) for share in one.metrics.values()))
    return table


def _beside(section: Section) -> Table:
    table = Table("", "", title=f"{section.name}, beside", title_justify="left", show_header=False)
    for name, figure in (*_invariants(section), *_effort(section), *_notes(section)):
        table.add_row(name, figure)
    return table


def _invariants(section: Section) -> Iterator[tuple[str, str]]:
    kept = section.invariants
    yield "decay tax, points of R@10", _points(kept.decay_tax_points)
    yield "graph tax, points of R@10 (below 0 it helps)", _points(kept.graph_tax_points)
    yield "judge tax, evidence lost", _counted(kept.judge_tax)
    yield "foreign ids in results", f"{kept.foreign_ids}"
    yield "answers that changed when asked twice", _counted(kept.changed_when_repeated)
    yield "answers that changed by a restart", _counted(kept.changed_by_restart)
    yield "answers with a lane left out", f"{kept.answers_with_a_lane_left_out}"


def _effort(section: Section) -> Iterator[tuple[str, str]]:
    took, tokens = section.milliseconds, section.tokens
    yield "milliseconds of a question, p50, p95", f"{took.p50:.1f}, {took.p95:.1f}"
    of_context = "not asked" if tokens is None else f"{tokens.p50:,.0f}, {tokens.p95:,.0f}"
    yield "tokens of a context, p50, p95", of_context


def _notes(section: Section) -> Iterator[tuple[str, str]]:
    notes = section.evidence
    yield "ids of evidence repaired, dropped", f"{notes.repaired}, {notes.dropped}"
    yield "questions left out for want of evidence", f"{notes.left_out}"
    yield "memories cut", f"{section.cut_memories}"


def _points(points: float | None) -> str:
    return "not asked" if points is None else f"{points:+.1f}"


def _counted(count: Count | None) -> str:
    return "not asked" if count is None else f"{count.count} of {count.of}"
