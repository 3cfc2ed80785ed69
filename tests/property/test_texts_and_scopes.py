"""Texts and scope ids: normalising settles at once, and no two scopes meet."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain import scope, text

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
short_parts = st.text(alphabet="ab/:|0", max_size=4)


@given(texts)
def test_normalising_twice_changes_nothing_more(one: str):
    assert text.normalised(text.normalised(one)) == text.normalised(one)


@given(texts, st.sampled_from([" ", "\n", "\t  ", ". ", "!", " ?!", "…"]))
def test_closing_punctuation_and_spaces_do_not_make_another_fact(one: str, ending: str):
    visible = one + "x"
    assert text.content_hash(visible + ending) == text.content_hash(visible)


@given(texts)
def test_a_caption_is_one_line_within_its_limit(one: str):
    caption = text.caption(one)
    assert len(caption) <= 48
    assert caption.splitlines() in ([], [caption])


@given(st.tuples(short_parts, short_parts, short_parts), st.tuples(short_parts, short_parts, short_parts))
def test_scopes_of_different_parts_have_different_ids_whatever_the_boundaries(
    one: tuple[str, str, str], other: tuple[str, str, str]
):
    ids = [
        scope.user_scope(tenant_id=tenant, user_id=user, namespace=namespace).id
        for tenant, user, namespace in (one, other)
    ]
    assert (ids[0] == ids[1]) == (one == other)
