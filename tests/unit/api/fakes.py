"""Searches that fail or wait on purpose, on top of the fakes that everybody shares."""

import asyncio
from collections.abc import Sequence

from app.domain.models import Neighbour
from app.errors import Unavailable
from app.ports import NearestQuery
from tests.fakes import InMemoryMemories


class BrokenSearch(InMemoryMemories):
    """Fails as a bug would, with something in its message that no client may see."""

    async def nearest(self, query: NearestQuery) -> Sequence[Neighbour]:
        del query
        raise RuntimeError("bolt://neo4j:hunter2@10.0.0.7 said no")


class AwaySearch(InMemoryMemories):
    """Fails as a database that is away does."""

    async def nearest(self, query: NearestQuery) -> Sequence[Neighbour]:
        del query
        raise Unavailable("The database is away; try again in a moment", retry_after_seconds=7)


class EndlessSearch(InMemoryMemories):
    """Never answers, and notes when it begins and when it is given up."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()
        self.given_up = asyncio.Event()

    async def nearest(self, query: NearestQuery) -> Sequence[Neighbour]:
        del query
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up.set()
        return []
