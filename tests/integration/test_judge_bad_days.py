"""Facts that are no plain sentences, and writers that get in each other's way."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest_asyncio

from app.embedding import open_embedder
from app.graph.store import GraphStore
from app.ports import Embedder
from tests.integration import judged
from tests.integration.judged import World, by_first_word
from tests.raw_cypher import RawCypher

EVERYDAY = (
    "Lives in Oslo",
    "Works at Acme as a data engineer",
    "Allergic to peanuts",
    "Has two cats, Mia and Leo",
    "Prefers tea over coffee",
    "The deadline of project Apollo is May 3",
    "Speaks Norwegian and English",
    "Favourite editor is Vim",
)

ODD = {
    "of 2,000 characters": ("Bob from the next office tells long stories about his boat. " * 34)[:2000],
    "sentences about others": "Bob lives in Bergen. Cleo works at Globex. Dana is allergic to shellfish.",
    "a story": "On Monday it rained. The bus was late, so the meeting began without me. Nobody minded.",
    "a question": "Do I live in Bergen?",
    "a question with a negation": "Am I not allergic to peanuts?",
    "a wish": "Would like to live in Bergen one day",
    "code": "def city():\n    # lives in Bergen\n    return 'Bergen' if not employed else None",
    "a URL": "https://example.com/people/lives-in-bergen?works_at=globex&cats=3#deadline-may-4",
    "a list": "- milk\n- bread\n- peanuts\n- coffee",
    "JSON": json.dumps(
        {"name": "Bob", "city": "Bergen", "cats": 3, "allergic": False, "nested": [None, 1.5]}
    ),
    "HTML": "<b>Lives</b> in <script>alert('Bergen')</script>",
    "a table": "| city | cats |\n|---|---|\n| Bergen | 3 |",
    "Japanese": "東京に住んでいます。猫が三匹います。",
    "Russian": "Боб живёт в Бергене и работает в Глобексе",
    "Arabic": "بوب يعيش في برغن ولديه ثلاث قطط",
    "only emoji": "🏠➡️🏔️🐈🐈🐈",
    "only punctuation": "?!…",
    "only digits": "42",
    "one letter": "x",
    "a negation of a negation": "It is not true that I don't live in Oslo",
    "a negation of an untruth": "I never said that I'm not allergic to peanuts",
    "negations in a heap": "There is nothing that I don't not dislike less than no tea at all",
    "control characters": "tab\there, zero\u200bwidth, right\u202eto left",
    "a lone combining mark": "e\u0301" * 50,
    "quotes within quotes": "She said: \"He said: 'I live in Bergen'\"",
    "all capitals": "BOB LIVES IN BERGEN AND WORKS AT GLOBEX",
    "one long word": "a" * 2000,
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def embedder() -> AsyncGenerator[Embedder]:
    async with open_embedder() as opened:
        yield opened


async def outcomes(world: World, memories: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The answers to a batch, of which every member is answered well."""
    answer = await world.client.post("/v1/memories/batch", json={"memories": memories})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    assert [one for one in found if "action" not in one] == []
    return found


async def test_no_odd_fact_removes_anything_and_each_is_stored_once(
    graph: GraphStore, raw: RawCypher, embedder: Embedder
) -> None:
    everyday = [{"user_id": name, "fact": fact, "on_conflict": "keep"} for name in ODD for fact in EVERYDAY]
    odd = [{"user_id": name, "fact": fact} for name, fact in ODD.items()]
    async with judged.world(graph, embedder=embedder) as world:
        await outcomes(world, everyday)
        first, again = await outcomes(world, odd), await outcomes(world, odd)
        replaced = {name: one for name, one in zip(ODD, first, strict=True) if one["action"] == "replaced"}
        assert replaced == {}
        assert Counter(one["action"] for one in again) == {"duplicate": len(ODD)}
        assert [one["id"] for one in again] == [one["id"] for one in first]
        assert set((await judged.statuses(raw, world.tenant_id)).values()) == {"active"}


async def test_no_everyday_fact_removes_an_odd_one(graph: GraphStore, embedder: Embedder) -> None:
    odd = [{"user_id": name, "fact": fact} for name, fact in ODD.items()]
    everyday = [{"user_id": name, "fact": fact} for name in ODD for fact in EVERYDAY]
    async with judged.world(graph, embedder=embedder) as world:
        await outcomes(world, odd)
        assert [one for one in await outcomes(world, everyday) if one["action"] == "replaced"] == []


async def test_odd_facts_leave_each_other_alone(graph: GraphStore, embedder: Embedder) -> None:
    async with judged.world(graph, embedder=embedder) as world:
        odd = [{"user_id": "ann", "fact": fact} for fact in ODD.values()]
        found = zip(ODD, await outcomes(world, odd), strict=True)
        assert {name: one for name, one in found if one["action"] != "stored"} == {}


async def test_of_fifty_equal_facts_from_twenty_writers_one_is_stored(
    graph: GraphStore, raw: RawCypher
) -> None:
    async with judged.world(graph) as world:
        waiting = ["Likes tea"] * 50

        async def writer() -> list[tuple[str, str]]:
            answers: list[tuple[str, str]] = []
            while waiting:
                answer = await world.store(waiting.pop())
                answers.append((answer["action"], answer["id"]))
            return answers

        answers = [one for each in await asyncio.gather(*(writer() for _ in range(20))) for one in each]
        assert Counter(action for action, _ in answers) == {"stored": 1, "duplicate": 49}
        assert len({memory_id for _, memory_id in answers}) == 1
        assert list((await judged.statuses(raw, world.tenant_id)).values()) == ["active"]


async def test_of_facts_that_take_turns_the_last_holds_and_all_others_are_its_history(
    graph: GraphStore, raw: RawCypher
) -> None:
    async with judged.world(graph) as world:
        answers = list[dict[str, object]]()
        for fact in ("Lives in Oslo", "Lives in Bergen") * 4:
            answers.append(await world.store(fact))
            world.clock.move(timedelta(minutes=1))
        assert [one["action"] for one in answers] == ["stored", *["replaced"] * 7]
        ids = [one["id"] for one in answers]
        assert [one.get("replaced_id") for one in answers] == [None, *ids[:-1]]
        assert await world.facts() == {"Lives in Bergen"}
        history = (await world.client.get(f"/v1/memories/{ids[-1]}")).json()["history"]
        assert [one["id"] for one in history] == ids[-2::-1]
        await judged.assert_sound(raw, world.tenant_id)


async def test_facts_that_take_turns_from_twenty_writers_leave_one_of_them(
    graph: GraphStore, raw: RawCypher
) -> None:
    async with judged.world(graph) as world:
        facts = ["Lives in Oslo", "Lives in Bergen"] * 20
        answers = await asyncio.gather(*(world.store(fact) for fact in facts))
        status = await judged.statuses(raw, world.tenant_id)
        written = Counter(one["action"] for one in answers)
        assert written["stored"] == 1
        assert Counter(status.values()) == {"active": 1, "superseded": written["replaced"]}
        assert len(await world.facts()) == 1
        await judged.assert_sound(raw, world.tenant_id)


async def test_a_fact_contradicted_while_it_is_deleted_is_deleted_or_history(
    graph: GraphStore, raw: RawCypher
) -> None:
    seen = Counter[str]()
    async with judged.world(graph, judge=by_first_word) as world:
        for number in range(20):
            old = await world.store(f"Colour{number} is red")
            path = f"/v1/memories/{old['id']}"
            if number % 2:
                new, deletion = await asyncio.gather(
                    world.store(f"Colour{number} is blue"), world.client.delete(path)
                )
            else:
                deletion, new = await asyncio.gather(
                    world.client.delete(path), world.store(f"Colour{number} is blue")
                )
            left = (await judged.statuses(raw, world.tenant_id))[old["id"]]
            assert (deletion.status_code, new["action"], left) in {
                (204, "stored", "deleted"),
                (404, "replaced", "superseded"),
            }
            seen[left] += 1
            assert (await world.client.get(f"/v1/memories/{new['id']}")).status_code == 200
        assert len(await world.facts()) == 20, seen
