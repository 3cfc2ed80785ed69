"""The native recall with a reranker behind its lanes."""

from app.domain.recall import RERANKER, Lane
from app.services.recall import Recalled, RecallRequest, ScopeWanted
from app.services.remember import Draft
from tests.fake_reranker import FakeReranker
from tests.unit.assembled import World

TENANT = "tenant"
FACTS = ("Likes strong tea", "Drinks tea with milk", "Plays the cello")


async def recalled(world: World, query: str | None = "tea", *facts: str) -> Recalled:
    drafts = [Draft(user_id="ann", text=fact) for fact in facts or FACTS]
    await world.remember().many(drafts, tenant_id=TENANT)
    request = RecallRequest(tenant_id=TENANT, query=query, scopes=(ScopeWanted(user_id="ann"),), limit=100)
    return await world.recall().recall(request)


def texts_of(answer: Recalled) -> list[str]:
    return [hit.memory.text for hit in answer.hits]


async def test_what_the_reranker_likes_best_comes_first() -> None:
    plain = await recalled(World())
    answer = await recalled(World(reranker=FakeReranker({"cello": 1.0})))
    assert texts_of(plain)[-1] == "Plays the cello"
    assert texts_of(answer)[0] == "Plays the cello"
    assert answer.hits[0].reranked == 1.0
    assert answer.degraded == []


async def test_the_reranker_reads_the_question_and_the_first_thirty_texts() -> None:
    reranker = FakeReranker({})
    answer = await recalled(
        World(reranker=reranker), "tea", *(f"Likes tea number {number}" for number in range(40))
    )
    ((question, texts),) = reranker.asked
    assert (question, list(texts)) == ("tea", texts_of(answer)[:30])
    assert [hit.reranked for hit in answer.hits] == [0.0] * 30 + [None] * 10


async def test_a_reranker_that_fails_is_left_out_and_named() -> None:
    plain = await recalled(World())
    answer = await recalled(World(reranker=FakeReranker({"cello": 1.0}, failing=True)))
    assert texts_of(answer) == texts_of(plain)
    assert [(one.lane, one.reason) for one in answer.degraded] == [(RERANKER, "The reranker is away")]
    assert {hit.reranked for hit in answer.hits} == {None}


async def test_without_a_question_there_is_nothing_to_read() -> None:
    reranker = FakeReranker({"cello": 1.0})
    await recalled(World(reranker=reranker), None)
    assert reranker.asked == []


def test_nobody_can_ask_for_the_reranker_as_a_lane() -> None:
    assert RERANKER not in {lane.value for lane in Lane}
