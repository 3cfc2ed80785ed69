"""Pairs of memories that may contradict each other, asked of the fakes and of Neo4j alike."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.admission import Suspicion
from app.domain.conflicts import (
    Choice,
    ConflictingPair,
    ConflictStatus,
    KeepBoth,
    KeepOne,
    MergeInto,
    Outcome,
    Resolution,
)
from app.domain.links import Link
from app.domain.models import Memory, MemoryStatus, Scope
from app.errors import Conflict, InvalidInput, NotFound, RecordedAnswer, Repeated
from app.ports import ConflictListing, LinkQuery, MemoryTransaction, Once, ResolvedConflict
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory

LATER = NOW + timedelta(days=7)
OPEN, RESOLVED = ConflictStatus.OPEN, ConflictStatus.RESOLVED


async def note(stores: Stores, old: Memory, new: Memory, *, days: int = 0) -> None:
    suspicion = Suspicion(
        old_id=old.id, new_id=new.id, reason="both name a city", at=NOW + timedelta(days=days)
    )

    async def write(transaction: MemoryTransaction) -> None:
        await transaction.note_conflicts([suspicion], tenant_id=old.tenant_id)

    await stores.memories.write(write)


async def noted(stores: Stores, scope: Scope) -> ConflictingPair:
    """A conflict that is open."""
    old, new = memory(scope, "Lives in Rome"), memory(scope, "Lives by the sea")
    await remembered.store(stores.memories, scope, old, new)
    await note(stores, old, new)
    (pair,) = await listed(stores, scope.tenant_id)
    return pair


async def listed(
    stores: Stores,
    tenant_id: str,
    status: ConflictStatus = OPEN,
    *,
    user_id: str | None = None,
    namespace: str | None = None,
) -> list[ConflictingPair]:
    listing = ConflictListing(
        tenant_id=tenant_id, status=status, user_id=user_id, namespace=namespace, offset=0, limit=100
    )
    page = await stores.conflicts.page(listing)
    assert page.total == len(page.conflicts)
    return list(page.conflicts)


async def resolve(stores: Stores, pair: ConflictingPair, choice: Choice) -> ResolvedConflict:
    return await stores.conflicts.resolve(choice, tenant_id=pair.new.tenant_id, conflict_id=pair.id, at=LATER)


def merged(text: str = "Lives in Rome, by the sea") -> MergeInto:
    return MergeInto(memory_id=memory(remembered.scope_of("any")).id, text=text, vector=axis(3))


async def test_a_noted_conflict_holds_both_memories(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    assert (pair.old.text, pair.new.text) == ("Lives in Rome", "Lives by the sea")
    assert (pair.reason, pair.at, pair.status) == ("both name a city", NOW, OPEN)
    assert await stores.conflicts.get(tenant_id=scope.tenant_id, conflict_id=pair.id) == pair


async def test_a_pair_is_noted_once(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    await note(stores, pair.old, pair.new, days=1)
    assert await listed(stores, scope.tenant_id) == [pair]


async def test_conflicts_come_in_pages_newest_first(stores: Stores, scope: Scope) -> None:
    many = [memory(scope, str(number)) for number in range(4)]
    await remembered.store(stores.memories, scope, *many)
    for day, new in enumerate(many[1:]):
        await note(stores, many[0], new, days=day)
    listing = ConflictListing(tenant_id=scope.tenant_id, status=OPEN, offset=1, limit=1)
    page = await stores.conflicts.page(listing)
    assert ([one.new.text for one in page.conflicts], page.total) == (["2"], 3)
    assert [one.new.text for one in await listed(stores, scope.tenant_id)] == ["3", "2", "1"]


async def test_conflicts_are_found_by_user_and_namespace(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    tenant_id = scope.tenant_id
    assert await listed(stores, tenant_id, user_id="ann", namespace="default") == [pair]
    assert await listed(stores, tenant_id, user_id="bob") == []
    assert await listed(stores, tenant_id, namespace="work") == []


async def test_what_cannot_be_resolved_any_more_is_not_open(stores: Stores, scope: Scope) -> None:
    deleted, replaced = await noted(stores, scope), memory(scope, "a")
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=deleted.new.id, at=NOW)
    other, latest = memory(scope, "b"), memory(scope, "c")
    await remembered.store(stores.memories, scope, replaced, other, latest)
    await note(stores, replaced, other)
    await stores.supersede(replaced, latest, NOW)
    assert await listed(stores, scope.tenant_id) == []


async def test_tenants_do_not_see_each_others_conflicts(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    assert await listed(stores, "another") == []
    assert await stores.conflicts.get(tenant_id="another", conflict_id=pair.id) is None
    with pytest.raises(NotFound):
        await stores.conflicts.resolve(KeepBoth(), tenant_id="another", conflict_id=pair.id, at=LATER)


async def test_both_can_be_kept(stores: Stores, scope: Scope) -> None:
    resolved = await resolve(stores, await noted(stores, scope), KeepBoth())
    assert resolved.memory is None
    assert resolved.conflict.resolution == Resolution(outcome=Outcome.BOTH, memory_id=None, at=LATER)
    statuses = [resolved.conflict.old.status, resolved.conflict.new.status]
    assert statuses == [MemoryStatus.ACTIVE] * 2
    assert await listed(stores, scope.tenant_id) == []
    assert await listed(stores, scope.tenant_id, RESOLVED) == [resolved.conflict]


@pytest.mark.parametrize("keeps_old", [True, False])
async def test_one_can_be_kept(stores: Stores, scope: Scope, keeps_old: bool) -> None:
    pair = await noted(stores, scope)
    kept, gone = (pair.old, pair.new) if keeps_old else (pair.new, pair.old)
    resolved = await resolve(stores, pair, KeepOne(memory_id=kept.id))
    assert resolved.memory == kept
    stored = await stores.memories.get(tenant_id=scope.tenant_id, memory_id=gone.id)
    assert stored is not None
    assert (stored.status, stored.replaced_by) == (MemoryStatus.SUPERSEDED, kept.id)
    assert (stored.valid_to, stored.retired_at) == (LATER, LATER)
    chain = await stores.history.chain(tenant_id=scope.tenant_id, memory_id=kept.id)
    reasons = [one.superseded_by.reason for one in chain if one.superseded_by]
    assert reasons == ["resolved by the caller"]


async def test_a_new_memory_can_take_the_place_of_both(stores: Stores, scope: Scope) -> None:
    pair, choice = await noted(stores, scope), merged()
    resolved = await resolve(stores, pair, choice)
    stored = await stores.memories.get(tenant_id=scope.tenant_id, memory_id=choice.memory_id)
    assert stored == resolved.memory
    assert stored is not None
    assert (stored.text, stored.scope_id) == ("Lives in Rome, by the sea", scope.id)
    before = await stores.memories.predecessors(tenant_id=scope.tenant_id, memory_id=stored.id)
    assert {one.id for one in before} == {pair.old.id, pair.new.id}
    found = await stores.memories.compared(
        remembered.Candidate(memory=memory(scope, choice.text), vector=axis(3)),
        tenant_id=scope.tenant_id,
        limit=5,
    )
    assert [one.memory.id for one in found] == [stored.id]


async def test_links_go_over_to_the_memory_that_stands(stores: Stores, scope: Scope) -> None:
    pair, friend = await noted(stores, scope), memory(scope, "friend")
    await remembered.store(stores.memories, scope, friend)
    for start in (pair.old, pair.new):
        link = Link(
            id=f"{start.id[:19]}{friend.id[19:]}",
            from_memory_id=start.id,
            to_memory_id=friend.id,
            relationship_type="knows",
            weight=0.5,
            created_at=NOW,
        )
        await stores.links.create(link, tenant_id=scope.tenant_id, most_graph_types=500)
    resolved = await resolve(stores, pair, merged())
    assert resolved.memory is not None
    query = LinkQuery(
        tenant_id=scope.tenant_id,
        memory_ids=[friend.id],
        passed=[],
        relationship_type=None,
        links_per_memory=10,
        limit=10,
    )
    found = await stores.links.around(query)
    assert [one.from_memory_id for one in found.links] == [resolved.memory.id]


async def test_a_merged_text_that_another_memory_says_is_refused(stores: Stores, scope: Scope) -> None:
    pair, known = await noted(stores, scope), memory(scope, "Lives in Ostia")
    await remembered.store(stores.memories, scope, known)
    with pytest.raises(Conflict) as refused:
        await resolve(stores, pair, merged("lives in OSTIA."))
    assert refused.value.existing_id == known.id
    assert await listed(stores, scope.tenant_id) == [pair]


async def test_a_merged_text_may_be_that_of_one_of_the_two(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    resolved = await resolve(stores, pair, merged(pair.old.text))
    assert resolved.memory is not None
    assert resolved.memory.id not in (pair.old.id, pair.new.id)


async def test_a_conflict_is_resolved_once(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    await resolve(stores, pair, KeepBoth())
    with pytest.raises(Conflict, match="resolved already"):
        await resolve(stores, pair, KeepOne(memory_id=pair.old.id))


async def test_what_is_refused_changes_nothing(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    with pytest.raises(InvalidInput):
        await resolve(stores, pair, KeepOne(memory_id="neither"))
    assert await listed(stores, scope.tenant_id) == [pair]
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=pair.old.id, at=NOW)
    with pytest.raises(Conflict, match="no longer active"):
        await resolve(stores, pair, KeepBoth())


async def test_a_resolved_conflict_is_not_shown_with_a_deleted_memory(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    await resolve(stores, pair, KeepOne(memory_id=pair.new.id))
    assert len(await listed(stores, scope.tenant_id, RESOLVED)) == 1
    await stores.memories.delete(tenant_id=scope.tenant_id, memory_id=pair.new.id, at=NOW)
    assert await listed(stores, scope.tenant_id, RESOLVED) == []


async def test_of_many_that_resolve_one_conflict_one_does(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)
    choices = [KeepOne(memory_id=one.id) for one in (pair.old, pair.new)] * 4
    outcomes = await asyncio.gather(*(resolve(stores, pair, one) for one in choices), return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in outcomes) == 7
    assert await stores.memories.count_active(tenant_id=scope.tenant_id) == 1


async def test_a_repeated_request_resolves_once(stores: Stores, scope: Scope) -> None:
    pair = await noted(stores, scope)

    def answer(resolved: ResolvedConflict) -> RecordedAnswer:
        return RecordedAnswer(fingerprint="f", status=200, body=resolved.conflict.status.value)

    sent = Once(owner_id=scope.tenant_id, key="k", fingerprint="f", at=LATER, kept_from=NOW, answer=answer)

    async def send() -> ResolvedConflict:
        return await stores.conflicts.resolve(
            KeepBoth(), tenant_id=scope.tenant_id, conflict_id=pair.id, at=LATER, once=sent
        )

    await send()
    with pytest.raises(Repeated) as repeated:
        await send()
    assert repeated.value.answer.body == "resolved"
