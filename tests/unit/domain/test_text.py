"""When two texts are literally the same, and how a long one is shown."""

import pytest

from app.domain import text


@pytest.mark.parametrize(
    "variant",
    [
        "lives in paris",
        "  Lives   in\tParis\n",
        "Lives in Paris.",
        "Lives in Paris!?",
        "Lives in Paris…",
        "Lives in Paris . ",
        "Ｌｉｖｅｓ in Paris",
    ],
)
def test_case_spaces_width_and_closing_punctuation_do_not_matter(variant: str):
    assert text.content_hash(variant) == text.content_hash("Lives in Paris")


@pytest.mark.parametrize("other", ["Lives in Paris 2", "Lives, in Paris", "Lives in Parıs", "Livesin Paris"])
def test_anything_else_matters(other: str):
    assert text.content_hash(other) != text.content_hash("Lives in Paris")


def test_texts_of_nothing_but_punctuation_stay_apart():
    assert text.content_hash("?") != text.content_hash("!")


def test_a_short_text_is_its_own_caption_on_one_line():
    assert text.caption("Likes\ntea") == "Likes tea"


def test_a_long_word_is_cut_where_there_is_no_space():
    assert text.caption("x" * 100) == "x" * 47 + "…"


@pytest.mark.parametrize("length", [47, 48, 49, 200])
def test_a_caption_is_never_longer_than_its_limit(length: int):
    assert len(text.caption("ab " * length)) <= 48
