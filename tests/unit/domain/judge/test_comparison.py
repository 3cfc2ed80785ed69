"""Pairs that a sentence encoder takes for one; the cosine of each was measured above 0.985."""

import pytest

from app.domain.judge import comparison


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("db port is 8080", "db port is 8081"),
        ("Takes 2 pills in the morning", "Takes two pills in the evening"),
        ("Version 1.1 is live", "Version 1.10 is live"),
        ("Deadline is May 15", "Deadline is June 15"),
        ("Scored 3 of 5", "Scored 5 of 3"),
        ("Meeting from 9 to 5", "Meeting from 5 to 9"),
        (
            "The API timeout of the payment gateway is 30 seconds",
            "The API timeout of the payment gateway is 30 minutes",
        ),
        ("The temperature is -5 degrees", "The temperature is 5 degrees"),
    ],
)
def test_numbers_dates_and_units_tell_facts_apart(one: str, other: str):
    assert not comparison.agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He can eat nuts", "He can't eat nuts"),
        ("He can eat nuts", "He can’t eat nuts"),
        ("Drinks coffee", "Never drinks coffee"),
        ("The user drinks coffee at work", "The user rarely drinks coffee at work"),
        ("Is a member of the board", "Is a former member of the board"),
    ],
)
def test_negations_tell_facts_apart(one: str, other: str):
    assert not comparison.agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prefers tabs over spaces", "Prefers spaces over tabs"),
        ("Prefers tea over coffee", "Prefers coffee over tea"),
        ("flight from paris to london", "flight from london to paris"),
        ("Migrated from AWS to GCP", "Migrated from GCP to AWS"),
        ("Alice reports to Bob", "Bob reports to Alice"),
        ("The manager of Ann is Bob", "The manager of Bob is Ann"),
    ],
)
def test_the_same_words_in_another_order_tell_facts_apart(one: str, other: str):
    assert not comparison.agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Always parks the company car on the left side", "Always parks the company car on the right side"),
        ("Wants the report in the morning", "Wants the report in the evening"),
        ("Is taller than Sue", "Was taller than Sue"),
        ("User's wife is Anna", "User's wife is Anne"),
        ("Latency must be < 5 ms", "Latency must be > 5 ms"),
        ("Writes C++", "Writes C#"),
        ("Team mascot is 🦊", "Team mascot is 🐙"),
        ("Lebt in München", "Lebt in Köln"),
        ("住在东京", "住在大阪"),
    ],
)
def test_a_word_or_sign_in_the_place_of_another_tells_facts_apart(one: str, other: str):
    assert not comparison.agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Needs gluten-free meals on flights", "Needs gluten free meals on flights"),
        ("Has two children, Ida and Jonas", "Has two children: Ida and Jonas"),
        ("Lives in the New York area", "Lives in New York area"),
        ("Has an appointment with Dr. Okafor", "Has a doctor's appointment with Dr. Okafor"),
        ("", ""),
    ],
)
def test_spelling_articles_and_added_words_do_not(one: str, other: str):
    assert comparison.agree(one, other)
    assert comparison.agree(other, one)
