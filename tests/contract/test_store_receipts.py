"""Answers that are kept with what was done, and given again."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.links import Link
from app.domain.models import Scope
from app.errors import RecordedAnswer, Repeated
from app.ports import MemoryTransaction, Once
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory

DAY = timedelta(days=1)


def once(owner_id: str, key: str = "k", *, said: str = "done", days: int = 0) -> Once[object]:
    """A request of that owner, sent so many days after the first."""

    def answer(result: object) -> RecordedAnswer:
        return RecordedAnswer(fingerprint=key, status=201, body=f'"{said} {result}"')

    at = NOW + days * DAY
    return Once(owner_id=owner_id, key=key, fingerprint=key, at=at, kept_from=at - DAY, answer=answer)


async def store_one(stores: Stores, scope: Scope, sent: Once[object]) -> None:
    candidate = remembered.Candidate(memory=memory(scope), vector=axis(0))

    async def create(transaction: MemoryTransaction) -> object:
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
        await transaction.create([candidate], tenant_id=scope.tenant_id, scopes=[scope])
        return "well"

    await stores.memories.write(create, once=sent)


async def active(stores: Stores, scope: Scope) -> int:
    return await stores.memories.count_active(tenant_id=scope.tenant_id)


async def test_an_answer_is_kept_and_found_again(stores: Stores, scope: Scope) -> None:
    await store_one(stores, scope, once(scope.tenant_id))
    found = await stores.receipts.find(owner_id=scope.tenant_id, key="k", kept_from=NOW)
    assert found == RecordedAnswer(fingerprint="k", status=201, body='"done well"')
    assert await stores.receipts.find(owner_id="another", key="k", kept_from=NOW) is None
    assert await stores.receipts.find(owner_id=scope.tenant_id, key="other", kept_from=NOW) is None


async def test_the_second_request_with_a_key_changes_nothing(stores: Stores, scope: Scope) -> None:
    await store_one(stores, scope, once(scope.tenant_id))
    with pytest.raises(Repeated) as repeated:
        await store_one(stores, scope, once(scope.tenant_id, said="done again"))
    assert repeated.value.answer.body == '"done well"'
    assert await active(stores, scope) == 1


async def test_a_key_of_another_owner_is_another_key(stores: Stores, scope: Scope) -> None:
    await store_one(stores, scope, once(scope.tenant_id))
    await store_one(stores, scope, once(scope.tenant_id + "b"))
    assert await active(stores, scope) == 2


async def test_of_twenty_at_once_one_takes_effect(stores: Stores, scope: Scope) -> None:
    sent = [store_one(stores, scope, once(scope.tenant_id)) for _ in range(20)]
    outcomes = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(one, Repeated) for one in outcomes) == 19
    assert await active(stores, scope) == 1


async def test_what_fails_leaves_no_answer(stores: Stores, scope: Scope) -> None:
    async def fail(transaction: MemoryTransaction) -> object:
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        await stores.memories.write(fail, once=once(scope.tenant_id))
    await store_one(stores, scope, once(scope.tenant_id))
    assert await active(stores, scope) == 1


async def test_an_answer_too_old_to_count_gives_way(stores: Stores, scope: Scope) -> None:
    await store_one(stores, scope, once(scope.tenant_id))
    await store_one(stores, scope, once(scope.tenant_id, said="later", days=2))
    found = await stores.receipts.find(owner_id=scope.tenant_id, key="k", kept_from=NOW)
    assert found is not None
    assert found.body == '"later well"'
    assert await active(stores, scope) == 2


async def test_an_answer_without_an_effect_can_be_kept(stores: Stores, tenant_id: str) -> None:
    sent: Once[None] = once(tenant_id)  # type: ignore[assignment]
    await stores.receipts.keep(sent)
    with pytest.raises(Repeated):
        await stores.receipts.keep(sent)


async def test_a_link_is_made_once(stores: Stores, scope: Scope) -> None:
    one, other = memory(scope), memory(scope, "Likes milk")
    await remembered.store(stores.memories, scope, one, other)
    links = [
        Link(id=f"{one.id[:19]}-{n}", from_memory_id=one.id, to_memory_id=other.id, relationship_type="with",
             weight=1.0, created_at=NOW)
        for n in range(2)
    ]  # fmt: skip
    sent: Once[Link] = once(scope.tenant_id)  # type: ignore[assignment]
    await stores.links.create(links[0], tenant_id=scope.tenant_id, most_graph_types=500, once=sent)
    with pytest.raises(Repeated):
        await stores.links.create(links[1], tenant_id=scope.tenant_id, most_graph_types=500, once=sent)
