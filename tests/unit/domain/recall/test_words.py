"""BM25 with the statistics of the scopes."""

import dataclasses

import pytest

from app.domain.recall import Found, TermCount, words
from tests.unit.domain import making

SHARE = 0.7


def found(id: str, text: str, *, passages: tuple[str, ...] = (), speaker: str = "", title: str = "") -> Found:
    memory = dataclasses.replace(making.memory(id), text=text, speaker=speaker, title=title)
    return Found(memory=memory, cosine=0.0, passages=passages)


def scored(*pool: Found, size: int = 100, **memories: int) -> dict[str, float]:
    counts = [TermCount(term=term, memories=n, share=n / size) for term, n in memories.items()]
    wordings = [words.wording(one) for one in pool]
    return dict(words.scores(wordings, counts=counts, size=size, passage_share=SHARE))


def test_who_holds_no_term_is_not_scored() -> None:
    assert scored(found("a", "likes tea"), tea=1, coffee=1).keys() == {"a"}
    assert scored(found("a", "likes milk"), tea=1) == {}


def test_a_rare_term_weighs_more_than_a_common_one() -> None:
    scores = scored(found("rare", "saw a zebra"), found("common", "saw a dog"), zebra=1, dog=60)
    assert scores["rare"] > scores["common"]


def test_a_term_in_every_memory_still_weighs_something() -> None:
    assert scored(found("a", "tea"), size=10, tea=10)["a"] > 0


def test_a_short_text_says_it_more_clearly_than_a_long_one() -> None:
    scores = scored(found("short", "drinks tea"), found("long", "drinks tea " + "and walks far " * 20), tea=5)
    assert scores["short"] > scores["long"]


def test_who_said_it_and_the_title_are_words_of_a_memory() -> None:
    scores = scored(found("a", "hello", speaker="Ann"), found("b", "hello", title="Ann’s bread"), ann=2)
    assert scores.keys() == {"a", "b"}


def test_the_best_passage_has_most_of_the_say() -> None:
    own = found("own", "tea", passages=("milk",))
    passage = found("passage", "milk", passages=("bread", "tea"))
    scores = scored(own, passage, tea=2)
    assert scores["passage"] > scores["own"] > 0


def test_a_memory_without_passages_speaks_for_itself() -> None:
    alone = scored(found("a", "tea"), tea=1)["a"]
    assert alone == pytest.approx(scored(found("a", "tea", passages=("tea",)), tea=1)["a"])
