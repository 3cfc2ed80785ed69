"""Memories in spaces over dictionaries: what is a duplicate, what comes first, what is kept apart."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from app.domain import passages
from app.domain.models import JsonObject
from app.embedding import DeterministicEmbedder, at_cosine
from app.errors import InvalidInput, NotFound, QuotaExceeded
from app.services import Spaces
from app.services.recall import SearchRequest
from app.services.remember import Draft
from app.services.spaces import Added, SpaceDraft, SpaceQuery
from tests.unit.assembled import World

TENANT = "tenant"


def spaces_of(
    vectors: Mapping[str, Sequence[float]] | None = None, *, memory_limit: int | None = None
) -> tuple[World, Spaces]:
    world = World(embedder=DeterministicEmbedder(vectors=vectors), memory_limit=memory_limit)
    return world, world.services().spaces


async def add(
    spaces: Spaces, text: str, *, space: str = "work", title: str = "", metadata: JsonObject | None = None
) -> Added:
    draft = SpaceDraft(space=space, text=text, title=title, metadata=metadata or {})
    return await spaces.add(draft, tenant_id=TENANT)


async def search(
    spaces: Spaces, query: str, *, limit: int = 5, space: str = "work", metadata: JsonObject | None = None
) -> list[str]:
    wanted = SpaceQuery(space=space, query=query, limit=limit, metadata=metadata or {})
    return [one.memory.text for one in await spaces.search(wanted, tenant_id=TENANT)]


async def texts(spaces: Spaces, space: str = "work") -> list[str]:
    return [one.memory.text for one in await spaces.newest(tenant_id=TENANT, space=space, limit=100)]


async def names(spaces: Spaces) -> list[str]:
    sizes, _ = await spaces.page(tenant_id=TENANT, offset=0, limit=100)
    return [one.space.name for one in sizes]


async def test_the_same_words_are_a_duplicate_that_keeps_the_first_text_and_title() -> None:
    world, spaces = spaces_of()
    first = await add(spaces, "Likes tea", title="Tea")
    world.clock.move(timedelta(hours=1))
    again = await add(spaces, "likes TEA.", title="Another title")
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.memory.id, again.memory.text, again.memory.title) == (first.memory.id, "Likes tea", "Tea")
    assert again.memory.valid_from == first.memory.valid_from
    assert again.memory.refreshed_at == world.clock.now()


async def test_the_metadata_of_a_duplicate_are_merged() -> None:
    _, spaces = spaces_of()
    await add(spaces, "Likes tea", metadata={"a": 1, "b": {"c": 1}})
    again = await add(spaces, "Likes tea", metadata={"b": {"d": 2}})
    assert again.memory.metadata == {"a": 1, "b": {"d": 2}}


async def test_merged_metadata_that_are_too_large_are_refused_and_change_nothing() -> None:
    _, spaces = spaces_of()
    first = await add(spaces, "Likes tea", metadata={"a": "x" * 10_000})
    with pytest.raises(InvalidInput) as refused:
        await add(spaces, "Likes tea", metadata={"b": "x" * 10_000})
    assert "metadata" in refused.value.fields
    found = await spaces.memory(tenant_id=TENANT, memory_id=first.memory.id)
    assert found.memory.metadata == {"a": "x" * 10_000}


async def test_contradicting_texts_stand_side_by_side() -> None:
    _, spaces = spaces_of({"Lives in New York": (1, 0), "Lives in San Francisco": at_cosine(0.96)})
    await add(spaces, "Lives in New York")
    assert (await add(spaces, "Lives in San Francisco")).is_new
    assert await texts(spaces) == ["Lives in San Francisco", "Lives in New York"]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("Lives in New York", "Lives in New York City"),
        ("The deadline is May 15", "The deadline is May 16"),
        ("Eats meat", "Does not eat meat"),
        ("Prefers tabs over spaces", "Prefers spaces over tabs"),
    ],
)
async def test_other_statements_are_kept_however_near(stored: str, text: str) -> None:
    _, spaces = spaces_of({stored: (1, 0), text: at_cosine(0.999)})
    await add(spaces, stored)
    assert (await add(spaces, text)).is_new


async def test_the_same_statement_in_almost_the_same_words_is_a_duplicate() -> None:
    _, spaces = spaces_of({"Likes the tea": (1, 0), "Likes tea": at_cosine(0.985)})
    await add(spaces, "Likes the tea")
    assert not (await add(spaces, "Likes tea")).is_new


async def test_equal_texts_in_two_spaces_are_two_memories() -> None:
    _, spaces = spaces_of()
    await add(spaces, "Likes tea")
    assert (await add(spaces, "Likes tea", space="home")).is_new


async def test_at_the_limit_a_duplicate_is_known_and_a_new_text_makes_no_space() -> None:
    _, spaces = spaces_of(memory_limit=1)
    await add(spaces, "Likes tea")
    assert not (await add(spaces, "Likes tea")).is_new
    with pytest.raises(QuotaExceeded):
        await add(spaces, "Likes coffee", space="home")
    assert await names(spaces) == ["work"]


async def test_the_limit_counts_memories_of_users_too() -> None:
    world, spaces = spaces_of(memory_limit=1)
    await world.remember().one(Draft(user_id="ann", text="Likes tea"), tenant_id=TENANT)
    with pytest.raises(QuotaExceeded):
        await add(spaces, "Likes coffee")


async def test_results_come_by_score_then_newest_first() -> None:
    world, spaces = spaces_of(
        {"near": at_cosine(0.9), "same": at_cosine(0.5), "as near": at_cosine(0.5), "q": (1, 0)}
    )
    for text in ("same", "near", "as near"):
        await add(spaces, text)
        world.clock.move(timedelta(seconds=1))
    assert await search(spaces, "q") == ["near", "as near", "same"]


async def test_among_equally_near_ones_the_newest_are_taken() -> None:
    """Ids fall while times rise, so that a cut by id would keep the oldest."""
    many = [f"fact {number}" for number in range(30)]
    world, spaces = spaces_of({**dict.fromkeys(many, (1, 1)), "q": (1, 0)})
    for text in many:
        world.clock.move(timedelta(seconds=1))
        await add(spaces, text)
    assert await search(spaces, "q", limit=3) == ["fact 29", "fact 28", "fact 27"]


async def test_scores_do_not_fade() -> None:
    world, spaces = spaces_of({"near": at_cosine(0.9), "q": (1, 0)})
    await add(spaces, "near")
    wanted = SpaceQuery(space="work", query="q", limit=1)
    (fresh,) = await spaces.search(wanted, tenant_id=TENANT)
    world.clock.move(timedelta(days=1000))
    (old,) = await spaces.search(wanted, tenant_id=TENANT)
    assert old.score == fresh.score == pytest.approx(0.95)  # pyright: ignore[reportUnknownMemberType]


async def test_a_space_with_few_memories_answers_all_of_them() -> None:
    _, spaces = spaces_of({"opposite": (-1, 0), "q": (1, 0)})
    await add(spaces, "opposite")
    assert await search(spaces, "q", limit=100) == ["opposite"]


async def test_a_filter_applies_before_the_limit() -> None:
    _, spaces = spaces_of({"near": (1, 0), "far": (0, 1), "q": (1, 0)})
    await add(spaces, "near", metadata={"kind": 1})
    await add(spaces, "far", metadata={"kind": 2})
    assert await search(spaces, "q", limit=1, metadata={"kind": 2.0}) == ["far"]


async def test_a_part_of_a_long_text_finds_it() -> None:
    sentences = [f"Sentence number {number} of the long report says little." for number in range(100)]
    sentences[70] = "The vault opens with a brass key."
    long = " ".join(sentences)
    part = next(one for one in passages.of(long) if "brass key" in one)
    _, spaces = spaces_of({"short": at_cosine(0.5), "q": (1, 0), part: at_cosine(0.9)})
    await add(spaces, "short")
    await add(spaces, long)
    assert await search(spaces, "q") == [long, "short"]


async def test_reading_makes_no_space() -> None:
    _, spaces = spaces_of()
    assert await search(spaces, "anything") == []
    assert await texts(spaces) == []
    assert await names(spaces) == []


async def test_the_newest_come_first_in_order_of_arrival() -> None:
    _, spaces = spaces_of()
    for text in ("a", "b", "c"):
        await add(spaces, text)
    assert await texts(spaces) == ["c", "b", "a"]


async def test_a_memory_of_a_user_is_not_found_among_those_of_spaces() -> None:
    world, spaces = spaces_of()
    stored = await world.remember().one(Draft(user_id="ann", text="Likes tea"), tenant_id=TENANT)
    with pytest.raises(NotFound, match="Memory not found"):
        await spaces.memory(tenant_id=TENANT, memory_id=stored.memory_id)
    with pytest.raises(NotFound, match="Memory not found"):
        await spaces.delete_memory(tenant_id=TENANT, memory_id=stored.memory_id)
    assert await world.memories.get(tenant_id=TENANT, memory_id=stored.memory_id)


async def test_a_user_does_not_find_memories_of_spaces() -> None:
    world, spaces = spaces_of()
    await add(spaces, "Likes tea")
    for user_id in ("", "default", "work"):
        request = SearchRequest(tenant_id=TENANT, user_id=user_id, query="Likes tea", limit=10)
        assert await world.recall().search(request) == []


async def test_a_deleted_memory_leaves_its_space() -> None:
    _, spaces = spaces_of()
    one = await add(spaces, "Likes tea")
    await spaces.delete_memory(tenant_id=TENANT, memory_id=one.memory.id)
    with pytest.raises(NotFound):
        await spaces.delete_memory(tenant_id=TENANT, memory_id=one.memory.id)
    assert await names(spaces) == ["work"]
    assert await search(spaces, "Likes tea") == []


async def test_a_deleted_space_takes_its_memories_along() -> None:
    _, spaces = spaces_of()
    one = await add(spaces, "Likes tea")
    await spaces.delete(tenant_id=TENANT, id_or_name="work")
    with pytest.raises(NotFound):
        await spaces.memory(tenant_id=TENANT, memory_id=one.memory.id)
    with pytest.raises(NotFound, match="Space not found"):
        await spaces.delete(tenant_id=TENANT, id_or_name="work")
    assert (await add(spaces, "Likes tea")).space.id != one.space.id
