"""What stores promise of conversations, asked of the fakes and of Neo4j alike."""

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.domain import scope as scopes
from app.domain.admission import Candidate
from app.domain.conversations import Conversation, Sequel, Tail, Tails
from app.domain.models import Memory, Neighbour, Scope, Vector
from app.domain.passages import Passage
from app.ports import MemoryTransaction, NearestQuery
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory


def turn(scope: Scope, place: int, text: str = "Hello", *, chat: str = "chat") -> Memory:
    """A turn that was said a minute after the one before it, and told later."""
    at = NOW + timedelta(minutes=place)
    one = memory(scope, text, at=at)
    return dataclasses.replace(
        one, conversation_id=chat, turn=place, speaker="Ann", recorded_at=NOW + timedelta(hours=1)
    )


async def tell(stores: Stores, scope: Scope, *turns: Memory) -> None:
    """Store turns that follow each other, each with a vector of its own."""
    vectors = remembered.random_vectors(len(turns), seed=7)
    await remembered.store(stores.memories, scope, *turns, vectors=vectors)
    sequels = [Sequel(turn_id=one.id, next_id=after.id) for one, after in itertools.pairwise(turns)]
    await go_on(stores, scope, sequels=sequels)


async def go_on(
    stores: Stores,
    scope: Scope,
    *,
    sequels: Sequence[Sequel] = (),
    windows: Mapping[str, Passage] | None = None,
) -> None:
    async def write(transaction: MemoryTransaction) -> None:
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
        await transaction.continue_conversations(sequels, windows=windows or {}, tenant_id=scope.tenant_id)

    await stores.memories.write(write)


async def compared(stores: Stores, scope: Scope, new: Memory) -> list[str]:
    async def compare(transaction: MemoryTransaction) -> Mapping[str, Sequence[Neighbour]]:
        candidate = Candidate(memory=new, vector=axis(0))
        return await transaction.compare([candidate], tenant_id=scope.tenant_id, limit=5)

    return [one.memory.id for one in (await stores.memories.write(compare))[new.id]]


async def tails_of(stores: Stores, scope: Scope, *memories: Memory) -> Tails:
    """The tails, which a reader and a writer see alike."""

    async def read(transaction: MemoryTransaction) -> Tails:
        return await transaction.tails(memories, tenant_id=scope.tenant_id)

    seen = await stores.memories.tails(memories, tenant_id=scope.tenant_id)
    assert seen == await stores.memories.write(read)
    return seen


async def found_by_window(stores: Stores, scope: Scope, vector: Vector) -> list[str]:
    """The memories that lie exactly at a vector."""
    query = NearestQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=vector, limit=10)
    return [one.memory.id for one in await stores.search.nearest(query) if one.cosine > 0.99]


def window(place: int) -> Passage:
    return Passage(text=f"window {place}", vector=axis(10 * place))


async def test_a_turn_comes_back_as_it_was(stores: Stores, scope: Scope) -> None:
    one = dataclasses.replace(turn(scope, 3), title="Greetings")
    await tell(stores, scope, one)
    assert await stores.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == one


async def test_a_conversation_ends_with_its_last_turn_and_the_one_before(
    stores: Stores, scope: Scope
) -> None:
    told = [turn(scope, place) for place in range(3)]
    await tell(stores, scope, *told)
    await tell(stores, scope, turn(scope, 9, chat="other"))
    tails = await tails_of(stores, scope, turn(scope, 3), memory(scope))
    assert tails == {Conversation(scope_id=scope.id, id="chat"): Tail(last=told[2], before=told[1])}


async def test_a_conversation_without_turns_has_no_tail(stores: Stores, scope: Scope) -> None:
    assert await tails_of(stores, scope, turn(scope, 0)) == {}


async def test_a_deleted_last_turn_is_still_the_last(stores: Stores, scope: Scope) -> None:
    told = [turn(scope, place) for place in range(2)]
    await tell(stores, scope, *told)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=told[1].id, at=NOW)
    (tail,) = (await tails_of(stores, scope, turn(scope, 2))).values()
    assert (tail.last.id, tail.last.status.value, tail.before) == (told[1].id, "deleted", told[0])


async def test_what_a_repeated_transaction_wrote_and_what_came_after_does_not_count(
    stores: Stores, scope: Scope
) -> None:
    told = [turn(scope, place) for place in range(5)]
    await tell(stores, scope, *told)
    (tail,) = (await tails_of(stores, scope, told[2], told[3])).values()
    assert tail == Tail(last=told[1], before=told[0])


async def test_a_turn_is_compared_with_its_words_at_its_time_in_its_conversation(
    stores: Stores, scope: Scope
) -> None:
    told = [turn(scope, 0), turn(scope, 1), turn(scope, 2, "Good bye")]
    await tell(stores, scope, *told)
    await tell(stores, scope, turn(scope, 1, chat="other"))
    assert await compared(stores, scope, turn(scope, 1)) == [told[1].id]
    assert await compared(stores, scope, turn(scope, 5)) == []


async def test_a_turn_without_a_time_of_its_own_is_compared_with_nothing(
    stores: Stores, scope: Scope
) -> None:
    told = turn(scope, 1)
    await tell(stores, scope, told)
    untimed = dataclasses.replace(turn(scope, 1), recorded_at=told.valid_from)
    assert await compared(stores, scope, untimed) == []


async def test_a_fact_is_compared_with_no_turn_and_no_window(stores: Stores, scope: Scope) -> None:
    told, fact = turn(scope, 0), memory(scope, "Hello you")
    await remembered.store(stores.memories, scope, told, fact, vectors=[axis(0), axis(0, cosine=0.9)])
    await go_on(stores, scope, windows={told.id: Passage(text="Hello\nHello", vector=axis(0))})
    assert await compared(stores, scope, memory(scope, "Hello")) == [fact.id]


async def test_turns_do_not_take_the_places_of_facts(stores: Stores, scope: Scope) -> None:
    turns = [turn(scope, place, f"Hello number {place}") for place in range(30)]
    fact = memory(scope, "Greets with Hello")
    near = [axis(0, cosine=0.99 - place / 1000) for place in range(30)]
    await remembered.store(stores.memories, scope, *turns, fact, vectors=[*near, axis(0, cosine=0.5)])
    assert await compared(stores, scope, memory(scope, "Hello number 3")) == [fact.id]


async def test_a_long_turn_is_not_compared_with_facts_by_its_passages(stores: Stores, scope: Scope) -> None:
    long = Candidate(
        memory=turn(scope, 0, "Much was said"),
        vector=axis(20),
        passages=[Passage(text="Hello", vector=axis(0))],
    )

    async def create(transaction: MemoryTransaction) -> None:
        await transaction.create([long], tenant_id=scope.tenant_id, scopes=[scope])

    await stores.memories.write(create)
    assert await compared(stores, scope, memory(scope, "Hello")) == []


async def test_a_turn_is_found_by_its_window(stores: Stores, scope: Scope) -> None:
    told = turn(scope, 0)
    await tell(stores, scope, told)
    await go_on(stores, scope, windows={told.id: window(1)})
    assert await found_by_window(stores, scope, axis(10)) == [told.id]


async def test_a_new_window_takes_the_place_of_the_one_before(stores: Stores, scope: Scope) -> None:
    told = turn(scope, 0)
    await tell(stores, scope, told)
    for place in (1, 2, 2):
        await go_on(stores, scope, windows={told.id: window(place)})
    assert await found_by_window(stores, scope, axis(10)) == []
    assert await found_by_window(stores, scope, axis(20)) == [told.id]


async def windowed(stores: Stores, scope: Scope) -> Sequence[Memory]:
    """Five turns, each with a window at an axis of its own."""
    told = [turn(scope, place) for place in range(5)]
    await tell(stores, scope, *told)
    await go_on(stores, scope, windows={one.id: window(place) for place, one in enumerate(told, 1)})
    return told


async def windows_left(stores: Stores, scope: Scope, told: Sequence[Memory]) -> list[int]:
    """The places of those turns that are found by their windows."""
    found = [await found_by_window(stores, scope, axis(10 * place)) for place in range(1, len(told) + 1)]
    return [place for place, one in enumerate(told) if one.id in found[place]]


async def test_deleting_a_turn_removes_its_window_and_those_beside_it(stores: Stores, scope: Scope) -> None:
    told = await windowed(stores, scope)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=told[2].id, at=NOW)
    assert await windows_left(stores, scope, told) == [0, 4]


async def test_deleting_a_turn_again_removes_no_further_window(stores: Stores, scope: Scope) -> None:
    told = await windowed(stores, scope)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=told[2].id, at=NOW)
    await go_on(stores, scope, windows={told[3].id: window(4)})
    assert not await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=told[2].id, at=NOW)
    assert await windows_left(stores, scope, told) == [0, 3, 4]


async def test_moving_a_turn_removes_its_window_and_those_beside_it(stores: Stores, scope: Scope) -> None:
    told = await windowed(stores, scope)
    team_id = await stores.add_team(scope.tenant_id)
    shared = scopes.team_scope(
        tenant_id=scope.tenant_id, team_id=team_id, user_id=scope.user_id, namespace=scope.namespace
    )
    await stores.memories.update(
        tenant_id=scope.tenant_id, memory_id=told[2].id, importance=None, moved_to=shared
    )
    assert await windows_left(stores, scope, told) == [0, 4]
    assert await windows_left(stores, shared, told) == []


async def test_changing_the_importance_of_a_turn_leaves_the_windows(stores: Stores, scope: Scope) -> None:
    told = await windowed(stores, scope)
    await stores.memories.update(tenant_id=scope.tenant_id, memory_id=told[2].id, importance=0.9)
    assert await windows_left(stores, scope, told) == [0, 1, 2, 3, 4]


async def test_a_deleted_fact_comes_back_beside_a_turn_with_its_words(stores: Stores, scope: Scope) -> None:
    fact = memory(scope, "Hello")
    await remembered.store(stores.memories, scope, fact)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=fact.id, at=NOW)
    await tell(stores, scope, turn(scope, 0))
    await stores.history.restore(tenant_id=scope.tenant_id, memory_id=fact.id, at=NOW, memory_limit=None)
    assert await stores.memories.count_active(tenant_id=scope.tenant_id) == 2


async def test_a_deleted_turn_comes_back_beside_one_with_its_words(stores: Stores, scope: Scope) -> None:
    told = [turn(scope, 0), turn(scope, 1)]
    await tell(stores, scope, *told)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=told[0].id, at=NOW)
    await stores.history.restore(tenant_id=scope.tenant_id, memory_id=told[0].id, at=NOW, memory_limit=None)
    assert await stores.memories.count_active(tenant_id=scope.tenant_id) == 2


async def test_a_deleted_fact_comes_back_beside_one_of_another_title(stores: Stores, scope: Scope) -> None:
    one, other = (dataclasses.replace(memory(scope, "Opened in 1903"), title=title) for title in ("A", "B"))
    await remembered.store(stores.memories, scope, one)
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=one.id, at=NOW)
    await remembered.store(stores.memories, scope, other)
    await stores.history.restore(tenant_id=scope.tenant_id, memory_id=one.id, at=NOW, memory_limit=None)
    assert await stores.memories.count_active(tenant_id=scope.tenant_id) == 2
