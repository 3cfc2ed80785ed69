"""Names and their mentions: what is one name, what is none, and where a text means it."""

import pytest

from app.domain import entities


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ed Wood (film)", "ed wood"),
        ("Ed Wood", "ED-WOOD"),
        ("  Ed   Wood ", "Ed Wood"),
        ("O'Neill", "O’Neill"),
        ("Straße", "STRASSE"),
        ("Cafe\u0301", "Café"),
        ("ＮＨＫ", "NHK"),
        ("東京タワー", "東京 ﾀﾜｰ"),
        ("김 철수", "김철수"),
        ("Ed Wood （映画）", "Ed Wood"),
    ],
)
def test_two_spellings_are_one_name(name: str, other: str) -> None:
    assert entities.key(name) == entities.key(other) != ""


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ed Wood", "Ed Woods"),
        ("Ed Wood", "Wood Ed"),
        ("New York New York", "New York"),
        ("हिन्दी", "हन्द"),
        ("(film)", "(book)"),
        ("Born (1970) Late", "Born Late"),
    ],
)
def test_two_names_stay_two(name: str, other: str) -> None:
    assert entities.key(name) != entities.key(other)


@pytest.mark.parametrize(
    "name", ["", " ", "…", "x", "京", "The", "who is it", "🥐", "()", "฿฿", "ัั", "(", "É", "a" * 501]
)
def test_what_says_too_little_is_no_name(name: str) -> None:
    assert entities.key(name) == ""
    assert not entities.is_looked_for(name)
    assert not entities.mentions(f"{name} and {name}", name)


def test_a_parenthesis_stays_where_there_is_nothing_else() -> None:
    assert entities.key("(film)") == entities.key("… (film)") == "film"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Met Ed Wood.", "Ed Wood (film)"),
        ("met ed wood's brother", "Ed Wood"),
        ("(Ed-Wood)", "Ed Wood"),
        ("Oslo", "Oslo"),
        ("in 1984 it was", "1984"),
        ("a day at the races, they said", "A Day at the Races"),
        ("去年去了東京塔參觀", "東京塔"),
        ("ぼくはTowerにいた", "Tower"),
        ("서울에서 살아요", "서울"),
        ("من از تهران آمدم", "تهران"),
        ("ÖSTERREICH", "Österreich"),
    ],
)
def test_a_text_mentions_a_name(text: str, name: str) -> None:
    assert entities.mentions(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ed Woods came", "Ed Wood"),
        ("Fred Wood came", "Ed Wood"),
        ("roses bloom", "Bloom"),
        ("Rose came", "rose"),
        ("Osloer", "Oslo"),
        ("Ed and Wood", "Ed Wood"),
        ("東京の塔", "東京塔"),
        ("", "Oslo"),
    ],
)
def test_a_text_does_not_mention_a_name(text: str, name: str) -> None:
    assert not entities.mentions(text, name)


def test_a_name_of_more_than_six_words_is_not_looked_for() -> None:
    six, seven = "One Two Three Four Five Six", "One Two Three Four Five Six Seven"
    assert (entities.is_looked_for(six), entities.is_looked_for(seven)) == (True, False)
    assert entities.mentions(f"So {six} it is", six)
    assert not entities.mentions(f"So {seven} it is", seven)


def test_many_names_are_looked_for_at_once() -> None:
    names = entities.Names(
        {entities.key(one): one for one in ("Ed Wood", "Oslo", "東京", "Rose", "Big Fish")}
    )
    assert names.mentioned_in("ed wood in Oslo, 東京に; a rose") == {"ed wood", "oslo", "東京"}


def test_the_keys_of_a_question_are_bounded_and_in_order() -> None:
    question = " ".join(f"Word{number}" for number in range(5_000))
    keys = entities.keys_in(question)
    assert len(keys) == entities.MOST_QUESTION_KEYS
    assert keys[:2] == ["word0", "word0 word1"]
    assert len(entities.keys_in(question, most=None)) == 6 * 5_000 - 15


def test_the_keys_of_a_question_hold_a_name_in_any_case() -> None:
    assert entities.key("Ed Wood (film)") in entities.keys_in("WHO DIRECTED ED WOOD?")
    assert entities.key("Oslo") in entities.keys_in("what about oslo")
    assert entities.keys_in("what is it?") == []
