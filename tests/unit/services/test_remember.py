"""Storing facts: what becomes of each, alone and in a group, and what a limit does."""

import asyncio
from datetime import datetime, timedelta

import pytest

from app.domain.models import Memory, Visibility
from app.embedding import DeterministicEmbedder, at_cosine
from app.errors import InvalidInput, LociError, NotFound, QuotaExceeded
from app.services.remember import Action, Draft
from tests.unit.assembled import World

TENANT = "tenant"


class _World:
    """The use case on an empty store, with a clock that can be moved."""

    def __init__(
        self, *, limit: int | None = None, vectors: dict[str, tuple[float, ...]] | None = None
    ) -> None:
        world = World(embedder=DeterministicEmbedder(vectors=vectors), memory_limit=limit)
        self.clock, self.store, self.remember = world.clock, world.memories, world.remember()

    async def store_one(self, text: str, **fields: object) -> tuple[Action, Memory]:
        draft = Draft(**({"user_id": "ann", "text": text} | fields))  # type: ignore[arg-type]
        outcome = await self.remember.one(draft, tenant_id=TENANT)
        memory = await self.store.get(tenant_id=TENANT, memory_id=outcome.memory_id)
        assert memory is not None
        return outcome.action, memory


async def test_a_new_fact_is_stored_word_for_word() -> None:
    action, memory = await _World().store_one("  Likes  tea. ")
    assert action is Action.STORED
    assert memory.text == "  Likes  tea. "
    assert memory.caption == "Likes tea."


async def test_without_a_time_of_its_own_a_fact_holds_from_now() -> None:
    world = _World()
    _, memory = await world.store_one("Likes tea")
    assert memory.valid_from == memory.recorded_at == memory.refreshed_at == world.clock.now()


async def test_a_fact_from_the_past_is_as_old_as_it_says() -> None:
    world = _World()
    past = world.clock.now() - timedelta(days=3)
    _, memory = await world.store_one("Likes tea", created_at=past)
    assert memory.valid_from == memory.refreshed_at == past
    assert memory.recorded_at == world.clock.now()


@pytest.mark.parametrize("text", ["LIKES TEA", "Likes tea.", "likes   tea ", "Likes tea…", "Ｌikes tea"])
async def test_the_same_words_are_a_duplicate(text: str) -> None:
    world = _World()
    _, first = await world.store_one("Likes tea")
    action, again = await world.store_one(text)
    assert (action, again.id) == (Action.DUPLICATE, first.id)


@pytest.mark.parametrize(
    ("cosine", "action"),
    [(1.0, Action.DUPLICATE), (0.985, Action.DUPLICATE), (0.98499, Action.STORED), (0.5, Action.STORED)],
)
async def test_a_paraphrase_is_a_duplicate_from_the_bound_on(cosine: float, action: Action) -> None:
    vectors = {"likes green tea": (1.0, 0.0), "likes the green tea": at_cosine(cosine)}
    world = _World(vectors=vectors)
    await world.store_one("likes green tea")
    assert (await world.store_one("likes the green tea"))[0] is action


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sprint 42 ends Friday", "Sprint 43 ends Friday"),
        ("Deadline is May 15", "Deadline is June 15"),
        ("Eats meat", "Does not eat meat"),
        ("Takes the pills on workdays", "Takes the pills only on workdays"),
        ("Alice likes tea", "Bob likes tea"),
        ("Works with Alice on payments", "Works with Bob on payments"),
        ("喜欢绿茶和咖啡", "讨厌绿茶和咖啡"),
        ("Likes 👍", "Likes 👎"),
    ],
)
async def test_what_the_encoder_cannot_tell_apart_is_kept_apart(first: str, second: str) -> None:
    world = _World(vectors={first: (1.0,), second: (1.0,)})
    await world.store_one(first)
    assert (await world.store_one(second))[0] is Action.STORED


async def test_long_texts_that_differ_beyond_what_the_encoder_reads_are_kept_apart() -> None:
    first, second = ("word " * 300 + ending for ending in ("left", "right"))
    world = _World(vectors={first: (1.0,), second: (1.0,)})
    await world.store_one(first)
    assert (await world.store_one(second))[0] is Action.STORED


@pytest.mark.parametrize("elsewhere", [{"user_id": "bob"}, {"namespace": "work"}])
async def test_the_same_words_elsewhere_are_another_memory(elsewhere: dict[str, str]) -> None:
    world = _World()
    await world.store_one("Likes tea")
    assert (await world.store_one("Likes tea", **elsewhere))[0] is Action.STORED


async def test_a_duplicate_refreshes_the_age_and_merges_metadata_and_changes_nothing_else() -> None:
    world = _World()
    _, first = await world.store_one("Likes tea", importance=0.9, source="chat", metadata={"a": 1, "b": 1})
    world.clock.move(timedelta(days=2))
    _, again = await world.store_one("likes tea", importance=0.1, source="mail", metadata={"b": 2, "c": 3})
    assert again.metadata == {"a": 1, "b": 2, "c": 3}
    assert again.refreshed_at == world.clock.now()
    unchanged = ("text", "importance", "source", "valid_from", "recorded_at")
    assert [getattr(again, name) for name in unchanged] == [getattr(first, name) for name in unchanged]


async def test_an_older_duplicate_does_not_age_the_memory() -> None:
    world = _World()
    _, first = await world.store_one("Likes tea")
    _, again = await world.store_one("Likes tea", created_at=world.clock.now() - timedelta(days=9))
    assert again.refreshed_at == first.refreshed_at


async def test_a_time_too_far_ahead_is_refused() -> None:
    world = _World()
    await world.store_one("Likes tea", created_at=world.clock.now() + timedelta(minutes=5))
    with pytest.raises(InvalidInput) as refusal:
        await world.store_one("Likes milk", created_at=world.clock.now() + timedelta(minutes=5, seconds=1))
    assert "created_at" in refusal.value.fields


async def test_an_unknown_team_is_not_found_but_a_private_memory_ignores_it() -> None:
    world = _World()
    with pytest.raises(NotFound, match="Team not found"):
        await world.store_one("Likes tea", visibility=Visibility.TEAM, team_id="nobody")
    assert (await world.store_one("Likes tea", team_id="nobody"))[0] is Action.STORED


async def test_a_group_has_one_outcome_each_and_its_members_see_each_other() -> None:
    world = _World()
    drafts = [Draft(user_id="ann", text=text) for text in ("Likes tea", "Likes milk", "likes TEA")]
    drafts.insert(
        1, Draft(user_id="ann", text="Later", created_at=datetime.fromisoformat("2099-01-01T00:00Z"))
    )
    tea, later, milk, again = await world.remember.many(drafts, tenant_id=TENANT)
    assert isinstance(later, InvalidInput)
    assert not isinstance(tea, LociError)
    assert not isinstance(milk, LociError)
    assert not isinstance(again, LociError)
    assert [tea.action, milk.action, again.action] == [Action.STORED, Action.STORED, Action.DUPLICATE]
    assert again.memory_id == tea.memory_id
    assert await world.store.count_active(tenant_id=TENANT) == 2


async def test_a_large_group_keeps_its_order() -> None:
    world = _World()
    drafts = [Draft(user_id="ann", text=f"Visited place {number}") for number in range(300)]
    outcomes = await world.remember.many(drafts, tenant_id=TENANT)
    for draft, outcome in zip(drafts, outcomes, strict=True):
        assert not isinstance(outcome, LociError)
        memory = await world.store.get(tenant_id=TENANT, memory_id=outcome.memory_id)
        assert memory is not None
        assert memory.text == draft.text


async def test_twenty_equal_facts_at_once_make_one_memory() -> None:
    world = _World()
    outcomes = await asyncio.gather(*(world.store_one("Likes tea") for _ in range(20)))
    assert sorted(action for action, _ in outcomes) == [Action.DUPLICATE] * 19 + [Action.STORED]
    assert len({memory.id for _, memory in outcomes}) == 1


async def test_at_the_limit_new_facts_are_refused_and_duplicates_are_not() -> None:
    world = _World(limit=2)
    await world.store_one("Likes tea")
    await world.store_one("Likes milk")
    with pytest.raises(QuotaExceeded) as refusal:
        await world.store_one("Likes juice")
    assert (refusal.value.limit, refusal.value.used) == (2, 2)
    assert (await world.store_one("likes milk"))[0] is Action.DUPLICATE


async def test_a_group_fills_the_limit_and_no_more() -> None:
    world = _World(limit=2)
    drafts = [Draft(user_id="ann", text=f"Visited place {number}") for number in range(4)]
    outcomes = await world.remember.many(drafts, tenant_id=TENANT)
    assert [isinstance(one, QuotaExceeded) for one in outcomes] == [False, False, True, True]


async def test_metadata_that_grows_too_large_by_a_duplicate_is_refused_and_the_memory_is_left_alone() -> None:
    world = _World()
    _, first = await world.store_one("Likes tea", metadata={"a": "x" * 9_000})
    world.clock.move(timedelta(days=1))
    with pytest.raises(InvalidInput) as refusal:
        await world.store_one("Likes tea", metadata={"b": "y" * 9_000})
    assert "metadata" in refusal.value.fields
    assert await world.store.get(tenant_id=TENANT, memory_id=first.id) == first
