"""Conversations in the real database: one chain each whoever writes, windows, agents, teams, and bad days."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

import pytest
import uuid6

from app.domain import judge as judging
from app.domain import scope as scopes
from app.domain.judge import JudgePolicy
from app.domain.models import Tenant, Visibility
from app.embedding import DeterministicEmbedder
from app.errors import Unavailable
from app.graph.store import GraphStore
from app.ports import MemoryStore, MemoryTransaction, Once
from app.services import Remember
from app.services.remember import Draft, Remembered
from app.services.scoping import Scoping
from tests import people
from tests.fakes import FakeClock
from tests.raw_cypher import RawCypher
from tests.remembered import NOW

T = TypeVar("T")


class CommittedUnheard:
    """A store whose every transaction is run again after it was committed, as a lost answer makes it be."""

    def __init__(self, store: MemoryStore, *, meanwhile: Callable[[], Awaitable[object]]) -> None:
        self._store = store
        self._meanwhile = meanwhile

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def write(
        self, work: Callable[[MemoryTransaction], Awaitable[T]], *, once: Once[T] | None = None
    ) -> T:
        await self._store.write(work, once=once)
        await self._meanwhile()
        return await self._store.write(work, once=once)


@pytest.fixture
async def remember(graph: GraphStore, tenant_id: str) -> Remember:
    await graph.access.create_tenant(Tenant(id=tenant_id, name=tenant_id, created_at=NOW), None)
    return Remember(
        store=graph.memories,
        embedder=DeterministicEmbedder(),
        clock=FakeClock(),
        scoping=Scoping(agents=graph.agents, teams=graph.teams, scopes=graph.scopes),
        settings=graph.tenant_settings,
        judge=partial(judging.decide, policy=JudgePolicy()),
        memory_limit=None,
    )


def said(text: str, *, chat: str = "chat", team_id: str | None = None, agent_id: str | None = None) -> Draft:
    return Draft(
        user_id="sri",
        text=text,
        conversation_id=chat,
        speaker="Sri",
        agent_id=agent_id,
        team_id=team_id,
        visibility=Visibility.PRIVATE if team_id is None else Visibility.TEAM,
    )


async def tell(remember: Remember, tenant_id: str, *drafts: Draft) -> list[str]:
    """Store turns in one request; their ids."""
    outcomes = await remember.many(drafts, tenant_id=tenant_id)
    return [one.memory_id for one in outcomes if isinstance(one, Remembered)]


async def chain(raw: RawCypher, tenant_id: str) -> Sequence[tuple[int, str]]:
    """The turns of a tenant with their places, as NEXT hands them out from each beginning."""
    rows = await raw.run(
        """
        MATCH p = (first:Memory {tenant_id: $tenant_id})-[:NEXT]->*(turn:Memory)
        WHERE NOT EXISTS { (:Memory)-[:NEXT]->(first) }
        RETURN turn.turn AS place, turn.text AS text, length(p) AS steps ORDER BY steps, text
        """,
        tenant_id=tenant_id,
    )
    return [(row["place"], row["text"]) for row in rows]


async def windows(raw: RawCypher, tenant_id: str) -> dict[str, str]:
    """The windows of a tenant by the texts of their turns."""
    rows = await raw.run(
        "MATCH (window:Passage {tenant_id: $tenant_id, kind: 'window'})-[:PART_OF]->(turn:Memory)"
        " WHERE window.id = turn.id + ':window' AND window.scope_id = turn.scope_id"
        " AND window.status = turn.status AND window.conversation_id = turn.conversation_id"
        " AND window.embedding IS NOT NULL AND window.refreshed_at = turn.refreshed_at"
        " RETURN turn.text AS turn, window.text AS text",
        tenant_id=tenant_id,
    )
    return {row["turn"]: row["text"] for row in rows}


async def test_twenty_turns_at_once_make_one_chain_without_gap_or_fork(
    remember: Remember, raw: RawCypher, tenant_id: str
) -> None:
    texts = [f"Turn {number}" for number in range(20)]
    await asyncio.gather(*(tell(remember, tenant_id, said(text)) for text in texts))
    found = await chain(raw, tenant_id)
    assert [place for place, _ in found] == list(range(20))
    assert sorted(text for _, text in found) == sorted(texts)


async def test_windows_of_turns_told_at_once_hold_only_their_neighbours(
    remember: Remember, raw: RawCypher, tenant_id: str
) -> None:
    await asyncio.gather(*(tell(remember, tenant_id, said(f"Turn {number}")) for number in range(20)))
    order = [text for _, text in await chain(raw, tenant_id)]
    near = {text: order[max(0, place - 1) : place + 2] for place, text in enumerate(order)}
    for turn, window in (await windows(raw, tenant_id)).items():
        assert window in ("\n".join(near[turn]), "\n".join(near[turn][:2]))


async def test_a_batch_of_several_transactions_is_one_chain_with_all_windows(
    remember: Remember, raw: RawCypher, tenant_id: str
) -> None:
    texts = [f"Turn {number}" for number in range(300)]
    await tell(remember, tenant_id, *(said(text) for text in texts))
    assert await chain(raw, tenant_id) == list(enumerate(texts))
    assert await windows(raw, tenant_id) == {
        text: "\n".join(texts[max(0, place - 1) : place + 2]) for place, text in enumerate(texts)
    }


async def test_the_order_goes_on_over_requests_and_the_window_of_the_last_grows(
    remember: Remember, raw: RawCypher, tenant_id: str
) -> None:
    await tell(remember, tenant_id, said("One"), said("Two"))
    assert await windows(raw, tenant_id) == {"One": "One\nTwo", "Two": "One\nTwo"}
    await tell(remember, tenant_id, said("Three"))
    assert await chain(raw, tenant_id) == [(0, "One"), (1, "Two"), (2, "Three")]
    assert await windows(raw, tenant_id) == {
        "One": "One\nTwo",
        "Two": "One\nTwo\nThree",
        "Three": "Two\nThree",
    }


async def test_a_transaction_that_was_committed_unheard_and_runs_again_changes_nothing(
    remember: Remember, raw: RawCypher, tenant_id: str
) -> None:
    await tell(remember, tenant_id, said("One"))

    async def another() -> None:
        await tell(remember, tenant_id, said("Four"))

    store = CommittedUnheard(remember.store, meanwhile=another)
    repeated = dataclasses.replace(remember, store=store)  # pyright: ignore[reportArgumentType]
    await tell(repeated, tenant_id, said("Two"), said("Three"))
    assert await chain(raw, tenant_id) == [(0, "One"), (1, "Two"), (2, "Three"), (3, "Four")]


async def test_an_embedder_that_fails_leaves_a_conversation_as_it_was(
    remember: Remember, raw: RawCypher, tenant_id: str
) -> None:
    class Failing(DeterministicEmbedder):
        async def embed(self, texts: Sequence[str]):
            raise Unavailable("The model is away")

    await tell(remember, tenant_id, said("One"))
    with pytest.raises(Unavailable):
        await tell(dataclasses.replace(remember, embedder=Failing()), tenant_id, said("Two"))
    await tell(remember, tenant_id, said("Two"))
    assert await chain(raw, tenant_id) == [(0, "One"), (1, "Two")]


async def test_an_agent_has_conversations_of_its_own(
    remember: Remember, graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    agent = people.agent_of(tenant_id)
    await graph.agents.create(agent)
    await tell(remember, tenant_id, said("To Sri"), said("To the agent", agent_id=agent.id))
    await tell(remember, tenant_id, said("To the agent again", agent_id=agent.id))
    assert sorted(await chain(raw, tenant_id)) == [
        (0, "To Sri"),
        (0, "To the agent"),
        (1, "To the agent again"),
    ]


async def test_forgetting_an_agent_leaves_no_window_that_can_be_found(
    remember: Remember, graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    agent = people.agent_of(tenant_id)
    await graph.agents.create(agent)
    await tell(remember, tenant_id, said("One", agent_id=agent.id), said("Two", agent_id=agent.id))
    await graph.agents.delete(tenant_id=tenant_id, agent_id=agent.id, at=NOW)
    assert await windows(raw, tenant_id) == {}


async def test_a_conversation_of_a_team_goes_with_its_author_when_the_team_is_removed(
    remember: Remember, graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    team = people.team_of(tenant_id)
    await graph.teams.create(people.roster_of(team))
    await tell(remember, tenant_id, said("One", team_id=team.id), said("Two", team_id=team.id))
    before = await windows(raw, tenant_id)
    await graph.teams.delete(tenant_id=tenant_id, team_id=team.id)
    assert await windows(raw, tenant_id) == before == {"One": "One\nTwo", "Two": "One\nTwo"}
    await tell(remember, tenant_id, said("Three"))
    assert await chain(raw, tenant_id) == [(0, "One"), (1, "Two"), (2, "Three")]


async def test_a_deleted_turn_is_in_no_window_and_stays_in_the_order(
    remember: Remember, graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    ids = await tell(remember, tenant_id, *(said(f"Turn {number}") for number in range(5)))
    await graph.memories.delete(tenant_id=tenant_id, memory_id=ids[2], at=NOW)
    assert [place for place, _ in await chain(raw, tenant_id)] == list(range(5))
    assert set(await windows(raw, tenant_id)) == {"Turn 0", "Turn 4"}
    held = await raw.run(
        "MATCH (one:Passage {tenant_id: $tenant_id}) WHERE one.text CONTAINS 'Turn 2' RETURN one.id",
        tenant_id=tenant_id,
    )
    assert held == []


async def test_a_shared_turn_leaves_no_text_of_it_behind_and_takes_none_along(
    remember: Remember, graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    team = people.team_of(tenant_id)
    await graph.teams.create(people.roster_of(team))
    ids = await tell(remember, tenant_id, *(said(f"Turn {number}") for number in range(4)))
    shared = scopes.team_scope(tenant_id=tenant_id, team_id=team.id, user_id="sri", namespace="default")
    await graph.memories.update(tenant_id=tenant_id, memory_id=ids[3], importance=None, moved_to=shared)
    assert await windows(raw, tenant_id) == {"Turn 0": "Turn 0\nTurn 1", "Turn 1": "Turn 0\nTurn 1\nTurn 2"}
    await tell(remember, tenant_id, said("Turn 3 anew"))
    assert (await windows(raw, tenant_id))["Turn 2"] == "Turn 1\nTurn 2\nTurn 3 anew"


async def test_a_tenant_never_goes_on_with_the_conversation_of_another(
    remember: Remember, graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    other = str(uuid6.uuid7())
    await graph.access.create_tenant(Tenant(id=other, name=other, created_at=NOW), None)
    await tell(remember, other, said("One"))
    await tell(remember, tenant_id, said("Two"))
    assert await chain(raw, tenant_id) == [(0, "Two")]
    assert await windows(raw, tenant_id) == {}


async def test_a_long_fact_has_passages_of_its_own(
    remember: Remember, raw: RawCypher, tenant_id: str
) -> None:
    long = " ".join(f"Sentence number {number} says a little." for number in range(60))
    (memory_id,) = await tell(remember, tenant_id, Draft(user_id="sri", text=long))
    rows = await raw.run(
        "MATCH (one:Passage {tenant_id: $tenant_id})-[:PART_OF]->(:Memory {id: $id})"
        " RETURN one.kind AS kind, one.conversation_id AS chat, one.position AS position ORDER BY position",
        tenant_id=tenant_id,
        id=memory_id,
    )
    assert len(rows) >= 3
    assert {(row["kind"], row["chat"]) for row in rows} == {(None, None)}
