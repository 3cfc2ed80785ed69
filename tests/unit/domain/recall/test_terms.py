"""Terms: words without those that say nothing, cut to stems; signs in pairs where nothing parts words."""

import pytest

from app.domain.recall import terms


def test_a_question_of_stop_words_has_no_terms() -> None:
    assert terms.of_question("What is this, and who are they?") == {}


@pytest.mark.parametrize("question", ["", "?!", "🎉🎊", "\x00", "((((", "~*^:/\\"])
def test_signs_are_no_terms(question: str) -> None:
    assert terms.of_question(question) == {}


def test_the_words_of_lucene_and_of_cypher_lose_what_makes_them_syntax() -> None:
    asked = terms.of_question("scope_id:abc* AND NOT text:'x' ~2 RETURN n;")
    assert all(word.isalnum() and word == word.casefold() for word in asked.values())


def test_forms_of_one_word_are_one_term() -> None:
    assert list(terms.of_question("hiking hikes hiked")) == ["hike"]


def test_only_the_first_terms_of_a_long_question_count() -> None:
    asked = terms.of_question(" ".join(f"word{number}" for number in range(10_000)))
    assert len(asked) == terms.MOST_TERMS


def test_scripts_without_blanks_give_pairs_of_signs() -> None:
    assert terms.of_text("東京に住む") == ["東京", "京に", "に住", "住む"]


def test_katakana_words_stay_whole() -> None:
    assert terms.of_text("コーヒーを飲む") == ["コーヒー", "を飲", "飲む"]


def test_one_sign_alone_is_a_term() -> None:
    assert terms.of_text("猫") == ["猫"]


def test_other_alphabets_keep_their_words_whole() -> None:
    assert terms.of_text("Живёт в Берлине") == ["живёт", "в", "берлине"]


def test_latin_words_beside_signs_are_terms_of_their_own() -> None:
    assert terms.of_text("iPhoneを買う") == ["iphon", "を買", "買う"]


def test_wide_letters_are_the_same_as_narrow_ones() -> None:
    assert terms.of_text("ＴＥＡ") == terms.of_text("tea")


def test_words_are_dropped_with_their_possessive() -> None:
    assert terms.without("What is Melanie’s hand-painted bowl?", {"melani"}) == "What is hand-painted bowl?"


def test_a_text_that_would_lose_all_terms_stays() -> None:
    assert terms.without("Melanie", {"melani"}) == "Melanie"
