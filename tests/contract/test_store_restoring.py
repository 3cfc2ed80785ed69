"""Bringing memories back, asked of the fakes and of Neo4j alike."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.domain.history import HistoryEntry
from app.domain.links import Link
from app.domain.models import FOREVER, Memory, Scope
from app.errors import Conflict, NotFound, QuotaExceeded, RecordedAnswer, Repeated
from app.ports import LinkQuery, Once
from tests import chained, remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory


def joined(chain: Sequence[HistoryEntry]) -> list[tuple[str, str, str | None]]:
    """Each memory's text and status, and the text of what took its place."""
    texts = {one.memory.id: one.memory.text for one in chain}
    return [
        (
            one.memory.text,
            one.memory.status.value,
            None if one.superseded_by is None else texts[one.superseded_by.memory_id],
        )
        for one in chain
    ]


async def test_a_restored_memory_has_the_latest_as_its_history(stores: Stores, scope: Scope) -> None:
    a, _, _ = await chained.three(stores, scope)
    assert joined(await chained.restore(stores, a)) == [
        ("a", "active", None),
        ("b", "superseded", "c"),
        ("c", "superseded", "a"),
    ]
    assert await chained.listed(stores, scope) == ["a"]


async def test_a_restored_memory_holds_without_end_and_the_latest_until_then(
    stores: Stores, scope: Scope
) -> None:
    a, _, c = await chained.three(stores, scope)
    chain = {one.memory.id: one for one in await chained.restore(stores, a)}
    restored, retired = chain[a.id].memory, chain[c.id].memory
    assert (restored.valid_to, restored.retired_at) == (FOREVER, FOREVER)
    assert (restored.replaced_by, restored.version) == (None, a.version + 1)
    assert (retired.valid_to, retired.retired_at, retired.version) == (
        chained.LATER,
        chained.LATER,
        c.version + 1,
    )
    replacement = chain[c.id].superseded_by
    assert replacement is not None
    assert (replacement.reason, replacement.at) == ("restored by the caller", chained.LATER)


async def test_restoring_there_and_back_loses_nothing(stores: Stores, scope: Scope) -> None:
    a, b, c = await chained.three(stores, scope)
    for one in (a, c, b, a, b):
        await chained.restore(stores, one)
    chain = await chained.restore(stores, c)
    assert [status for _, status, _ in joined(chain)] == ["superseded", "superseded", "active"]
    assert await chained.listed(stores, scope) == ["c"]


async def test_a_restored_memory_is_found_by_comparison_again(stores: Stores, scope: Scope) -> None:
    a, _, _ = await chained.three(stores, scope)
    await chained.restore(stores, a)
    again = remembered.Candidate(memory=memory(scope, "a"), vector=axis(0))
    found = await stores.memories.compared(again, tenant_id=scope.tenant_id, limit=5)
    assert [one.memory.id for one in found] == [a.id]


async def test_a_deleted_memory_comes_back_with_its_history(stores: Stores, scope: Scope) -> None:
    _, _, c = await chained.three(stores, scope)
    await chained.delete(stores, c)
    assert joined(await chained.restore(stores, c)) == [
        ("a", "superseded", "b"),
        ("b", "superseded", "c"),
        ("c", "active", None),
    ]
    found = await stores.memories.predecessors(tenant_id=scope.tenant_id, memory_id=c.id)
    assert [one.text for one in found] == ["b", "a"]


async def test_a_deleted_predecessor_takes_the_place_of_the_latest(stores: Stores, scope: Scope) -> None:
    _, b, c = await chained.three(stores, scope)
    await chained.delete(stores, c)
    assert joined(await chained.restore(stores, b)) == [
        ("a", "superseded", "b"),
        ("b", "active", None),
        ("c", "superseded", "b"),
    ]


def link(start: Memory, end: Memory, name: str = "knows") -> Link:
    return Link(
        id=f"{start.id[:19]}{end.id[19:]}",
        from_memory_id=start.id,
        to_memory_id=end.id,
        relationship_type=name,
        weight=0.5,
        created_at=NOW,
    )


async def around(stores: Stores, one: Memory) -> set[tuple[str, str]]:
    query = LinkQuery(
        tenant_id=one.tenant_id,
        memory_ids=[one.id],
        passed=[],
        relationship_type=None,
        links_per_memory=10,
        limit=10,
    )
    found = await stores.links.around(query)
    return {(each.from_memory_id, each.to_memory_id) for each in found.links}


async def test_links_of_the_latest_go_over_to_the_restored_memory(stores: Stores, scope: Scope) -> None:
    old, new, friend, other = (memory(scope, name) for name in ("old", "new", "friend", "other"))
    await remembered.store(stores.memories, scope, old, new, friend, other)
    for one in (link(old, friend), link(other, new)):
        await stores.links.create(one, tenant_id=scope.tenant_id, most_graph_types=500)
    await stores.supersede(old, new, NOW)
    await chained.restore(stores, old)
    assert await around(stores, old) == {(old.id, friend.id), (other.id, old.id)}


async def test_links_of_a_deleted_memory_come_back_with_it(stores: Stores, scope: Scope) -> None:
    one, friend = memory(scope, "one"), memory(scope, "friend")
    await remembered.store(stores.memories, scope, one, friend)
    await stores.links.create(link(one, friend), tenant_id=scope.tenant_id, most_graph_types=500)
    await chained.delete(stores, one)
    await chained.restore(stores, one)
    assert await around(stores, one) == {(one.id, friend.id)}


async def test_an_active_memory_is_not_restored(stores: Stores, scope: Scope) -> None:
    _, _, c = await chained.three(stores, scope)
    with pytest.raises(Conflict, match="active already"):
        await chained.restore(stores, c)


async def test_unknown_and_foreign_memories_are_not_restored(stores: Stores, scope: Scope) -> None:
    a, _, _ = await chained.three(stores, scope)
    for tenant_id, memory_id in ((scope.tenant_id, "unknown"), ("another", a.id)):
        with pytest.raises(NotFound):
            await stores.history.restore(
                tenant_id=tenant_id, memory_id=memory_id, at=chained.LATER, memory_limit=None
            )


async def test_nothing_is_restored_beside_the_same_words(stores: Stores, scope: Scope) -> None:
    a, _, _ = await chained.three(stores, scope)
    again = memory(scope, "A.")
    await remembered.store(stores.memories, scope, again)
    with pytest.raises(Conflict) as refused:
        await chained.restore(stores, a)
    assert refused.value.existing_id == again.id
    assert await chained.listed(stores, scope) == ["A.", "c"]


async def test_the_same_words_elsewhere_are_no_obstacle(stores: Stores, scope: Scope) -> None:
    a, _, _ = await chained.three(stores, scope)
    elsewhere = remembered.scope_of(scope.tenant_id, namespace="work")
    await remembered.store(stores.memories, elsewhere, memory(elsewhere, "a"))
    await chained.restore(stores, a)
    assert await chained.listed(stores, scope) == ["a"]


async def test_only_a_deleted_memory_counts_against_the_limit(stores: Stores, scope: Scope) -> None:
    a, _, c = await chained.three(stores, scope)
    await chained.restore(stores, a, memory_limit=1)
    await chained.delete(stores, a)
    await remembered.store(stores.memories, scope, memory(scope, "another"))
    with pytest.raises(QuotaExceeded) as refused:
        await chained.restore(stores, c, memory_limit=1)
    assert (refused.value.limit, refused.value.used) == (1, 1)
    await chained.restore(stores, c, memory_limit=2)
    assert await chained.listed(stores, scope) == ["another", "c"]


def once(tenant_id: str) -> Once[Sequence[HistoryEntry]]:
    def answer(chain: Sequence[HistoryEntry]) -> RecordedAnswer:
        return RecordedAnswer(fingerprint="f", status=200, body=str(len(chain)))

    return Once(
        owner_id=tenant_id,
        key="k",
        fingerprint="f",
        at=chained.LATER,
        kept_from=chained.LATER - timedelta(days=1),
        answer=answer,
    )


async def test_a_repeated_request_restores_once(stores: Stores, scope: Scope) -> None:
    a, _, c = await chained.three(stores, scope)

    async def send() -> None:
        await stores.history.restore(
            tenant_id=scope.tenant_id,
            memory_id=a.id,
            at=chained.LATER,
            memory_limit=None,
            once=once(scope.tenant_id),
        )

    await send()
    await chained.restore(stores, c)
    with pytest.raises(Repeated) as repeated:
        await send()
    assert repeated.value.answer.body == "3"
    assert await chained.listed(stores, scope) == ["c"]
