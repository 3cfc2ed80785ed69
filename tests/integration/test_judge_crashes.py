"""A decision is written whole or not at all, wherever the database or this process stops."""

import asyncio
import dataclasses
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from app.errors import Unavailable
from app.graph import driver, queries
from app.graph.config import GraphConfig
from app.graph.memories import Memories
from app.graph.queries import Queries, Query
from app.graph.store import GraphStore
from app.services.connect import LinkDraft
from app.services.remember import Action, Draft, Remembered
from tests.integration import judged
from tests.integration.judged import World, by_first_word
from tests.raw_cypher import RawCypher

STORED = ("Lives in Oslo", "Lives with Bob", "Owns a boat", "Likes tea")
INCOMING = ("Lives in Bergen", "Fears the boat", "Likes tea", "Sings")
"""In one transaction: one that replaces two, one that may contradict one, one known, one new."""

DECISION = [
    (Action.REPLACED, 2),
    (Action.STORED, 0),
    (Action.DUPLICATE, 0),
    (Action.STORED, 0),
]
State = Sequence[Sequence[object]]


class Crash(Exception):
    """What ends a transaction in the middle."""


@dataclass
class FailingQueries(Mapping[str, Query]):
    """The statements, of which the one asked for as number `fail_at` ends everything; 0 is none."""

    sound: Queries
    fail_at: int = 0
    asked: list[str] = field(default_factory=list[str])

    def __getitem__(self, name: str) -> Query:
        self.asked.append(name)
        if len(self.asked) == self.fail_at:
            raise Crash(name)
        return self.sound[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sound)

    def __len__(self) -> int:
        return len(self.sound)


@dataclass
class Fuse:
    """A line to the database that breaks for good with the message number `messages`; None is never."""

    config: GraphConfig
    messages: int | None = None
    sent: int = 0
    ends: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])

    def arm(self, messages: int) -> None:
        self.messages, self.sent = messages, 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = urlsplit(self.config.uri)
        far_reader, far_writer = await asyncio.open_connection(address.hostname, address.port)
        self.ends |= {writer, far_writer}
        await asyncio.gather(self._copy(reader, far_writer, counts=True), self._copy(far_reader, writer))

    async def _copy(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counts: bool = False
    ) -> None:
        try:
            while data := await reader.read(65_536):
                self.sent += counts
                writer.write(data)
                if self.messages is not None and self.sent >= self.messages:
                    self.blow()
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()

    def blow(self) -> None:
        for end in self.ends:
            end.transport.abort()


@asynccontextmanager
async def prepared(graph: GraphStore) -> AsyncGenerator[World]:
    """What is stored before, with links between what will be replaced and what will not."""
    async with judged.world(graph, judge=by_first_word) as world:
        ids = {fact: (await world.store(fact, on_conflict="keep"))["id"] for fact in STORED}
        for one, other in (("Lives in Oslo", "Likes tea"), ("Owns a boat", "Lives with Bob")):
            draft = LinkDraft(
                from_memory_id=ids[one], to_memory_id=ids[other], relationship_type="with", weight=0.5
            )
            await world.services.connect.connect(draft, tenant_id=world.tenant_id)
        world.clock.move(timedelta(hours=1))
        yield world


async def decide(world: World, memories: Memories) -> list[tuple[Action, int]]:
    """Store all of `INCOMING` in one transaction on that store; the actions, and how many each replaced."""
    remember = dataclasses.replace(world.services.remember, store=memories)
    drafts = [Draft(user_id="ann", text=fact) for fact in INCOMING]
    outcomes = await remember.many(drafts, tenant_id=world.tenant_id)
    found = [one for one in outcomes if isinstance(one, Remembered)]
    return [(one.action, len(one.replaced_ids)) for one in found]


async def state(raw: RawCypher, tenant_id: str) -> State:
    """All that the tenant has, nodes and relationships, with what distinguishes one state from another."""
    nodes = await raw.run(
        "MATCH (one {tenant_id: $tenant_id}) RETURN labels(one) AS labels, coalesce(one.text, '') AS text,"
        " one.status AS status, one.version AS version, toString(one.refreshed_at) AS refreshed_at,"
        " toString(one.valid_to) AS valid_to ORDER BY labels, text",
        tenant_id=tenant_id,
    )
    relationships = await raw.run(
        "MATCH (one:Memory {tenant_id: $tenant_id})-[joined]->(other:Memory) RETURN one.text AS one,"
        " type(joined) AS type, other.text AS other, joined.reason AS reason ORDER BY one, type, other",
        tenant_id=tenant_id,
    )
    return [tuple(row.values()) for row in (*nodes, *relationships)]


async def whole(graph: GraphStore, raw: RawCypher) -> State:
    """The state after the decision where nothing failed."""
    async with prepared(graph) as world:
        assert await decide(world, graph.memories) == DECISION
        return await state(raw, world.tenant_id)


async def test_the_whole_decision_touches_everything_that_a_decision_can(
    graph: GraphStore, raw: RawCypher
) -> None:
    async with prepared(graph) as world:
        await decide(world, graph.memories)
        assert await world.facts() == {
            "Lives in Bergen",
            "Owns a boat",
            "Fears the boat",
            "Likes tea",
            "Sings",
        }
        rows = await raw.run(
            "MATCH (one:Memory {tenant_id: $tenant_id})-[joined]->(other:Memory)"
            " RETURN one.text AS one, type(joined) AS type, other.text AS other",
            tenant_id=world.tenant_id,
        )
        assert {tuple(row.values()) for row in rows} == {
            ("Lives in Oslo", "WITH", "Likes tea"),
            ("Owns a boat", "WITH", "Lives with Bob"),
            ("Lives in Bergen", "WITH", "Likes tea"),
            ("Owns a boat", "WITH", "Lives in Bergen"),
            ("Lives in Oslo", "SUPERSEDED_BY", "Lives in Bergen"),
            ("Lives with Bob", "SUPERSEDED_BY", "Lives in Bergen"),
            ("Fears the boat", "CONFLICTS_WITH", "Owns a boat"),
        }
        await judged.assert_sound(raw, world.tenant_id)


async def test_whichever_statement_fails_nothing_is_written(
    graph: GraphStore, graph_config: GraphConfig, raw: RawCypher
) -> None:
    statements = FailingQueries(queries.load(graph_config.cypher_directory))
    async with driver.connect(graph_config, statements) as database, prepared(graph) as world:
        before, number, failed = await state(raw, world.tenant_id), 0, list[str]()
        while True:
            number += 1
            statements.asked.clear()
            statements.fail_at = number
            try:
                done = await decide(world, Memories(database))
            except Crash as crash:
                failed.append(str(crash))
                assert await state(raw, world.tenant_id) == before, failed
            else:
                break
        assert done == DECISION
        assert {"memories/create", "memories/supersede", "graph/carry", "conflicts/note"} <= set(failed)
        assert await state(raw, world.tenant_id) == await whole(graph, raw)


async def test_wherever_the_line_breaks_the_decision_is_whole_or_not_there(
    graph: GraphStore, graph_config: GraphConfig, raw: RawCypher
) -> None:
    complete = await whole(graph, raw)
    outcomes, number = list[str](), 0
    while not outcomes or outcomes[-1] != "answered":
        number += 1
        async with prepared(graph) as world:
            before = await state(raw, world.tenant_id)
            answered = await through_a_fuse(world, graph_config, messages=number)
            await nothing_runs(raw)
            after = await state(raw, world.tenant_id)
            assert after == complete if answered else after in (before, complete), number
            outcomes.append("answered" if answered else "whole" if after == complete else "nothing")
    assert outcomes.count("nothing") >= len(DECISION)


async def nothing_runs(raw: RawCypher) -> None:
    """Wait until the server has ended what nobody waits for any more: a commit may be under way."""
    async with asyncio.timeout(20):
        while await raw.run(
            "SHOW TRANSACTIONS YIELD metaData WHERE metaData.query = 'remember' RETURN metaData"
        ):
            pass


async def through_a_fuse(world: World, config: GraphConfig, *, messages: int) -> bool:
    """Decide over a line that breaks with that message; whether it was answered all the same."""
    fuse = Fuse(config)
    server = await asyncio.start_server(fuse.carry, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    near = dataclasses.replace(config, uri=f"bolt://127.0.0.1:{port}", retry_seconds=0.0)
    async with server, driver.connect(near, queries.load(config.cypher_directory)) as database:
        fuse.arm(messages)
        try:
            return await decide(world, Memories(database)) == DECISION
        except Unavailable:
            return False
        finally:
            fuse.blow()
