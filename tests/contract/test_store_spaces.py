"""What every `SpaceStore` promises, asked of the fakes and of Neo4j alike."""

import asyncio
import dataclasses
from collections.abc import Sequence
from datetime import timedelta

import pytest
import uuid6

from app.domain import scope as scopes
from app.domain.admission import Candidate
from app.domain.models import JsonObject, Memory, MemoryStatus, Vector
from app.domain.passages import Passage
from app.domain.spaces import Space
from app.ports import Listing, MemoryTransaction, NearestQuery
from tests import remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis

LATER = NOW + timedelta(hours=1)


def space(tenant_id: str, name: str = "work") -> Space:
    return Space(id=str(uuid6.uuid7()), tenant_id=tenant_id, name=name, created_at=NOW)


def memory(within: Space, text: str = "Likes tea", *, metadata: JsonObject | None = None) -> Memory:
    scope = scopes.space_scope(tenant_id=within.tenant_id, space_id=within.id)
    one = remembered.memory(scope, text, metadata=metadata)
    return dataclasses.replace(one, space_id=within.id, title="Tea")


async def add(
    stores: Stores,
    wanted: Space,
    text: str = "Likes tea",
    *,
    vector: Vector | None = None,
    passages: Sequence[Passage] = (),
    metadata: JsonObject | None = None,
) -> Memory:
    """Write one memory into the space of that name, as the service does."""

    async def work(transaction: MemoryTransaction, entered: Space) -> Memory:
        one = memory(entered, text, metadata=metadata)
        scope = scopes.space_scope(tenant_id=entered.tenant_id, space_id=entered.id)
        candidate = Candidate(memory=one, vector=axis(0) if vector is None else vector, passages=passages)
        await transaction.create([candidate], tenant_id=entered.tenant_id, scopes=[scope])
        return one

    return await stores.spaces.write(wanted, work)


async def listed(stores: Stores, tenant_id: str) -> list[tuple[str, int]]:
    sizes, total = await stores.spaces.page(tenant_id=tenant_id, offset=0, limit=1000)
    assert len(sizes) == total
    return [(one.space.name, one.memories) for one in sizes]


async def nearest(
    stores: Stores, within: Memory, *, limit: int = 10, metadata: JsonObject | None = None, towards: int = 0
) -> list[str]:
    query = NearestQuery(
        tenant_id=within.tenant_id,
        scope_ids=[within.scope_id],
        vector=axis(towards),
        limit=limit,
        metadata=metadata or {},
    )
    return [one.memory.text for one in await stores.search.nearest(query)]


async def test_the_first_write_makes_the_space(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id))
    found = await stores.spaces.named(tenant_id=tenant_id, name="work")
    assert found is not None
    assert found == dataclasses.replace(space(tenant_id), id=one.space_id)
    assert await stores.spaces.get(tenant_id=tenant_id, space_id=found.id) == found


async def test_later_writes_find_the_space_of_that_name(stores: Stores, tenant_id: str) -> None:
    first = await add(stores, space(tenant_id))
    second = await add(stores, space(tenant_id), "Likes coffee")
    assert (first.space_id, first.scope_id) == (second.space_id, second.scope_id)
    assert await listed(stores, tenant_id) == [("work", 2)]


async def test_a_memory_of_a_space_comes_back_as_it_was(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id), metadata={"page": 1.5})
    found = await stores.memories.get(tenant_id=tenant_id, memory_id=one.id)
    assert found is not None
    assert (found, found.title) == (one, "Tea")


async def test_a_write_that_fails_makes_no_space(stores: Stores, tenant_id: str) -> None:
    async def fail(transaction: MemoryTransaction, entered: Space) -> None:
        del transaction, entered
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stores.spaces.write(space(tenant_id), fail)
    assert await stores.spaces.named(tenant_id=tenant_id, name="work") is None


async def test_names_are_compared_exactly(stores: Stores, tenant_id: str) -> None:
    names = ["work", "Work", "work ", "wörk", "wo\u0308rk", "a/b", "/", "日本語 🚲", "x" * 200, "a\u0000b"]
    for name in names:
        await add(stores, space(tenant_id, name))
    assert [name for name, _ in await listed(stores, tenant_id)] == sorted(names)


async def test_pages_are_in_code_point_order(stores: Stores, tenant_id: str) -> None:
    """U+FF5E comes before U+1F600, though not in UTF-16."""
    names = ["b", "～", "😀", "", "a", "B"]
    for name in names:
        await add(stores, space(tenant_id, name))
    paged: list[str] = []
    for offset in range(0, len(names), 2):
        sizes, total = await stores.spaces.page(tenant_id=tenant_id, offset=offset, limit=2)
        assert total == len(names)
        paged += [one.space.name for one in sizes]
    assert paged == sorted(names)


async def test_another_tenant_sees_no_space(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id))
    assert one.space_id
    assert await stores.spaces.named(tenant_id="another", name="work") is None
    assert await stores.spaces.get(tenant_id="another", space_id=one.space_id) is None
    assert await listed(stores, "another") == []
    for key in ("work", one.space_id):
        assert not await stores.spaces.delete(tenant_id="another", id_or_name=key, at=LATER)
    assert await listed(stores, tenant_id) == [("work", 1)]


async def test_a_deleted_space_is_gone_with_its_memories(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id), passages=[Passage(text="tea", vector=axis(1))])
    assert await stores.spaces.delete(tenant_id=tenant_id, id_or_name="work", at=LATER)
    assert await stores.memories.get(tenant_id=tenant_id, memory_id=one.id) is None
    assert await stores.memories.count_active(tenant_id=tenant_id) == 0
    assert await nearest(stores, one) == []
    assert await nearest(stores, one, metadata={"any": None}) == []
    assert await listed(stores, tenant_id) == []
    assert not await stores.spaces.delete(tenant_id=tenant_id, id_or_name="work", at=LATER)


async def test_a_space_that_is_stored_to_again_is_a_new_one(stores: Stores, tenant_id: str) -> None:
    first = await add(stores, space(tenant_id))
    assert first.space_id
    await stores.spaces.delete(tenant_id=tenant_id, id_or_name=first.space_id, at=LATER)
    second = await add(stores, space(tenant_id))
    assert second.space_id != first.space_id
    assert await nearest(stores, second) == ["Likes tea"]


async def test_other_spaces_outlive_a_deleted_one(stores: Stores, tenant_id: str) -> None:
    await add(stores, space(tenant_id))
    kept = await add(stores, space(tenant_id, "home"))
    await stores.spaces.delete(tenant_id=tenant_id, id_or_name="work", at=LATER)
    assert await nearest(stores, kept) == ["Likes tea"]
    assert await listed(stores, tenant_id) == [("home", 1)]


async def test_an_id_goes_before_a_name(stores: Stores, tenant_id: str) -> None:
    first = await add(stores, space(tenant_id, "first"))
    assert first.space_id
    await add(stores, space(tenant_id, first.space_id))
    await stores.spaces.delete(tenant_id=tenant_id, id_or_name=first.space_id, at=LATER)
    assert await listed(stores, tenant_id) == [(first.space_id, 1)]
    await stores.spaces.delete(tenant_id=tenant_id, id_or_name=first.space_id, at=LATER)
    assert await listed(stores, tenant_id) == []


async def test_an_emptied_space_stays(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id))
    await stores.memories.delete(tenant_id=tenant_id, memory_id=one.id, at=LATER)
    assert await listed(stores, tenant_id) == [("work", 0)]


async def test_writers_that_race_for_a_name_share_one_space(stores: Stores, tenant_id: str) -> None:
    made = await asyncio.gather(*(add(stores, space(tenant_id), f"Fact {number}") for number in range(10)))
    assert len({one.space_id for one in made}) == 1
    assert await listed(stores, tenant_id) == [("work", 10)]


async def test_what_races_with_a_deletion_is_in_a_living_space_or_gone(
    stores: Stores, tenant_id: str
) -> None:
    """Whichever came first, every active memory lies in a space that is there."""
    for _ in range(5):
        await asyncio.gather(
            *(add(stores, space(tenant_id), f"Fact {number}") for number in range(4)),
            stores.spaces.delete(tenant_id=tenant_id, id_or_name="work", at=LATER),
            stores.spaces.delete(tenant_id=tenant_id, id_or_name="work", at=LATER),
        )
        counted = sum(count for _, count in await listed(stores, tenant_id))
        assert counted == await stores.memories.count_active(tenant_id=tenant_id)


async def test_a_memory_is_as_near_as_its_nearest_passage(stores: Stores, tenant_id: str) -> None:
    parts = [Passage(text=f"part {index}", vector=axis(index)) for index in range(2, 8)]
    await add(stores, space(tenant_id), "short", vector=axis(4, cosine=0.9))
    one = await add(stores, space(tenant_id), "long", vector=axis(0), passages=parts)
    assert await nearest(stores, one, towards=4, limit=1) == ["long"]
    assert await nearest(stores, one, towards=4, limit=2) == ["long", "short"]
    assert await nearest(stores, one, towards=4, limit=2, metadata={}) == ["long", "short"]


async def test_a_deleted_memory_is_not_found_by_its_passages(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id), passages=[Passage(text="tea", vector=axis(1))])
    await stores.memories.delete(tenant_id=tenant_id, memory_id=one.id, at=LATER)
    assert await nearest(stores, one, towards=1) == []
    stored = await stores.memories.get(tenant_id=tenant_id, memory_id=one.id)
    assert stored is None or stored.status is MemoryStatus.DELETED


async def test_passages_are_refreshed_with_their_memory(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id), passages=[Passage(text="tea", vector=axis(1))])

    async def refresh(transaction: MemoryTransaction) -> None:
        again = dataclasses.replace(one, refreshed_at=LATER)
        await transaction.refresh([again], tenant_id=tenant_id)

    await stores.memories.write(refresh)
    query = NearestQuery(
        tenant_id=tenant_id, scope_ids=[one.scope_id], vector=axis(1), limit=1, refreshed_from=LATER
    )
    (found,) = await stores.search.nearest(query)
    assert found.cosine == pytest.approx(1, abs=1e-6)  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ({"type": "note"}, ["a", "c"]),
        ({"page": 1}, ["b", "c"]),
        ({"page": 1.0, "type": "note"}, ["c"]),
        ({"done": True}, ["d"]),
        ({"done": 1}, ["e"]),
        ({"none": None}, ["e"]),
        ({"tags": ["x", {"y": 2.0}]}, ["d"]),
        ({"tags": ["x"]}, []),
        ({'quo"te 日本': "é\\n\n"}, ["e"]),
        ({"missing": None}, []),
        ({}, ["a", "b", "c", "d", "e"]),
    ],
)
async def test_a_search_keeps_what_the_metadata_have_equal(
    stores: Stores, tenant_id: str, wanted: JsonObject, texts: Sequence[str]
) -> None:
    stored: dict[str, JsonObject] = {
        "a": {"type": "note"},
        "b": {"type": "notes", "page": 1.0, "of": {"type": "note"}},
        "c": {"type": "note", "page": 1},
        "d": {"done": True, "tags": ["x", {"y": 2}]},
        "e": {"done": 1, "none": None, 'quo"te 日本': "é\\n\n"},
    }
    one, *_ = [await add(stores, space(tenant_id), text, metadata=given) for text, given in stored.items()]
    assert sorted(await nearest(stores, one, metadata=wanted)) == texts


async def test_a_rare_match_is_found_behind_many_others(stores: Stores, tenant_id: str) -> None:
    """The farthest of all is the only one that fits, and its number cannot be looked for as text."""

    async def fill(transaction: MemoryTransaction, entered: Space) -> Memory:
        scope = scopes.space_scope(tenant_id=tenant_id, space_id=entered.id)
        near = [
            Candidate(memory=memory(entered, f"near {n}", metadata={"n": n}), vector=axis(0))
            for n in range(60)
        ]
        far = Candidate(memory=memory(entered, "far", metadata={"n": 60.0}), vector=axis(9))
        await transaction.create([*near, far], tenant_id=tenant_id, scopes=[scope])
        return far.memory

    far = await stores.spaces.write(space(tenant_id), fill)
    assert await nearest(stores, far, limit=2, metadata={"n": 60}) == ["far"]


async def test_memories_of_spaces_count_for_the_tenant(stores: Stores, tenant_id: str) -> None:
    await add(stores, space(tenant_id))
    assert await stores.memories.count_active(tenant_id=tenant_id) == 1


async def test_a_page_holds_the_memories_of_one_space(stores: Stores, tenant_id: str) -> None:
    one = await add(stores, space(tenant_id))
    await add(stores, space(tenant_id, "home"))
    page = await stores.memories.page(
        Listing(tenant_id=tenant_id, scope_ids=[one.scope_id], offset=0, limit=10)
    )
    assert [found.id for found in page.memories] == [one.id]
