"""What answers to labelled examples are worth, on examples made by hand."""

import pytest

from app.cli.evaluation import scoring
from app.cli.evaluation.cases import Case
from app.cli.evaluation.scoring import Answered, Count, Outcome
from app.services.remember import Action

STORED, DUPLICATE, REPLACED = Action.STORED, Action.DUPLICATE, Action.REPLACED


def case(*accept: Action, targets: tuple[int, ...] = (), category: str = "c") -> Case:
    return Case(
        id="1",
        category=category,
        existing=["Lives in Oslo", "Owns a cat", "Likes tea"],
        incoming="Lives in Bergen",
        accept=frozenset(accept),
        targets=frozenset(targets),
    )


def outcome(action: Action, *named: int, first: bool | None = None) -> Outcome:
    return Outcome(action=action, named=frozenset(named), reason="", answered_first=first)


def answered(one: Case, action: Action, *named: int, first: bool | None = None) -> Answered:
    return Answered(case=one, outcome=outcome(action, *named, first=first))


@pytest.mark.parametrize(
    ("one", "got", "correct"),
    [
        (case(STORED), outcome(STORED), True),
        (case(STORED), outcome(DUPLICATE, 0), False),
        (case(DUPLICATE, targets=(1, 2)), outcome(DUPLICATE, 2), True),
        (case(DUPLICATE, targets=(1, 2)), outcome(DUPLICATE, 0), False),
        (case(REPLACED, targets=(0, 1)), outcome(REPLACED, 0, 1), True),
        (case(REPLACED, targets=(0, 1)), outcome(REPLACED, 0), False),
        (case(REPLACED, targets=(0,)), outcome(REPLACED, 0, 1), False),
        (case(REPLACED, DUPLICATE, targets=(0,)), outcome(DUPLICATE, 0), True),
    ],
)
def test_an_answer_is_correct_when_its_action_is_accepted_and_names_the_targets(
    one: Case, got: Outcome, correct: bool
) -> None:
    assert scoring.is_correct(one, got) == correct


@pytest.mark.parametrize(
    ("one", "got", "harmful"),
    [
        (case(STORED), outcome(REPLACED, 0), True),
        (case(STORED), outcome(DUPLICATE, 0), True),
        (case(REPLACED, targets=(0,)), outcome(DUPLICATE, 0), True),
        (case(REPLACED, targets=(0,)), outcome(REPLACED, 0, 1), True),
        (case(REPLACED, STORED, targets=(0,)), outcome(REPLACED, 0), False),
        (case(REPLACED, targets=(0, 1)), outcome(REPLACED, 1), False),
        (case(DUPLICATE, targets=(0,)), outcome(REPLACED, 0), False),
        (case(DUPLICATE, targets=(0,), category="entailed_dup"), outcome(REPLACED, 0), True),
        (case(DUPLICATE, targets=(0,)), outcome(DUPLICATE, 1), False),
        (case(REPLACED, targets=(0,)), outcome(STORED), False),
    ],
)
def test_an_answer_is_harmful_when_something_is_lost_that_had_to_stay(
    one: Case, got: Outcome, harmful: bool
) -> None:
    assert scoring.is_wrongly_removed(one, got) == harmful


def test_missed_is_a_share_of_the_cases_where_storing_is_wrong() -> None:
    group = [
        answered(case(REPLACED, targets=(0,)), STORED),
        answered(case(DUPLICATE, targets=(0,)), DUPLICATE, 0),
        answered(case(REPLACED, STORED, targets=(0,)), STORED),
        answered(case(STORED), STORED),
    ]
    found = scoring.judged(group)
    assert (found.correct, found.wrongly_removed) == (Count(count=3, of=4), Count(count=0, of=4))
    assert found.missed == Count(count=1, of=2)
    assert found.missed.share == 0.5


def test_an_update_counts_the_contradicted_fact_and_those_beside_it() -> None:
    one = case(REPLACED, targets=(0,))
    group = [
        answered(one, REPLACED, 0, first=True),
        answered(one, REPLACED, 0, 2, first=True),
        answered(one, REPLACED, 1, first=False),
        answered(one, DUPLICATE, 0, first=False),
    ]
    found = scoring.updated(group)
    assert (found.all_superseded, found.some_superseded) == (Count(count=2, of=4), Count(count=2, of=4))
    assert found.other_superseded == Count(count=2, of=4)
    assert found.swallowed == Count(count=1, of=4)
    assert found.answered_first == Count(count=2, of=4)


def test_where_several_facts_are_contradicted_some_of_them_are_not_all() -> None:
    found = scoring.updated([answered(case(REPLACED, targets=(0, 1)), REPLACED, 0)])
    assert (found.all_superseded.count, found.some_superseded.count, found.other_superseded.count) == (
        0,
        1,
        0,
    )


def test_false_merges_are_a_share_of_the_pairs_that_are_no_duplicates() -> None:
    group = [
        answered(case(STORED), DUPLICATE, 0),
        answered(case(STORED, REPLACED), STORED),
        answered(case(STORED, DUPLICATE), DUPLICATE, 0),
    ]
    assert scoring.false_merges(group) == Count(count=1, of=2)


def test_actions_are_counted_by_category_in_the_order_of_the_file() -> None:
    group = [
        answered(case(STORED, category="b"), STORED),
        answered(case(STORED, category="a"), DUPLICATE, 0),
        answered(case(STORED, category="b"), REPLACED, 0),
    ]
    grouped = scoring.by_category(group)
    assert list(grouped) == ["b", "a"]
    assert scoring.actions(grouped["b"]).replaced == Count(count=1, of=2)


def test_the_share_of_nothing_is_zero() -> None:
    assert Count(count=0, of=0).share == 0


@pytest.mark.parametrize(
    ("ranked_ids", "new_id", "expected"),
    [
        (["new", "old"], "new", True),
        (["other", "new", "old"], "new", True),
        (["old", "new"], "new", False),
        (["other", "new"], "new", True),
        (["other"], "new", False),
        (["old"], "old", False),
    ],
)
def test_the_new_fact_comes_first_when_it_is_found_before_all_old_ones(
    ranked_ids: list[str], new_id: str, expected: bool
) -> None:
    assert scoring.comes_first(ranked_ids, new_id=new_id, old_ids=frozenset({"old"})) == expected
