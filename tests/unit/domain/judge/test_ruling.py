"""The decision over all candidates, and the bands that decide where there is no opinion."""

import pytest

from app.domain import judge as judging
from app.domain.judge import JudgePolicy, Keep, Merge, Supersede, Verdict
from app.domain.models import Neighbour
from tests.unit.domain import making

POLICY = JudgePolicy()


def stored(**texts: str) -> list[Neighbour]:
    """Neighbours by id, the first the nearest."""
    return [
        making.neighbour(making.memory(name, text=text), 0.8 - place / 100)
        for place, (name, text) in enumerate(texts.items())
    ]


def test_only_the_contradicted_fact_is_superseded():
    among = stored(food="Likes sushi", home="Lives in Rome", sister="Sister lives in Rome")
    ruling = judging.decide("Moved to Oslo", among=among, policy=POLICY)

    assert isinstance(ruling, Supersede)
    assert [one.memory_id for one in ruling.targets] == ["home"]


def test_a_fact_may_supersede_two():
    among = stored(
        front="Frontend of the shop is written in Elm", back="Backend of the shop is written in Perl"
    )
    ruling = judging.decide(
        "Frontend and backend of the shop were both rewritten in Rust", among=among, policy=POLICY
    )

    assert isinstance(ruling, Supersede)
    assert {one.memory_id for one in ruling.targets} == {"front", "back"}


def test_a_duplicate_goes_before_a_replacement():
    among = stored(old="Lives in Rome", same="Lives in Oslo")
    ruling = judging.decide("lives in oslo", among=among, policy=POLICY)

    assert isinstance(ruling, Merge)
    assert ruling.into == "same"


def test_a_new_fact_is_kept_beside_the_others():
    assert isinstance(judging.decide("Plays chess", among=stored(a="Plays tennis"), policy=POLICY), Keep)


def test_long_texts_are_compared_by_their_words_alone():
    long = "Lives in Rome. " + "The user told much about it. " * 30
    ruling = judging.decide("Lives in Oslo", among=stored(a=long), policy=POLICY)

    assert isinstance(ruling, Keep)


def test_each_candidate_is_told_of_with_the_words_in_common_and_those_that_differ():
    (compared,) = judging.compare_all("Lives in Oslo", among=stored(a="Lives in Rome"), policy=POLICY)

    assert compared.verdict is Verdict.REPLACES
    assert (tuple(compared.evidence.common), tuple(compared.evidence.only_stored)) == (("lives",), ("rome",))
    assert tuple(compared.evidence.only_new) == ("oslo",)


def test_a_near_pair_that_no_rule_decides_is_reported_and_kept():
    near = [making.neighbour(making.memory("a", text="Wants a quiet room"), 0.95)]
    ruling = judging.decide("Wants a sunny room", among=near, policy=POLICY)

    assert isinstance(ruling, Keep)
    assert [one.memory_id for one in ruling.suspects] == ["a"]


@pytest.mark.parametrize(
    ("cosine", "kind"),
    [(0.985, Merge), (0.98499, Supersede), (0.94, Supersede), (0.93999, Keep), (0.9849996, Merge)],
)
def test_without_an_opinion_the_bands_of_the_contract_decide(cosine: float, kind: type):
    near = [making.neighbour(making.memory("a", text="Likes black tea"), cosine)]
    ruling = judging.decide("Likes green tea", among=near, policy=POLICY, opinion=judging.no_opinion)

    assert isinstance(ruling, kind)


def test_without_an_opinion_another_number_is_replaced_however_near():
    near = [making.neighbour(making.memory("a", text="Port is 8080"), 0.999)]
    ruling = judging.decide("Port is 8081", among=near, policy=POLICY, opinion=judging.no_opinion)

    assert isinstance(ruling, Supersede)


def test_without_an_opinion_only_the_nearest_counts():
    near = [making.neighbour(making.memory(name, text="Likes black tea"), 0.95) for name in ("b", "a")]
    ruling = judging.decide("Likes green tea", among=near, policy=POLICY, opinion=judging.no_opinion)

    assert isinstance(ruling, Supersede)
    assert [one.memory_id for one in ruling.targets] == ["a"]


def test_a_long_sentence_about_named_people_supersedes_the_one_it_retells():
    among = [
        making.neighbour(
            making.memory("book", text="Ann Lee and Bo Roy wrote a field guide to alpine flowers."), 0.9
        ),
        making.neighbour(making.memory("race", text="Bo Roy won the coastal cycling race in 2019."), 0.4),
        making.neighbour(making.memory("club", text="Ann Lee runs a chess club for teenagers."), 0.4),
    ]
    news = "Ann Lee and Cy Day, not Bo Roy, wrote a field guide to alpine flowers."
    ruling = judging.decide(news, among=among, policy=POLICY)

    assert isinstance(ruling, Supersede)
    assert [one.memory_id for one in ruling.targets] == ["book"]


def test_bands_out_of_order_are_refused():
    with pytest.raises(ValueError, match="replacing cosine"):
        JudgePolicy(duplicate_cosine=0.9, replace_cosine=0.95)
