"""Ends a start that nobody waits for any more: a thread cannot be interrupted, so it looks at an event."""

import threading

from app.errors import DatabaseNotStarted
from app.local_neo4j.progress import Progress


def check(given_up: threading.Event) -> None:
    """Go on only while the outcome is wanted. Raises: DatabaseNotStarted once the event is set."""
    if given_up.is_set():
        raise DatabaseNotStarted("Neo4j was stopped while it started.")


class Checkpoints:
    """A progress whose every report is a place to give up, so that a download ends there too."""

    def __init__(self, progress: Progress, given_up: threading.Event) -> None:
        self._progress = progress
        self._given_up = given_up

    def step(self, name: str) -> None:
        """Pass it on. Raises: DatabaseNotStarted."""
        check(self._given_up)
        self._progress.step(name)

    def downloaded(self, *, done_bytes: int, total_bytes: int) -> None:
        """Pass it on. Raises: DatabaseNotStarted."""
        check(self._given_up)
        self._progress.downloaded(done_bytes=done_bytes, total_bytes=total_bytes)
