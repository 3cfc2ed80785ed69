"""Where long texts are cut."""

import pytest

from app.domain import passages


def test_a_fact_has_no_passages() -> None:
    assert passages.of("Prefers Python over JavaScript for backend work") == []


def test_sentences_stay_whole() -> None:
    sentences = [f"The room with the number {number} is painted in blue." for number in range(60)]
    parts = passages.of(" ".join(sentences))
    assert len(parts) > 3
    assert all(part.startswith("The room") and part.endswith("in blue.") for part in parts)


@pytest.mark.parametrize(
    "sentence",
    [
        "東京都の住民{}は毎日電車で通勤しています。",
        "Жители города {} каждый день ездят на работу!\n",
        "{} 🚲🚲🚲\n",
    ],
)
def test_sentences_of_any_script_are_told_apart(sentence: str) -> None:
    parts = passages.of("".join(sentence.format(number) for number in range(1000, 1060)))
    first_words = sentence.partition("{}")[0]
    assert len(parts) > 2
    assert all(part.startswith(first_words) for part in parts)


def test_what_has_neither_sentences_nor_words_is_cut_anywhere() -> None:
    parts = passages.of("".join(f"{number:05}" for number in range(1000)))
    assert len(parts) == 20
    assert {passages.pieces(part) for part in parts[:-1]} == {128}


def test_a_text_that_repeats_itself_is_read_once() -> None:
    assert len(passages.of("word " * 20_000)) <= 2


def test_the_longest_text_has_a_bounded_number_of_passages() -> None:
    longest = "".join(chr(0x4E00 + index % 20_000) for index in range(43_690))
    assert 300 < len(passages.of(longest)) <= 512
    signs = "".join(chr(33 + (index * index) % 15) for index in range(131_072))
    assert len(passages.of(signs)) <= 520
