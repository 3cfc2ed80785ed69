"""Restarting, with a server that dies on command."""

import asyncio
from collections.abc import Callable

import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j import supervision
from app.local_neo4j.supervision import Change, RestartPolicy, ServerEvent

HASTY = RestartPolicy(first_pause_seconds=0.0, poll_seconds=0.001)
DEADLINE_SECONDS = 10.0


class FakeServer:
    """Is dead unless `lives` is set; each restart does the next thing of `script`."""

    last_words = "its last words"
    pid = 7

    def __init__(self, *script: Callable[["FakeServer"], None]) -> None:
        self.lives = False
        self.dies_when_seen = False
        self.is_wanted = True
        self.restarts = 0
        self._script = list(script)

    @property
    def has_ended(self) -> bool:
        if self.dies_when_seen:
            self.dies_when_seen = False
            return False
        return not self.lives

    def restart(self) -> None:
        self.restarts += 1
        self._script.pop(0)(self)


def lives(server: FakeServer) -> None:
    server.lives = True


def fails(server: FakeServer) -> None:
    raise DatabaseNotStarted("no luck")


def lives_until_it_is_seen(server: FakeServer) -> None:
    server.dies_when_seen = True


def does_nothing(server: FakeServer) -> None:
    del server


def is_stopped(server: FakeServer) -> None:
    server.is_wanted = False


async def events_of(server: FakeServer) -> list[ServerEvent]:
    events: list[ServerEvent] = []
    async with asyncio.timeout(DEADLINE_SECONDS):
        await supervision.supervise(server, report=events.append, policy=HASTY)
    return events


async def test_a_dead_server_is_brought_back_until_it_is_stopped() -> None:
    events = await events_of(FakeServer(lives_until_it_is_seen, lives_until_it_is_seen, is_stopped))
    assert [event.change for event in events] == [
        Change.DIED, Change.RESTARTED, Change.RESTARTED, Change.STOPPED,
    ]  # fmt: skip


async def test_its_last_words_are_reported() -> None:
    assert (await events_of(FakeServer(is_stopped)))[0] == ServerEvent(Change.DIED, "its last words")


async def test_a_restart_that_fails_is_reported_and_tried_again() -> None:
    events = await events_of(FakeServer(fails, fails, is_stopped))
    assert [event.change for event in events].count(Change.RESTART_FAILED) == 2
    assert ServerEvent(Change.RESTART_FAILED, "no luck") in events


async def test_a_restart_that_brought_nothing_back_is_not_reported_as_one() -> None:
    events = await events_of(FakeServer(does_nothing, is_stopped))
    assert [event.change for event in events] == [Change.DIED, Change.STOPPED]


async def test_a_server_that_was_stopped_is_left_alone() -> None:
    server = FakeServer()
    server.is_wanted = False
    assert [event.change for event in await events_of(server)] == [Change.STOPPED]
    assert server.restarts == 0


async def test_it_can_be_cancelled_while_the_server_lives() -> None:
    server = FakeServer(lives)
    seen = asyncio.Event()

    def report(event: ServerEvent) -> None:
        if event.change is Change.RESTARTED:
            seen.set()

    task = asyncio.create_task(supervision.supervise(server, report=report, policy=HASTY))
    async with asyncio.timeout(DEADLINE_SECONDS):
        await seen.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
