"""Sets are stored and asked through the service's routes, and what storing lost is noticed."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from app.cli.evaluation.recall import rows
from app.cli.evaluation.recall.runs import Asked, Run, StoredCorpus
from app.cli.evaluation.recall.sets import Corpus, Item, Question, QuestionSet, SetKind
from app.cli.evaluation.recall.wire import Wire
from app.domain.admission import OnConflict
from app.errors import Unavailable
from tests.fake_recall_service import FakeRecallService

MAY = datetime(2025, 5, 1, tzinfo=UTC)


def corpus(user_id: str = "ann", *, now: datetime = MAY, facts: tuple[str, ...] = ("likes tea",)) -> Corpus:
    items = [Item(key=f"k{number}", fact=fact) for number, fact in enumerate(facts)]
    question = Question(
        id=f"{user_id}-1",
        text=f"who {facts[0]}?",
        category="c",
        gold=frozenset(one.key for one in items),
        cluster=user_id,
    )
    return Corpus(user_id=user_id, now=now, items=items, questions=[question])


def question_set(*corpora: Corpus) -> QuestionSet:
    return QuestionSet(name="made-up", kind=SetKind.LOCOMO, corpora=corpora)


def run(service: FakeRecallService) -> Run:
    return Run(wire=Wire(http=service.http), clock=service.clock, console=Console(file=io.StringIO()))


async def stored(service: FakeRecallService, *corpora: Corpus) -> list[StoredCorpus]:
    return await run(service).stored(question_set(*corpora))


async def asked(service: FakeRecallService, *corpora: Corpus, row: rows.Row = rows.DEFAULT) -> list[Asked]:
    return await run(service).asked(await stored(service, *corpora), row, what="made-up")


async def test_every_memory_goes_over_the_wire_with_all_that_is_known_of_it() -> None:
    service = FakeRecallService()
    item = Item(
        key="k",
        fact="a" * 2_001,
        title="Ann",
        speaker="Bob",
        conversation_id="c1",
        created_at=MAY,
        on_conflict=OnConflict.KEEP,
    )
    await stored(service, Corpus(user_id="ann", now=MAY, items=[item], questions=[]))
    (sent,) = service.stored
    del sent["id"]
    assert sent == {
        "user_id": "ann",
        "fact": "a" * 2_000,
        "title": "Ann",
        "speaker": "Bob",
        "conversation_id": "c1",
        "created_at": "2025-05-01T00:00:00+00:00",
        "on_conflict": "keep",
    }


async def test_users_with_one_present_are_stored_together_and_keep_their_own_ids() -> None:
    service = FakeRecallService()
    ann, bob = await stored(service, corpus("ann"), corpus("bob"))
    assert service.batches == [2]
    assert (ann.ids["k0"][:3], bob.ids["k0"][:3]) == ("ann", "bob")


async def test_large_corpora_are_stored_in_several_requests() -> None:
    service = FakeRecallService()
    facts = tuple(f"fact number {number}" for number in range(60))
    (found,) = await stored(service, corpus(facts=facts))
    assert service.batches == [50, 10]
    assert len(found.ids) == 60


async def test_the_clock_follows_what_is_asked() -> None:
    service = FakeRecallService()
    later = MAY + timedelta(days=300)
    await asked(service, corpus("ann", now=later), corpus("bob", now=MAY))
    assert service.moments == [later, MAY]
    assert service.batches == [1, 1]


async def test_a_question_names_its_user_and_the_settings_of_its_row() -> None:
    service = FakeRecallService()
    await asked(service, corpus(), row=rows.BOTH)
    await asked(service, corpus(), row=rows.NO_DECAY)
    await asked(service, corpus(), row=rows.DEFAULT)
    plain = {"query": "who likes tea?", "scopes": [{"user_id": "ann"}], "limit": 10}
    assert service.asked == [plain | {"lanes": ["vector", "words"]}, plain | {"decay_weight": 0.0}, plain]


async def test_the_tokens_of_a_context_are_read_where_one_is_asked_for() -> None:
    (with_context,) = await asked(FakeRecallService(), corpus(), row=rows.BUDGET)
    (without,) = await asked(FakeRecallService(), corpus())
    assert (with_context.answer.tokens, without.answer.tokens) == (40, None)


async def test_evidence_taken_for_another_text_is_lost() -> None:
    service = FakeRecallService(taken_for={"likes green tea": "likes tea"})
    (found,) = await stored(service, corpus(facts=("likes tea", "likes green tea")))
    assert found.lost == {"k1"}


async def test_evidence_that_was_replaced_is_lost() -> None:
    service = FakeRecallService(replaced=frozenset({"likes tea"}))
    (found,) = await stored(service, corpus(facts=("likes tea", "likes green tea")))
    assert found.lost == {"k0"}


async def test_evidence_that_was_said_before_in_the_same_words_is_not_lost() -> None:
    (found,) = await stored(FakeRecallService(), corpus(facts=("Likes tea.", "likes tea")))
    assert (found.lost, len(set(found.ids.values()))) == (frozenset(), 1)


async def test_memories_are_sent_again_where_the_database_did_not_answer() -> None:
    service = FakeRecallService(failures=2)
    (found,) = await stored(service, corpus())
    assert list(found.ids) == ["k0"]


async def test_a_database_that_never_answers_ends_the_run() -> None:
    with pytest.raises(Unavailable, match="/v1/memories/batch failed with 503: try again"):
        await stored(FakeRecallService(failures=100), corpus())


async def test_warming_up_does_not_mind_a_service_that_is_late() -> None:
    service = FakeRecallService(late_answers=1)
    corpora = await stored(service, corpus("ann"), corpus("bob"))
    await run(service).warm(corpora)
    assert len(service.asked) == 2


async def test_a_measured_question_that_is_not_answered_ends_the_run() -> None:
    with pytest.raises(Unavailable, match="/v1/recall failed with 503: too late"):
        await asked(FakeRecallService(late_answers=1), corpus())


async def test_the_lanes_that_an_answer_is_short_of_are_counted() -> None:
    (one,) = await asked(FakeRecallService(is_short_of_a_lane=True), corpus())
    assert one.answer.left_out == 1


async def test_a_refused_memory_ends_the_run_with_the_reason() -> None:
    service = FakeRecallService(refused=frozenset({"likes tea"}))
    with pytest.raises(Unavailable, match="likes tea is not to be stored"):
        await stored(service, corpus())


async def test_an_answer_that_is_an_error_ends_the_run_with_its_status() -> None:
    with pytest.raises(Unavailable, match="/v1/memories/gone failed with 404: no such memory"):
        await Wire(http=FakeRecallService().http).holds("gone", fact="likes tea")
