"""Storing conversations: their order, what is told again, and the windows that turns are found under."""

import asyncio
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pytest

from app.domain import passages
from app.domain.admission import OnConflict
from app.domain.models import EmbeddingModel, Memory
from app.embedding import DeterministicEmbedder
from app.errors import InvalidInput, LociError, QuotaExceeded
from app.services.remember import Action, Draft, Remembered
from tests.unit.assembled import World

TENANT = "tenant"


@dataclass
class CountingEmbedder:
    """Remembers what it was asked for."""

    model: EmbeddingModel = field(default_factory=lambda: DeterministicEmbedder().model)
    calls: list[list[str]] = field(default_factory=list[list[str]])

    async def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.calls.append(list(texts))
        return await DeterministicEmbedder().embed(texts)


def said(
    text: str,
    *,
    chat: str = "chat",
    speaker: str = "Ann",
    at: datetime | None = None,
    on_conflict: OnConflict | None = None,
) -> Draft:
    return Draft(
        user_id="ann",
        text=text,
        conversation_id=chat,
        speaker=speaker,
        created_at=at,
        on_conflict=on_conflict,
    )


async def tell(world: World, *drafts: Draft) -> list[Remembered]:
    outcomes = await world.remember().many(drafts, tenant_id=TENANT)
    return [one for one in outcomes if isinstance(one, Remembered)]


async def memories(world: World, outcomes: Sequence[Remembered]) -> list[Memory]:
    found = [
        await world.memories.get(tenant_id=TENANT, memory_id=memory_id)
        for memory_id in dict.fromkeys(one.memory_id for one in outcomes)
    ]
    return [one for one in found if one is not None]


async def windows(world: World, outcomes: Sequence[Remembered]) -> list[str | None]:
    return [world.memories.window_of(one) for one in await memories(world, outcomes)]


async def test_a_turn_keeps_its_conversation_its_place_its_speaker_and_its_title() -> None:
    world = World()
    draft = dataclasses.replace(said("Hello"), title="Greetings")
    (one,) = await memories(world, await tell(world, draft))
    assert (one.conversation_id, one.turn, one.speaker, one.title) == ("chat", 0, "Ann", "Greetings")


async def test_turns_of_several_requests_follow_each_other() -> None:
    world = World()
    told = [*await tell(world, said("One")), *await tell(world, said("Two"), said("Three"))]
    assert [one.turn for one in await memories(world, told)] == [0, 1, 2]


async def test_turns_of_two_conversations_in_one_request_are_counted_apart() -> None:
    world = World()
    told = await tell(world, said("One"), said("Uno", chat="other"), said("Two"), said("Dos", chat="other"))
    assert [one.turn for one in await memories(world, told)] == [0, 0, 1, 1]
    assert await windows(world, told) == ["One\nTwo", "Uno\nDos", "One\nTwo", "Uno\nDos"]


async def test_the_window_of_a_turn_changes_when_the_next_one_comes() -> None:
    world = World()
    told = await tell(world, said("One"))
    assert await windows(world, told) == [None]
    told += await tell(world, said("Two"))
    assert await windows(world, told) == ["One\nTwo", "One\nTwo"]
    told += await tell(world, said("Three"))
    assert await windows(world, told) == ["One\nTwo", "One\nTwo\nThree", "Two\nThree"]


async def test_a_group_larger_than_one_transaction_keeps_order_and_windows() -> None:
    world = World()
    told = await tell(world, *(said(f"Turn number {number}") for number in range(260)))
    assert [one.turn for one in await memories(world, told)] == list(range(260))
    around = await windows(world, told)
    for number in range(1, 259):
        beside = (number - 1, number, number + 1)
        assert around[number] == "\n".join(f"Turn number {one}" for one in beside)


async def test_everything_of_a_turn_is_embedded_in_one_call() -> None:
    embedder = CountingEmbedder()
    world = World(embedder=embedder)
    await tell(world, said("One"))
    await tell(world, said("Two"), said("Three"))
    assert embedder.calls == [["One"], ["Two", "Three", "One\nTwo", "One\nTwo\nThree", "Two\nThree"]]


async def test_a_repeated_last_turn_is_a_duplicate_and_changes_no_window() -> None:
    world = World()
    told = await tell(world, said("One"), said("Two"))
    before = await windows(world, told)
    (again,) = await tell(world, said("Two"))
    assert (again.action, again.memory_id) == (Action.DUPLICATE, told[1].memory_id)
    assert await windows(world, told) == before


async def test_the_same_words_later_are_another_turn() -> None:
    world = World()
    told = await tell(world, said("Yes"), said("No"))
    (later,) = await tell(world, said("Yes"))
    assert later.action is Action.STORED
    assert len({later.memory_id, *(one.memory_id for one in told)}) == 3


async def test_a_conversation_imported_twice_with_its_times_is_stored_once() -> None:
    world = World()
    start = world.clock.now() - timedelta(days=3)
    chat = [said("Yes", at=start + timedelta(minutes=number)) for number in range(0, 10, 2)]
    chat += [said("No", at=start + timedelta(minutes=number)) for number in range(1, 10, 2)]
    chat.sort(key=lambda one: one.created_at or start)
    first, second = await tell(world, *chat), await tell(world, *chat)
    assert {one.action for one in first} == {Action.STORED}
    assert [one.memory_id for one in second] == [one.memory_id for one in first]


async def test_an_import_that_goes_on_after_what_was_known_keeps_its_windows() -> None:
    world = World()
    start = world.clock.now() - timedelta(days=3)
    chat = [said(f"Turn {number}", at=start + timedelta(minutes=number)) for number in range(4)]
    await tell(world, *chat[:2])
    told = await tell(world, *chat)
    assert await windows(world, told) == [
        "Turn 0\nTurn 1",
        "Turn 0\nTurn 1\nTurn 2",
        "Turn 1\nTurn 2\nTurn 3",
        "Turn 2\nTurn 3",
    ]


async def test_what_another_speaker_says_with_the_same_words_is_another_turn() -> None:
    world = World()
    told = await tell(world, said("Hello", speaker="Ann"), said("Hello", speaker="Bob"))
    assert [one.action for one in told] == [Action.STORED, Action.STORED]


async def test_turns_and_facts_with_the_same_words_are_all_kept() -> None:
    world = World()
    fact = Draft(user_id="ann", text="Likes tea")
    told = await tell(world, fact, said("Likes tea"), fact)
    assert [one.action for one in told] == [Action.STORED, Action.STORED, Action.DUPLICATE]


async def test_on_conflict_is_refused_for_a_turn() -> None:
    (refused,) = await World().remember().many([said("Hello", on_conflict=OnConflict.KEEP)], tenant_id=TENANT)
    assert isinstance(refused, InvalidInput)
    assert list(refused.fields) == ["on_conflict"]


async def test_a_turn_beyond_the_limit_is_refused() -> None:
    world = World(memory_limit=2)
    outcomes = await world.remember().many(
        [said("One"), said("Two"), said("Three"), said("Two")], tenant_id=TENANT
    )
    assert [isinstance(one, LociError) for one in outcomes] == [False, False, True, False]
    assert isinstance(outcomes[2], QuotaExceeded)


async def test_deleting_a_turn_removes_its_text_from_every_window() -> None:
    world = World()
    told = await tell(world, *(said(text) for text in ("One", "Two", "Three", "Four", "Five")))
    await world.memories.delete(tenant_id=TENANT, memory_id=told[2].memory_id, at=world.clock.now())
    assert await windows(world, told) == ["One\nTwo", None, None, "Four\nFive"]


async def test_what_comes_after_a_deleted_turn_does_not_repeat_its_text() -> None:
    world = World()
    told = await tell(world, said("One"), said("Two"))
    await world.memories.delete(tenant_id=TENANT, memory_id=told[1].memory_id, at=world.clock.now())
    told += await tell(world, said("Three"), said("Four"))
    assert [one.turn for one in await memories(world, told)] == [0, 2, 3]
    assert await windows(world, told) == [None, "Three\nFour", "Three\nFour"]


async def test_a_writer_in_between_costs_a_window_and_nothing_else() -> None:
    world = World()
    told = await asyncio.gather(*(tell(world, said(f"Turn {number}")) for number in range(20)))
    found = await memories(world, [one for (one,) in told])
    by_place = {one.turn: one for one in found}
    assert sorted(by_place) == list(range(20))  # pyright: ignore[reportArgumentType]  # all have a place
    for place, one in by_place.items():
        assert place is not None
        window = world.memories.window_of(one)
        near = [by_place[beside].text for beside in (place - 1, place, place + 1) if beside in by_place]
        assert window is None or window in ("\n".join(near), "\n".join(near[:2]))


async def test_a_long_memory_is_found_by_its_passages_and_a_long_turn_has_no_window() -> None:
    long = " ".join(f"Sentence number {number} says a little." for number in range(60))
    embedder = CountingEmbedder()
    world = World(embedder=embedder)
    told = await tell(world, said(long), said("Two"), Draft(user_id="ann", text=f"{long} And more."))
    assert set(passages.of(long)) <= set(embedder.calls[0])
    assert (await windows(world, told))[0] is None


async def test_names_that_come_with_a_memory_reach_the_store() -> None:
    world = World()
    draft = Draft(user_id="ann", text="Works there", entities=("Acme", "Globex"))
    (one,) = await memories(world, await tell(world, draft))
    assert world.memories.entities_of(one) == ("Acme", "Globex")


@pytest.mark.parametrize("speaker", ["", "Ann"])
async def test_a_fact_may_say_who_said_it_without_a_conversation(speaker: str) -> None:
    world = World()
    (one,) = await memories(world, await tell(world, Draft(user_id="ann", text="Tea", speaker=speaker)))
    assert (one.speaker, one.conversation_id, one.turn) == (speaker, None, None)
