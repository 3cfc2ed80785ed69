"""Duplicates: storing the same again stores nothing, and different facts never merge."""

from functools import partial
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.domain import admission
from app.domain import judge as judging
from app.domain.admission import Admitted, Candidate
from app.domain.judge import JudgePolicy, Keep
from app.domain.models import Neighbour
from tests.unit.domain import making

POLICY = JudgePolicy()
JUDGE = partial(judging.judge, policy=POLICY)
words = st.sampled_from(
    "likes the green tea coffee Anna Bob moved from to left right not never 7 8 9 two".split()
)
sentences = st.lists(words, min_size=1, max_size=8).map(" ".join)
angles = st.floats(0, 0.25)
"""Vectors at so small angles to each other that most cosines lie near or above the duplicate bound."""

facts = st.lists(st.tuples(sentences, angles), min_size=1, max_size=12)


def candidates(drawn: list[tuple[str, float]], *, prefix: str) -> list[Candidate]:
    return [
        making.candidate(
            making.memory(f"{prefix}{number:02}", text=sentence),
            vector=np.array([np.cos(angle), np.sin(angle)], dtype=np.float32),
        )
        for number, (sentence, angle) in enumerate(drawn)
    ]


def compared(new: list[Candidate], stored: list[Candidate]) -> dict[str, list[Neighbour]]:
    return {
        one.memory.id: [making.neighbour(other.memory, float(one.vector @ other.vector)) for other in stored]
        for one in new
    }


@given(facts)
def test_storing_the_same_group_again_creates_nothing(drawn: list[tuple[str, float]]):
    first = admission.plan(candidates(drawn, prefix="a"), known={}, judge=JUDGE)
    again = candidates(drawn, prefix="b")
    second = admission.plan(again, known=compared(again, list(first.created)), judge=JUDGE)

    assert second.created == []
    assert all(isinstance(one, Admitted) and not one.stored for one in second.outcomes)


@given(facts)
def test_every_outcome_names_a_memory_that_exists_afterwards(drawn: list[tuple[str, float]]):
    plan = admission.plan(candidates(drawn, prefix="a"), known={}, judge=JUDGE)
    created = {one.memory.id for one in plan.created}

    assert {one.memory_id for one in plan.outcomes if isinstance(one, Admitted)} == created


@given(sentences, st.integers(0, 999), st.integers(0, 999), st.floats(0.985, 1))
def test_texts_of_different_numbers_are_never_one_fact(sentence: str, one: int, other: int, cosine: float):
    if one == other:
        other = one + 1
    stored = making.neighbour(making.memory(text=f"{sentence} {one}"), cosine)

    assert isinstance(judging.judge(f"{sentence} {other}", among=[stored], policy=POLICY), Keep)


@given(
    sentences, st.sampled_from("not never no without cannot don't isn’t former".split()), st.floats(0.985, 1)
)
def test_a_negation_more_is_never_the_same_fact(sentence: str, negation: str, cosine: float):
    stored = making.neighbour(making.memory(text=f"User {sentence}"), cosine)

    assert isinstance(judging.judge(f"User {negation} {sentence}", among=[stored], policy=POLICY), Keep)


@given(sentences, sentences, st.floats(0.985, 1))
def test_whether_two_texts_are_one_fact_does_not_depend_on_which_came_first(
    one: str, other: str, cosine: float
):
    forth = judging.judge(one, among=[making.neighbour(making.memory(text=other), cosine)], policy=POLICY)
    back = judging.judge(other, among=[making.neighbour(making.memory(text=one), cosine)], policy=POLICY)

    assert isinstance(forth, Keep) == isinstance(back, Keep)


@given(facts, sentences, st.randoms(use_true_random=False))
def test_the_judgement_does_not_depend_on_the_order_of_the_neighbours(
    drawn: list[tuple[str, float]], sentence: str, random: Random
):
    among = [
        making.neighbour(one.memory, 1 - drawn[number][1] / 10)
        for number, one in enumerate(candidates(drawn, prefix="a"))
    ]
    shuffled = list(among)
    random.shuffle(shuffled)

    assert judging.judge(sentence, among=shuffled, policy=POLICY) == judging.judge(
        sentence, among=among, policy=POLICY
    )
