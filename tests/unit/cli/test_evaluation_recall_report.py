"""The report says what each row found, and what recall did that it may not do."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast
from xml.etree import ElementTree

import pytest
from rich.console import Console

from app.cli.evaluation.recall import figures, metrics, report, rows, tables
from app.cli.evaluation.recall.report import Section
from app.cli.evaluation.recall.runs import Asked, StoredCorpus
from app.cli.evaluation.recall.session import Measured
from app.cli.evaluation.recall.sets import UNDATED, Corpus, Item, Question, QuestionSet, SetKind
from app.cli.evaluation.recall.wire import Answer

ONE_HOP = Question(id="1", text="?", category="one hop", gold=frozenset({"a"}), cluster="1")
TWO_HOPS = Question(id="2", text="??", category="two hops", gold=frozenset({"a", "b"}), cluster="2")
UPDATED = Question(
    id="3", text="???", category="update", gold=frozenset({"a"}), cluster="3", old=frozenset({"b"})
)


def stored(*questions: Question, lost: frozenset[str] = frozenset()) -> StoredCorpus:
    items = [Item(key=key, fact=f"fact {key}") for key in "abc"]
    corpus = Corpus(user_id="ann", now=UNDATED, items=items, questions=questions)
    return StoredCorpus(corpus=corpus, ids={key: f"id-{key}" for key in "abc"}, lost=lost)


def answered(of: StoredCorpus, *keys: str, left_out: int = 0) -> list[Asked]:
    """Every question answered with the memories of those keys."""
    answer = Answer(ids=[f"id-{key}" for key in keys], milliseconds=2.0, tokens=30, left_out=left_out)
    return [Asked(question=one, stored=of, answer=answer) for one in of.corpus.questions]


def measured(
    of: StoredCorpus, answers: Mapping[str, Sequence[Asked]], *, kind: SetKind = SetKind.LOCOMO
) -> Measured:
    return Measured(
        chosen=QuestionSet(name="made-up", kind=kind, corpora=[of.corpus]),
        stored=[of],
        answers=answers,
        repeated=answers[rows.DEFAULT.name],
    )


def section(found: Measured) -> Section:
    (one,) = report.of([found]).sets
    return one


def test_metrics_are_means_over_the_questions_of_a_category_and_over_all() -> None:
    of = stored(ONE_HOP, TWO_HOPS)
    by_category = figures.by_category(answered(of, "c", "a"))
    assert {name: one.metrics[metrics.RECALL_10].value for name, one in by_category.items()} == {
        "one hop": 1.0,
        "two hops": 0.5,
        "all": 0.75,
    }


def test_evidence_that_storing_lost_counts_as_not_found() -> None:
    of = stored(TWO_HOPS, lost=frozenset({"b"}))
    (asked,) = answered(of, "a", "b")
    assert figures.of_question(asked)[metrics.RECALL_10] == 0.5
    assert section(measured(of, {rows.DEFAULT.name: [asked]})).invariants.judge_tax.count == 1


@pytest.mark.parametrize(("keys", "expected"), [("ab", 1.0), ("ba", 0.0), ("ac", 1.0), ("c", 0.0)])
def test_the_new_fact_has_to_be_found_and_before_the_old(keys: str, expected: float) -> None:
    (asked,) = answered(stored(UPDATED), *keys)
    assert figures.of_question(asked)[metrics.NEW_ABOVE_OLD] == expected


def test_the_taxes_are_points_that_a_row_is_better_than_the_default() -> None:
    of = stored(TWO_HOPS)
    default, better = answered(of, "a"), answered(of, "a", "b")
    found = section(measured(of, {rows.DEFAULT.name: default, rows.NO_DECAY.name: better}))
    assert (found.invariants.decay_tax_points, found.invariants.graph_tax_points) == (50.0, None)


def test_results_of_other_users_are_counted() -> None:
    of = stored(ONE_HOP)
    found = section(measured(of, {rows.DEFAULT.name: answered(of, "a", "z")}))
    # The same answer is counted once for the row and once for its repetition.
    assert found.invariants.foreign_ids == 2


def test_another_order_is_a_changed_answer() -> None:
    of = stored(ONE_HOP)
    first, other = answered(of, "a", "b"), answered(of, "b", "a")
    found = replace(measured(of, {rows.DEFAULT.name: first}), repeated=other, restarted=first)
    kept = section(found).invariants
    assert kept.changed_when_repeated.count == 1
    assert kept.changed_by_restart is not None
    assert kept.changed_by_restart.count == 0


def test_answers_without_a_lane_are_counted() -> None:
    of = stored(ONE_HOP)
    found = section(measured(of, {rows.DEFAULT.name: answered(of, "a", left_out=1)}))
    assert found.invariants.answers_with_a_lane_left_out == 2


def test_tokens_are_those_of_the_row_with_a_budget() -> None:
    of = stored(ONE_HOP)
    answers = {rows.DEFAULT.name: answered(of, "a"), rows.BUDGET.name: answered(of, "a")}
    found = section(measured(of, answers))
    assert (found.tokens, found.milliseconds) == (
        figures.Spread(p50=30.0, p95=30.0),
        figures.Spread(p50=2.0, p95=2.0),
    )


def test_the_report_can_be_read_by_programs() -> None:
    of = stored(ONE_HOP, TWO_HOPS)
    read = json.loads(report.as_json(report.of([measured(of, {rows.DEFAULT.name: answered(of, "a")})])))
    assert read["sets"][0]["rows"][rows.DEFAULT.name]["all"]["metrics"]["R@1"]["value"] == 0.75
    assert read["sets"][0]["invariants"]["judge_tax"] == {"count": 0, "of": 2}


def test_the_report_can_be_read_by_people() -> None:
    of = stored(ONE_HOP, TWO_HOPS)
    console = Console(width=170, file=io.StringIO())
    tables.show(report.of([measured(of, {rows.DEFAULT.name: answered(of, "a")})]), console)
    text = cast(io.StringIO, console.file).getvalue()
    assert "two hops" in text
    assert "75.0 [50.0, 100.0]" in text
    assert "0 of 2" in text


def test_the_chart_has_a_bar_for_every_row() -> None:
    of = stored(UPDATED)
    answers = {rows.WORDS.name: answered(of, "b"), rows.DEFAULT.name: answered(of, "a")}
    svg = report.drawn(report.of([measured(of, answers, kind=SetKind.UPDATE)]))
    drawn = ElementTree.fromstring(svg)  # noqa: S314  # written just above
    texts = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    bars = [one.get("width") for one in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    assert texts[0] == "made-up: new above old, % of 1 questions"
    assert (rows.WORDS.name in texts, "100.0 (100.0 to 100.0)" in texts) == (True, True)
    assert [bar is not None and float(bar) > 0 for bar in bars] == [False, True]
