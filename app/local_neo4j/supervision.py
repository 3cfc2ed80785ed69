"""Brings a server back when it dies by itself, at the same address, for as long as it is wanted."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.errors import StartupError


class Change(StrEnum):
    """What happened to the server."""

    DIED = "died"
    RESTARTED = "restarted"
    RESTART_FAILED = "restart_failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One change; `detail` is a sentence for people."""

    change: Change
    detail: str


class Supervised(Protocol):
    """What supervision needs of a `RunningServer`."""

    @property
    def pid(self) -> int:
        """The process id of the JVM."""
        ...

    @property
    def has_ended(self) -> bool:
        """Whether the JVM runs no longer."""
        ...

    @property
    def is_wanted(self) -> bool:
        """Whether nobody has asked it to stop."""
        ...

    @property
    def last_words(self) -> str:
        """How it ended, in one sentence."""
        ...

    def restart(self) -> None:
        """Bring it back. Raises: StartupError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartPolicy:
    """The n-th restart in a row waits `first_pause_seconds` · 2^(n-1), at most `longest_pause_seconds`.

    A server that lived `stable_seconds` is taken for sound, and the count begins again.
    """

    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 30.0
    stable_seconds: float = 60.0
    poll_seconds: float = 0.25

    def pause_seconds(self, failures: int) -> float:
        """The pause before the next restart after so many in a row.

        >>> [RestartPolicy().pause_seconds(failures) for failures in (0, 1, 2, 9)]
        [0.5, 1.0, 2.0, 30.0]
        """
        return min(self.first_pause_seconds * 2.0 ** min(failures, 16), self.longest_pause_seconds)


async def supervise(
    server: Supervised, *, report: Callable[[ServerEvent], None], policy: RestartPolicy | None = None
) -> None:
    """Watch until the server is stopped on purpose, here or by `stop` in any process; then return.

    It may be cancelled at any time. A restart that is under way then goes on in its thread until
    `RunningServer.stop` makes it give up, so call that next. `report` is called in the event loop.
    """
    policy = policy or RestartPolicy()
    failures = 0
    while True:
        lived_seconds = await _until_ended(server, policy)
        if not server.is_wanted:
            break
        report(ServerEvent(Change.DIED, server.last_words))
        failures = 0 if lived_seconds >= policy.stable_seconds else failures
        failures += await _bring_back(server, report, policy, failures)
    report(ServerEvent(Change.STOPPED, "It was asked to."))


async def _until_ended(server: Supervised, policy: RestartPolicy) -> float:
    since = time.monotonic()
    while not server.has_ended:
        await asyncio.sleep(policy.poll_seconds)
    return time.monotonic() - since


async def _bring_back(
    server: Supervised, report: Callable[[ServerEvent], None], policy: RestartPolicy, failures: int
) -> int:
    """Try until it is up or not wanted any more; how often it was tried."""
    tried = 0
    while server.is_wanted and server.has_ended:
        await asyncio.sleep(policy.pause_seconds(failures + tried))
        tried += 1
        try:
            await asyncio.to_thread(server.restart)
        except StartupError as error:
            report(ServerEvent(Change.RESTART_FAILED, str(error)))
        else:
            # A restart does nothing where the server was stopped meanwhile.
            if not server.has_ended:
                report(ServerEvent(Change.RESTARTED, f"Neo4j answers again as process {server.pid}."))
    return tried
