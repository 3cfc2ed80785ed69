"""What one new fact is to one stored fact, class by class. The sentences are nobody's evaluation data."""

import pytest

from app.domain.judge import Verdict
from app.domain.judge.comparing import compare

MERGED = {Verdict.SAME, Verdict.COVERED, Verdict.FULLER}


@pytest.mark.parametrize(
    ("stored", "new", "verdict"),
    [
        ("Lives in New York", "Lives in New York City", Verdict.FULLER),
        ("Lives in New York", "Lives in San Francisco", Verdict.REPLACES),
        (
            "Is a senior backend engineer at Stripe",
            "Works at Stripe on payment systems",
            Verdict.DIFFERENT,
        ),
        (
            "Prefers Python over JavaScript for backend work",
            "Is a senior backend engineer at Stripe",
            Verdict.DIFFERENT,
        ),
        (
            "The API migration deadline is May 15",
            "The API migration deadline is June 1",
            Verdict.REPLACES,
        ),
        ("Likes green tea", "  likes GREEN tea.", Verdict.SAME),
    ],
)
def test_the_table_of_the_contract_holds(stored: str, new: str, verdict: Verdict):
    assert compare(stored, new)[0] is verdict


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("Is allergic to latex", "Has a latex allergy"),
        ("Works from home two days a week", "Works remotely 2 days per week"),
        ("Julia manages the design team", "The design team is managed by Julia"),
        ("Passport expires on 2031-04-09", "Passport expires on 9 April 2031"),
        ("Uses k8s at work", "Uses Kubernetes at work"),
        ("Recieves the bill by post", "Receives the bill by post"),
        ("Prefers trains over planes", "Would rather take trains than planes"),
        ("Lives in Porto", "Lives in Porto, Portugal"),
        ("The ticket costs 45 euros", "The ticket costs €45"),
        ("Is vegan since 2019 for the climate", "Is vegan"),
        ("Has a two-year-old poodle called Nino", "Has a dog"),
        ("Never drinks alcohol", "Is a teetotaller"),
    ],
)
def test_rewordings_refinements_and_lesser_statements_are_duplicates(stored: str, new: str):
    assert compare(stored, new)[0] in MERGED


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("Job title is product designer", "Job title is head of design"),
        ("Rent is 1,400 dollars a month", "Rent is 1,550 dollars a month"),
        ("The exam is on 4 June", "The exam has been moved to 11 June"),
        ("Favourite band is Radiohead", "Favourite band is Portishead"),
        ("Eats gluten", "Does not eat gluten"),
        ("The maintenance mode is enabled", "The maintenance mode is disabled"),
        ("Uses Slack for team chat", "Switched from Slack to Mattermost"),
        ("Has a sailing boat in Kiel", "Sold the sailing boat"),
        ("Is dating Marco", "Broke up with Marco"),
        ("Needs to renew the passport", "Renewed the passport yesterday"),
        ("Is single", "Got married to Ines in Rome"),
        ("Is unemployed", "Started a job as a cashier"),
        ("Prefers tea over coffee", "Prefers coffee over tea"),
        ("Is treasurer of the chess club", "Was treasurer of the chess club until May"),
        ("The linter of the shop is Pylint", "The shop is now linted with Ruff"),
        ("Nadia reports to Henrik", "Henrik reports to Nadia"),
        ("Has no car", "Bought a Skoda"),
        ("The release is on hold", "The release is confirmed"),
    ],
)
def test_what_cannot_both_hold_now_replaces(stored: str, new: str):
    assert compare(stored, new)[0] is Verdict.REPLACES


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("Speaks Dutch", "Speaks Japanese"),
        ("Is allergic to peanuts", "Is allergic to shellfish"),
        ("Lives in Graz", "Sister lives in Linz"),
        ("Wife is allergic to eggs", "Allergic to eggs"),
        ("Has a son", "Has a daughter"),
        ("Sprint 42 ends Friday", "Sprint 43 ends Friday"),
        ("Ticket 501 is closed", "Ticket 502 is open"),
        ("Weight on 1 May was 80 kg", "Weight on 1 June was 78 kg"),
        ("Works at Airbus", "Worked at Boeing from 2010 to 2014"),
        ("Lived in Prague until 2020", "Lives in Brno"),
        ("Lives in Turin", "Would like to live in Naples one day"),
        ("Works at Bayer", "Has an interview at Novartis"),
        ("Drinks coffee", "Doesn't drink coffee in the evening"),
        ("Has a piano teacher", "Is a piano teacher"),
        ("Is not available on Monday", "Is not available on Tuesday"),
        ("Flight from Rome to Athens costs 80 euros", "Flight from Athens to Rome costs 95 euros"),
        ("Uses Photoshop for retouching", "Uses Lightroom for sorting"),
        ("Has a dog", "Has a golden retriever named Biscuit"),
        ("Knows C", "Knows C++"),
        ("Asked for a poem about rain", "Asked for a poem about snow"),
        ("Bought a piano stool", "Plays the piano"),
        ("Read chapter 5 of the course book", "Read chapter 6 of the course book"),
    ],
)
def test_other_people_instances_and_values_that_go_together_stay_apart(stored: str, new: str):
    assert compare(stored, new)[0] is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("Wohnt in München", "Wohnt in Köln"),
        ("住在东京", "住在大阪"),
        ("Does he live in Rome?", "Does he live in Oslo?"),
        ('{"city": "Rome"}', '{"city": "Oslo"}'),
        ("https://example.org/a", "https://example.org/b"),
        ("🙂🙂", "🙁🙁"),
    ],
)
def test_what_is_no_english_statement_is_left_alone(stored: str, new: str):
    assert compare(stored, new)[0] is Verdict.DIFFERENT


def test_every_verdict_comes_with_a_reason():
    assert compare("Lives in Rome", "Lives in Oslo")[1] == "another home: oslo, not rome"


def test_several_statements_in_one_text_replace_each_what_they_end():
    news = "Broke up with Vera and moved out of the flat in Jena"

    assert compare("Is dating Vera", news)[0] is Verdict.REPLACES
    assert compare("Plays chess with Otto", news)[0] is Verdict.DIFFERENT
