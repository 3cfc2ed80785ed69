"""When a new fact is one that is stored already."""

import pytest

from app.domain import judge as judging
from app.domain.judge import JudgePolicy, Keep, Merge
from tests.unit.domain import making

POLICY = JudgePolicy()


def test_an_empty_scope_keeps_everything():
    assert isinstance(judging.judge("Likes tea", among=[], policy=POLICY), Keep)


def test_the_same_words_merge_whatever_the_cosine():
    stored = making.neighbour(making.memory("old", text="likes TEA."), 0.1)

    assert judging.judge("Likes tea", among=[stored], policy=POLICY) == Merge(
        into="old", reason="the same words"
    )


@pytest.mark.parametrize(
    ("cosine", "merges"), [(0.985, True), (0.9849996, True), (0.98499, False), (1.0, True), (0.94, False)]
)
def test_a_paraphrase_merges_from_the_bound_on_after_rounding_to_six_decimals(cosine: float, merges: bool):
    stored = making.neighbour(making.memory("old", text="Likes green tea"), cosine)
    decision = judging.judge("Likes the green tea", among=[stored], policy=POLICY)

    assert isinstance(decision, Merge) == merges


def test_different_facts_are_kept_however_near():
    stored = making.neighbour(making.memory("old", text="db port is 8080"), 0.9999)

    assert isinstance(judging.judge("db port is 8081", among=[stored], policy=POLICY), Keep)


def test_the_same_words_win_over_a_nearer_paraphrase():
    among = [
        making.neighbour(making.memory("near", text="Likes the green tea"), 0.999),
        making.neighbour(making.memory("same", text="likes green tea"), 0.99),
    ]
    decision = judging.judge("Likes green tea", among=among, policy=POLICY)

    assert isinstance(decision, Merge)
    assert decision.into == "same"


def test_of_equally_near_paraphrases_the_first_id_is_taken():
    among = [making.neighbour(making.memory(name, text="Likes the tea"), 0.99) for name in ("b", "a")]
    decision = judging.judge("Likes a tea", among=among, policy=POLICY)

    assert isinstance(decision, Merge)
    assert decision.into == "a"


@pytest.mark.parametrize("cosine", [0.0, -1.0, 1.1])
def test_a_bound_that_is_no_cosine_is_refused(cosine: float):
    with pytest.raises(ValueError, match="duplicate cosine"):
        JudgePolicy(duplicate_cosine=cosine)
