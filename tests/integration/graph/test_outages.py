"""A database that goes away, is slow, or belongs to someone else."""

import asyncio
import dataclasses
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from app.domain.models import Scope
from app.errors import Unavailable
from app.graph import store
from app.graph.config import GraphConfig
from app.graph.store import GraphStore
from app.ports import MemoryTransaction
from tests import remembered
from tests.fakes import FakeClock
from tests.raw_cypher import RawCypher

_QUICKLY_SECONDS = 5.0


class Cable:
    """The line to the database, which can be cut and joined again."""

    def __init__(self, config: GraphConfig) -> None:
        address = urlsplit(config.uri)
        self._host, self._port = address.hostname, address.port
        self._open: set[asyncio.StreamWriter] = set()
        self._is_cut = False

    def cut(self) -> None:
        self._is_cut = True
        for end in self._open:
            end.transport.abort()

    def join(self) -> None:
        self._is_cut = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection(self._host, self._port)
        self._open |= {writer, far_writer}
        await asyncio.gather(self._copy(reader, far_writer), self._copy(far_reader, writer))

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()


@asynccontextmanager
async def through_a_cable(config: GraphConfig) -> AsyncGenerator[tuple[GraphStore, Cable]]:
    cable = Cable(config)
    server = await asyncio.start_server(cable.carry, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        near = dataclasses.replace(config, uri=f"bolt://127.0.0.1:{port}")
        async with store.open_store(near, clock=FakeClock()) as opened:
            yield opened, cable
        cable.cut()


async def test_a_database_that_went_away_is_reported_within_seconds(
    graph: GraphStore, graph_config: GraphConfig, scope: Scope
) -> None:
    async with through_a_cable(graph_config) as (opened, cable):
        cable.cut()
        for attempt in (
            opened.health.ping,
            lambda: remembered.store(opened.memories, scope, remembered.memory(scope)),
        ):
            began = time.monotonic()
            with pytest.raises(Unavailable, match="cannot be reached"):
                await attempt()
            assert time.monotonic() - began < _QUICKLY_SECONDS
        (check,) = await opened.health.readiness()
        assert (check.name, check.ok) == ("database", False)


async def test_a_database_that_came_back_is_used_again(
    graph: GraphStore, graph_config: GraphConfig, scope: Scope
) -> None:
    async with through_a_cable(graph_config) as (opened, cable):
        cable.cut()
        with pytest.raises(Unavailable):
            await opened.health.ping()
        cable.join()
        one = remembered.memory(scope)
        await remembered.store(opened.memories, scope, one)
        assert await opened.memories.get(tenant_id=scope.tenant_id, memory_id=one.id) == one


async def test_a_short_outage_is_bridged(graph: GraphStore, graph_config: GraphConfig) -> None:
    async with through_a_cable(graph_config) as (opened, cable):
        cable.cut()
        asking = asyncio.ensure_future(opened.health.ping())
        asyncio.get_running_loop().call_later(0.5, cable.join)
        await asking


async def test_a_writer_does_not_wait_for_ever(
    graph: GraphStore, graph_config: GraphConfig, scope: Scope
) -> None:
    impatient = dataclasses.replace(graph_config, transaction_timeout_seconds=1.0)
    held, done = asyncio.Event(), asyncio.Event()

    async def hold(transaction: MemoryTransaction) -> None:
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
        held.set()
        await done.wait()

    holding = asyncio.ensure_future(graph.memories.write(hold))
    await held.wait()
    async with store.open_store(impatient, clock=FakeClock()) as opened:
        with pytest.raises(Unavailable, match="did not answer in time"):
            await remembered.store(opened.memories, scope, remembered.memory(scope))
    done.set()
    await holding


async def test_a_transaction_is_named_for_the_operator(
    graph: GraphStore, raw: RawCypher, scope: Scope
) -> None:
    held, done = asyncio.Event(), asyncio.Event()

    async def hold(transaction: MemoryTransaction) -> None:
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
        held.set()
        await done.wait()

    holding = asyncio.ensure_future(graph.memories.write(hold))
    await held.wait()
    running = await raw.run("SHOW TRANSACTIONS YIELD metaData RETURN metaData.query AS name")
    done.set()
    await holding
    assert {"name": "remember"} in running


async def test_tests_refuse_a_database_that_is_not_theirs(graph: GraphStore, raw: RawCypher) -> None:
    await raw.run("MATCH (mark:LociTestDatabase) REMOVE mark:LociTestDatabase SET mark:Customer")
    try:
        with pytest.raises(AssertionError, match="NEO4J_TEST_URI"):
            await raw.claim()
    finally:
        await raw.run("MATCH (mark:Customer) REMOVE mark:Customer SET mark:LociTestDatabase")
