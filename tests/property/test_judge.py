"""The judge over all candidates: deterministic, blind to their order, and never beyond them."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain import judge as judging
from app.domain.judge import JudgePolicy, Merge, Ruling, Supersede
from app.domain.models import Neighbour
from tests.unit.domain import making

POLICY = JudgePolicy()
words = st.sampled_from(
    """Lives works likes is has not never no longer moved sold from to in at over the a his sister Anna Bob
    Rome Oslo Acme tea coffee car job 7 8 May Friday until and now instead of . , ? : ' 🙂 ist 东京""".split()
)
texts = st.one_of(st.lists(words, max_size=12).map(" ".join), st.text(max_size=60))
candidates = st.lists(st.tuples(texts, st.floats(-1, 1)), max_size=6)


def neighbours(drawn: list[tuple[str, float]]) -> list[Neighbour]:
    return [
        making.neighbour(making.memory(f"{number:02}", text=text), cosine)
        for number, (text, cosine) in enumerate(drawn)
    ]


def named(ruling: Ruling) -> set[str]:
    match ruling:
        case Merge(into=into):
            return {into}
        case Supersede(targets=targets):
            return {one.memory_id for one in targets}
        case _:
            return set()


@given(texts, candidates)
def test_any_text_gets_a_ruling_that_names_only_candidates(text: str, drawn: list[tuple[str, float]]):
    among = neighbours(drawn)

    assert named(judging.decide(text, among=among, policy=POLICY)) <= {one.memory.id for one in among}


@given(texts, candidates, st.randoms(use_true_random=False))
def test_the_ruling_does_not_depend_on_the_order_of_the_candidates(
    text: str, drawn: list[tuple[str, float]], random: Random
):
    among = neighbours(drawn)
    shuffled = list(among)
    random.shuffle(shuffled)

    assert judging.decide(text, among=shuffled, policy=POLICY) == judging.decide(
        text, among=among, policy=POLICY
    )


@given(texts, candidates)
def test_a_text_that_is_stored_is_a_duplicate_whatever_stands_beside_it(
    text: str, drawn: list[tuple[str, float]]
):
    same = making.neighbour(making.memory("same", text=text), 1.0)

    assert isinstance(judging.decide(text, among=[same, *neighbours(drawn)], policy=POLICY), Merge)


@given(texts, candidates)
def test_all_candidates_are_told_of(text: str, drawn: list[tuple[str, float]]):
    among = neighbours(drawn)
    compared = judging.compare_all(text, among=among, policy=POLICY)

    assert sorted(one.memory_id for one in compared) == sorted(one.memory.id for one in among)


@given(
    st.sampled_from("Lives in|Works at|Has visited|Likes|Version is".split("|")),
    st.integers(0, 99),
    st.integers(0, 99),
)
def test_texts_of_different_numbers_are_never_duplicates(start: str, one: int, other: int):
    if one == other:
        other = one + 1
    among = [making.neighbour(making.memory("a", text=f"{start} place {one}"), 0.99)]

    assert not isinstance(judging.decide(f"{start} place {other}", among=among, policy=POLICY), Merge)
