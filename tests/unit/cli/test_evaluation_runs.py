"""Cases run through the service each in a user of their own, and the report says what became of them."""

import io
import json
from collections.abc import Sequence

from rich.console import Console

from app.cli.evaluation import report
from app.cli.evaluation.cases import Case, CaseFile, Kind
from app.cli.evaluation.runs import Result, Run
from app.domain.judge import Comparison, Keep, Merge, Ruling, Supersede, Verdict
from app.domain.models import Neighbour
from app.services.remember import Action
from tests.unit.assembled import World


def by_first_word(text: str, *, among: Sequence[Neighbour]) -> Ruling:
    """Equal texts are duplicates; texts that begin with the same word cannot both hold."""
    for one in among:
        if one.memory.text == text:
            return Merge(into=one.memory.id, reason="equal")
    targets = [
        Comparison(memory_id=one.memory.id, verdict=Verdict.REPLACES, reason="same word", cosine=one.cosine)
        for one in among
        if one.memory.text.split()[0] == text.split()[0]
    ]
    return Supersede(targets=targets, reason="same word") if targets else Keep(reason="new")


def case(number: int, existing: list[str], incoming: str, *targets: int, question: str | None = None) -> Case:
    return Case(
        id=f"{number}",
        category="replaced" if targets else "stored",
        existing=existing,
        incoming=incoming,
        accept=frozenset({Action.REPLACED if targets else Action.STORED}),
        targets=frozenset(targets),
        question=question,
    )


async def result_of(*cases: Case, kind: Kind = Kind.JUDGE) -> Result:
    world = World(judge=by_first_word)
    run = Run(services=world.services(), tenant_id="t1", console=Console(file=io.StringIO()))
    return await run.result_of(CaseFile(name="made-up", kind=kind, cases=cases))


async def test_each_case_sees_its_own_facts_and_no_others() -> None:
    found = await result_of(
        case(1, ["Lives in Oslo", "Owns a cat"], "Lives in Bergen", 0),
        case(2, ["Owns a dog"], "Lives in Rome"),
    )
    outcomes = [one.outcome for one in found.answers]
    assert [(one.action, one.named) for one in outcomes] == [
        (Action.REPLACED, frozenset({0})),
        (Action.STORED, frozenset()),
    ]


async def test_known_facts_stand_beside_each_other_although_they_contradict() -> None:
    found = await result_of(case(1, ["Lives in Oslo", "Lives in Rome"], "Lives in Bergen", 0, 1))
    assert (found.answers[0].outcome.named, found.merged) == (frozenset({0, 1}), 0)


async def test_a_known_fact_merged_into_another_shares_its_fate_and_is_counted() -> None:
    found = await result_of(case(1, ["Lives in Oslo", "Lives in Oslo"], "Lives in Bergen", 0))
    assert (found.answers[0].outcome.named, found.merged) == (frozenset({0, 1}), 1)


async def test_a_superseded_fact_is_ranked_below_the_new_one() -> None:
    asked = case(1, ["Lives in Oslo", "Owns a cat"], "Lives in Bergen", 0, question="Lives in Oslo")
    beside = case(2, ["Lives in Oslo"], "Resides in Bergen", 0, question="Lives in Oslo")
    found = await result_of(asked, beside, kind=Kind.LETTA)
    assert [one.outcome.answered_first for one in found.answers] == [True, False]


async def test_the_report_has_every_figure_and_every_miss() -> None:
    right = case(1, ["Lives in Oslo"], "Lives in Bergen", 0)
    wrong = case(2, ["Likes tea"], "Likes cake")
    found = report.of([await result_of(right, wrong)])
    (section,) = json.loads(report.as_json(found))["sections"]
    assert list(section["figures"]) == ["replaced", "stored", "all"]
    assert section["figures"]["all"]["wrongly_removed"] == {"count": 1, "of": 2, "share": 0.5}
    (miss,) = [json.loads(line) for line in report.misses(found)]
    assert (miss["id"], miss["got"]) == ("2", {"action": "replaced", "named": [0]})
    assert (miss["expected"], miss["wrongly_removed"]) == ({"actions": ["stored"], "targets": []}, True)


async def test_the_tables_give_counts_beside_shares() -> None:
    found = report.of([await result_of(case(1, ["A"], "B"), case(2, ["A"], "A"), kind=Kind.SICK)])
    shown = io.StringIO()
    report.show(found, Console(file=shown, width=110))
    assert "made-up: 1 of 2, 50.0 % false merges" in shown.getvalue()
    assert "1 of 2, 50.0 %" in shown.getvalue()
