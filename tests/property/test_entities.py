"""Names: a key settles at once, and what a text mentions is among the keys that it is looked up by."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain import entities
from app.graph import phrases as indexed

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
words = st.sampled_from(
    ["Ed", "ed", "Wood", "the", "東京", "塔", "Łódź", "9", "서울", "(film)", "हिन्दी", "O'Neill"]
)
phrases = st.lists(words, min_size=1, max_size=5).map(" ".join)


@given(texts | phrases)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    known = entities.key(name)
    assert entities.key(known) == known


@given(phrases, phrases, phrases)
def test_a_name_is_found_between_other_words(before: str, name: str, after: str) -> None:
    if entities.is_looked_for(name):
        assert entities.mentions(f"{before} {entities.spelling(name)} {after}", name)


@given(texts | phrases, texts | phrases)
def test_what_is_mentioned_is_among_the_keys_of_the_text(text: str, name: str) -> None:
    if entities.mentions(text, name):
        assert entities.key(name) in entities.keys_in(text, most=None)


@given(texts | phrases, st.lists(phrases, max_size=5))
def test_names_are_found_together_as_they_are_alone(text: str, names: list[str]) -> None:
    known = {key: name for name in names if (key := entities.key(name))}
    alone = {key for key, name in known.items() if entities.mentions(text, name)}
    assert entities.Names(known).mentioned_in(text) == alone


@given(texts | phrases)
def test_every_name_can_be_asked_for(name: str) -> None:
    if entities.key(name):
        assert indexed.of_name(name).count('"') % 2 == 0
        assert indexed.of_name(name).startswith("(+")
