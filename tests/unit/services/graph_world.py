"""Memories and links over dictionaries, for tests of the services that join and walk."""

import asyncio

from app.domain.links import Link
from app.domain.walks import WalkPolicy
from app.ports import FoundLinks, LinkQuery
from app.services import Connect, Traverse
from app.services.connect import LinkDraft
from app.services.remember import Draft
from tests.fake_links import InMemoryLinks
from tests.unit.assembled import World

TENANT = "tenant"


class GraphWorld:
    """One tenant's memories; `links` may be a store that behaves badly."""

    def __init__(self, *, policy: WalkPolicy | None = None, most_graph_types: int = 500) -> None:
        world = World()
        self.clock, self.store = world.clock, world.memories
        self.links = self.store.link_store()
        self.connecting = Connect(links=self.links, clock=self.clock, most_graph_types=most_graph_types)
        self.walking = Traverse(links=self.links, policy=policy or WalkPolicy())
        self._remember = world.remember()

    async def stored(self, *texts: str) -> list[str]:
        """The ids of new memories with these texts."""
        drafts = [Draft(user_id="ann", text=text) for text in texts]
        return [(await self._remember.one(draft, tenant_id=TENANT)).memory_id for draft in drafts]

    async def joined(self, start: str, end: str, words: str = "context_for", *, weight: float = 1.0) -> Link:
        """A new link."""
        draft = LinkDraft(from_memory_id=start, to_memory_id=end, relationship_type=words, weight=weight)
        return await self.connecting.connect(draft, tenant_id=TENANT)

    async def forget(self, memory_id: str) -> None:
        """Delete a memory."""
        await self.store.delete(tenant_id=TENANT, memory_id=memory_id, at=self.clock.now())


class SlowLinks(InMemoryLinks):
    """Answers the first levels of a walk and then never again."""

    levels = 1

    async def around(self, query: LinkQuery) -> FoundLinks:
        self.levels -= 1
        if self.levels < 0:
            await asyncio.Event().wait()
        return await super().around(query)


class TimingOutLinks(InMemoryLinks):
    """Fails with a time-out that is not the walk's own."""

    async def around(self, query: LinkQuery) -> FoundLinks:
        del query
        raise TimeoutError
