"""The figures of a run, put together, and as JSON for programs."""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app import __version__
from app.cli.bench.report import machine
from app.cli.evaluation.recall import bootstrap, chart, figures, metrics, rows
from app.cli.evaluation.recall.chart import Bar, Panel
from app.cli.evaluation.recall.figures import Figures, Spread
from app.cli.evaluation.recall.runs import Asked
from app.cli.evaluation.recall.session import Measured
from app.cli.evaluation.recall.sets import Notes, SetKind
from app.cli.evaluation.scoring import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariants:
    """What recall may not do; each figure is best at nothing. Points are hundredths of R@10.

    `decay_tax_points` is what decay costs, `graph_tax_points` what the graph costs (below 0 it helps); both
    None where their rows were not asked. `judge_tax` is evidence that storing lost. `foreign_ids` are results
    of other users, in all rows. `changed_...` are questions with other results or another order.
    """

    decay_tax_points: float | None
    graph_tax_points: float | None
    judge_tax: Count
    foreign_ids: int
    changed_when_repeated: Count
    changed_by_restart: Count | None
    answers_with_a_lane_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The figures of one set: by row, then by category, all questions under `all`."""

    name: str
    kind: SetKind
    users: int
    memories: int
    cut_memories: int
    evidence: Notes
    rows: Mapping[str, Mapping[str, Figures]]
    invariants: Invariants
    milliseconds: Spread
    tokens: Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One run. Intervals are of 95 %, by `resamples` draws of whole clusters with that `seed`."""

    version: str
    machine: str
    resamples: int
    seed: int
    sets: Sequence[Section]


def of(found: Sequence[Measured]) -> Report:
    """The figures of a run."""
    return Report(
        version=__version__,
        machine=machine(),
        resamples=bootstrap.RESAMPLES,
        seed=bootstrap.SEED,
        sets=[_section(one) for one in found],
    )


def as_json(report: Report) -> str:
    """Everything, indented; shares in [0, 1]."""
    return json.dumps(dataclasses.asdict(report), indent=2)


def headline(section: Section) -> str:
    """The metric that sums a set up."""
    return metrics.NEW_ABOVE_OLD if section.kind is SetKind.UPDATE else metrics.RECALL_10


def drawn(report: Report) -> str:
    """The metric that sums each set up, in every row, as an SVG."""
    return chart.svg([_panel(one) for one in report.sets])


def _panel(section: Section) -> Panel:
    overall = {name: categories[figures.OVERALL] for name, categories in section.rows.items()}
    return Panel(
        title=f"{section.name}: {headline(section)}, % of {overall[rows.DEFAULT.name].questions} questions",
        bars=[
            Bar(label=name, share=one.metrics[headline(section)], stands_out=name == rows.DEFAULT.name)
            for name, one in overall.items()
        ],
    )


def _section(found: Measured) -> Section:
    by_row = {name: figures.by_category(answers) for name, answers in found.answers.items()}
    with_context = found.answers.get(rows.BUDGET.name, ())
    return Section(
        name=found.chosen.name,
        kind=found.chosen.kind,
        users=len(found.chosen.corpora),
        memories=len(found.chosen.items),
        cut_memories=found.chosen.cut,
        evidence=found.chosen.notes,
        rows=by_row,
        invariants=_invariants(found, by_row),
        milliseconds=figures.milliseconds(found.answers[rows.DEFAULT.name]),
        tokens=figures.tokens(with_context),
    )


def _invariants(found: Measured, by_row: Mapping[str, Mapping[str, Figures]]) -> Invariants:
    default = found.answers[rows.DEFAULT.name]
    everything = list(_answers(found))
    return Invariants(
        decay_tax_points=_lead(by_row, rows.NO_DECAY.name),
        graph_tax_points=_lead(by_row, rows.BOTH.name),
        judge_tax=figures.lost(found.stored),
        foreign_ids=figures.foreign(everything),
        changed_when_repeated=figures.changed(default, found.repeated),
        changed_by_restart=None if found.restarted is None else figures.changed(default, found.restarted),
        answers_with_a_lane_left_out=figures.with_lane_left_out(everything),
    )


def _lead(by_row: Mapping[str, Mapping[str, Figures]], name: str) -> float | None:
    """By how many points of R@10 that row is better than the default."""
    if name not in by_row:
        return None
    other, default = (
        by_row[one][figures.OVERALL].metrics[metrics.RECALL_10].value for one in (name, rows.DEFAULT.name)
    )
    return 100 * (other - default)


def _answers(found: Measured) -> Iterator[Asked]:
    for answers in (*found.answers.values(), found.repeated, found.restarted or ()):
        yield from answers
