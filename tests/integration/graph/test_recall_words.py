"""Memories by their words, ranked by what is rare among the memories of the scopes and nowhere else."""

import dataclasses
from collections.abc import Sequence

import pytest

from app.domain.models import Memory, MemoryStatus, Scope
from app.graph.store import GraphStore
from app.ports import WordsFound, WordsQuery
from tests import remembered
from tests.integration.graph import joined
from tests.raw_cypher import RawCypher
from tests.remembered import axis, memory

_EVERY_STATUS = tuple(MemoryStatus)


async def ask(graph: GraphStore, scope: Scope, *terms: str, limit: int = 10) -> WordsFound:
    return await graph.recall.words(
        WordsQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], terms=terms, limit=limit)
    )


async def stored(graph: GraphStore, scope: Scope, *said: str) -> list[Memory]:
    memories = [memory(scope, text) for text in said]
    await remembered.store(graph.memories, scope, *memories)
    return memories


def texts(found: WordsFound, memories: Sequence[Memory]) -> list[str]:
    by_id = {one.id: one.text for one in memories}
    return [by_id[memory_id] for memory_id in found.memory_ids]


async def test_the_rarer_word_of_the_scope_ranks_higher(graph: GraphStore, scope: Scope) -> None:
    memories = await stored(graph, scope, "a dog", "a dog barks", "the cat", "a dog sleeps", "a dog eats")
    found = await ask(graph, scope, "dog", "cat")
    assert texts(found, memories)[0] == "the cat"
    assert [(one.term, one.memories, one.share) for one in found.terms] == [("dog", 4, 0.8), ("cat", 1, 0.2)]
    assert found.size == 5


async def test_a_memory_with_more_of_the_words_ranks_higher_and_ties_go_by_id(
    graph: GraphStore, scope: Scope
) -> None:
    memories = await stored(graph, scope, "red car", "red", "red", "blue car")
    found = await ask(graph, scope, "red", "car")
    assert found.memory_ids[0] == memories[0].id
    assert list(found.memory_ids[2:]) == [memories[1].id, memories[2].id]


async def test_a_word_is_found_in_its_other_forms(graph: GraphStore, scope: Scope) -> None:
    memories = await stored(graph, scope, "two families were painting")
    assert texts(await ask(graph, scope, "family"), memories) == ["two families were painting"]
    assert texts(await ask(graph, scope, "paintings"), memories) == ["two families were painting"]


async def test_titles_and_speakers_are_words_too(graph: GraphStore, scope: Scope) -> None:
    titled = dataclasses.replace(memory(scope, "directed by someone"), title="Ed Wood")
    said = dataclasses.replace(memory(scope, "hello"), speaker="Melanie")
    await remembered.store(graph.memories, scope, titled, said)
    assert (await ask(graph, scope, "wood")).memory_ids == [titled.id]
    assert (await ask(graph, scope, "melanie")).memory_ids == [said.id]


async def test_a_passage_finds_its_memory_once_and_does_not_count(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    one, other = await stored(graph, scope, "a lighthouse", "nothing of the kind")
    await joined.add_passage(raw, one, "a lighthouse\nat sea", axis(0))
    await joined.add_passage(raw, other, "a lighthouse\nnothing of the kind", axis(1))
    found = await ask(graph, scope, "lighthouse")
    assert (sorted(found.memory_ids), found.terms[0].memories) == (sorted([one.id, other.id]), 1)


async def test_only_memories_of_the_asked_status_are_found(
    graph: GraphStore, scope: Scope, raw: RawCypher
) -> None:
    old, new = await stored(graph, scope, "lives in Rome", "lives in Oslo")
    await raw.supersede(old, by=new, at=remembered.NOW)
    query = WordsQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], terms=["lives"], limit=10)
    assert (await graph.recall.words(query)).memory_ids == [new.id]
    everything = await graph.recall.words(dataclasses.replace(query, statuses=_EVERY_STATUS))
    assert sorted(everything.memory_ids) == sorted([old.id, new.id])
    assert (everything.terms[0].memories, everything.size) == (1, 1)


async def test_a_limit_keeps_the_best(graph: GraphStore, scope: Scope) -> None:
    memories = await stored(graph, scope, "red", "red car", "car")
    assert (await ask(graph, scope, "red", "car", limit=1)).memory_ids == [memories[1].id]


async def test_another_tenant_with_the_same_texts_changes_nothing(
    graph: GraphStore, scope: Scope, tenant_id: str
) -> None:
    said = [f"{'red' if number % 3 else 'blue'} car {'river' * (number == 7)}" for number in range(20)]
    await stored(graph, scope, *said)
    before = await ask(graph, scope, "red", "blue", "river", "car")
    foreign = remembered.scope_of(f"other {tenant_id}")
    await stored(graph, foreign, *(said * 10))
    assert await ask(graph, scope, "red", "blue", "river", "car") == before
    assert len(before.memory_ids) == 10


async def test_a_scope_of_another_tenant_is_as_good_as_empty(
    graph: GraphStore, scope: Scope, tenant_id: str
) -> None:
    await stored(graph, scope, "a dog")
    found = await graph.recall.words(
        WordsQuery(tenant_id=f"other {tenant_id}", scope_ids=[scope.id], terms=["dog"], limit=10)
    )
    assert (found.memory_ids, found.size, found.terms[0].share) == ([], 0, 0.0)


async def test_several_scopes_are_searched_and_counted_together(graph: GraphStore, tenant_id: str) -> None:
    scopes = [remembered.scope_of(tenant_id, namespace=name) for name in ("one", "two", "three")]
    memories = [(await stored(graph, scope, "a dog", "a cat"))[0] for scope in scopes]
    found = await graph.recall.words(
        WordsQuery(tenant_id=tenant_id, scope_ids=[scope.id for scope in scopes[:2]], terms=["dog"], limit=10)
    )
    assert found.memory_ids == sorted(one.id for one in memories[:2])
    assert (found.size, found.terms[0].memories) == (4, 2)


async def test_a_word_that_the_index_passes_over_finds_nothing(graph: GraphStore, scope: Scope) -> None:
    await stored(graph, scope, "a dog", "the cat")
    found = await ask(graph, scope, "the", "and", "not", "or", "AND", "NOT", "OR", "TO")
    assert (found.memory_ids, found.size) == ([], 2)


@pytest.mark.parametrize("term", ['a" OR "b', "text:a", "a*", "a b", "", "-a", "(a", "a\\", "scope_id:0"])
async def test_syntax_never_reaches_the_index(graph: GraphStore, scope: Scope, term: str) -> None:
    with pytest.raises(ValueError, match="no plain word"):
        await ask(graph, scope, "dog", term)


async def test_chinese_terms_are_found_as_they_stand(graph: GraphStore, scope: Scope) -> None:
    memories = await stored(graph, scope, "我住在东京的公寓里", "东边的京剧院", "他住在上海")
    assert texts(await ask(graph, scope, "东京"), memories) == ["我住在东京的公寓里"]


async def test_no_terms_find_nothing(graph: GraphStore, scope: Scope) -> None:
    await stored(graph, scope, "a dog")
    assert (await ask(graph, scope)).memory_ids == []


async def test_as_many_terms_as_a_question_has_are_looked_up(graph: GraphStore, scope: Scope) -> None:
    memories = await stored(graph, scope, "word63 alone", "nothing")
    found = await ask(graph, scope, *(f"word{number}" for number in range(64)))
    assert (texts(found, memories), len(found.terms)) == (["word63 alone"], 64)


async def test_how_common_a_word_is_in_a_large_scope_is_told_from_a_sample(
    graph: GraphStore, scope: Scope
) -> None:
    said = [f"{'Jeremy' if number % 2 else 'Somebody'} said {number}" for number in range(1200)]
    await stored(graph, scope, *said)
    found = await ask(graph, scope, "jeremy", "said", "777")
    shares = {one.term: one.share for one in found.terms}
    assert found.size == pytest.approx(1200, rel=0.15)
    assert shares["jeremy"] == pytest.approx(0.5, abs=0.1)
    assert (shares["said"], round(shares["777"], 3)) == (1.0, round(1 / found.size, 3))
    assert found == await ask(graph, scope, "jeremy", "said", "777")
