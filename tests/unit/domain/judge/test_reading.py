"""How a sentence is taken apart: whom it is about, its verb, its manner."""

import pytest

from app.domain.judge.manner import Mode
from app.domain.judge.reading import statement
from app.domain.judge.tokens import read


@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        ("Lives in Rome", [], "live"),
        ("The user lives in Rome", [], "live"),
        ("I am a nurse", [], "be"),
        ("Crash reports go to the archive", ["crash", "reports"], "go"),
        ("Daughter's school ends at noon", ["daughter", "school"], "end"),
        ("The billing service is written in Go", ["billing", "service"], "write"),
        ("Recommended Node version is 20", ["recommended", "node", "version"], "be"),
        ("Deadline: 3 June", ["deadline"], "be"),
        ("No longer plays chess", [], "play"),
    ],
)
def test_subject_and_verb_are_found(text: str, subject: list[str], verb: str):
    one = statement(text)

    assert ([token.key for token in one.subject], one.verb) == (subject, verb)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Plays chess", Mode.FACT),
        ("Wants to visit Peru", Mode.WISH),
        ("Has to renew the passport", Mode.PENDING),
        ("Asked for a summary", Mode.REPORT),
        ("Wants replies in French", Mode.FACT),
    ],
)
def test_a_wish_a_task_and_a_report_are_no_facts(text: str, mode: Mode):
    assert statement(text).mode is mode


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Drinks tea, not coffee", ["coffee"]),
        ("Drinks tea instead of coffee", ["coffee"]),
        ("Prefers tea over coffee", ["coffee"]),
        ("Has visited over 15 countries", []),
    ],
)
def test_what_a_statement_turns_away_from_is_set_apart(text: str, instead: list[str]):
    assert [token.key for token in statement(text).instead] == instead


def test_two_negations_cancel_each_other():
    assert statement("Doesn't eat fish").negated
    assert not statement("Is not unable to swim").negated


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("€25k", "25,000 euro"),
        ("half past five", "5:30"),
        ("3 pm", "15:00"),
        ("2031-04-09", "9 April 2031"),
        ("three", "3"),
        ("the 9th", "the 9"),
        ("cannot", "can't"),
    ],
)
def test_amounts_and_times_have_one_notation(one: str, other: str):
    assert [token.key for token in read(one)] == [token.key for token in read(other)]
