"""Looking at the graph around memories: traversal, direct relations, the best path, a drawing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain import links as linking
from app.domain import paths
from app.domain.links import Link
from app.domain.models import Memory
from app.domain.walks import Step, WalkPolicy
from app.errors import NotFound
from app.ports import LinkQuery, LinkStore
from app.services import walking

_LINKS_PER_DRAWN_MEMORY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMemory:
    """A memory and the link by which it was reached; `depth` is the number of hops, from 1."""

    memory: Memory
    depth: int
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Traversal:
    """What was reached: by depth, then weight, highest first, then memory id."""

    nodes: Sequence[LinkedMemory]
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPath:
    """Memories in order with the links between them; `truncated` where a better one may lie unseen."""

    memories: Sequence[Memory]
    links: Sequence[Link]
    weight: float
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMemory:
    """A memory of a drawing, `depth` hops from the nearest one that was asked for."""

    memory: Memory
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Memories by depth, and the links with both ends among them, strongest first."""

    nodes: Sequence[DrawnMemory]
    links: Sequence[Link]
    truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Traverse:
    """Reads the links around active memories; those of hidden ones are neither shown nor walked over."""

    links: LinkStore
    policy: WalkPolicy = field(default_factory=WalkPolicy)

    async def traverse(
        self, *, tenant_id: str, memory_id: str, depth: int, relationship_type: str | None
    ) -> Traversal:
        """All memories within `depth` hops, but not the root. Raises: NotFound, Unavailable."""
        walk = await walking.walk(
            self.links,
            [memory_id],
            tenant_id=tenant_id,
            depth=depth,
            policy=self.policy,
            relationship_type=relationship_type,
        )
        return Traversal(
            nodes=await self._linked(walk.steps, tenant_id=tenant_id, root_id=memory_id),
            truncated=walk.truncated,
        )

    async def related(
        self, *, tenant_id: str, memory_id: str, relationship_type: str | None, limit: int
    ) -> Sequence[LinkedMemory]:
        """One entry per link, strongest first, then by memory and link. Raises: NotFound, Unavailable."""
        found = await self.links.around(
            LinkQuery(
                tenant_id=tenant_id,
                memory_ids=[memory_id],
                relationship_type=relationship_type,
                links_per_memory=limit,
                limit=limit,
            )
        )
        steps = [
            Step(memory_id=linking.other_end(link, memory_id), depth=1, link=link) for link in found.links
        ]
        steps.sort(key=lambda one: (-one.link.weight, one.memory_id, one.link.id))
        return await self._linked(steps, tenant_id=tenant_id, root_id=memory_id)

    async def path(self, *, tenant_id: str, from_memory_id: str, to_memory_id: str) -> FoundPath:
        """The path of the highest product of weights over at most six hops, taken in either direction.

        Raises: NotFound when either memory or any path is missing, Unavailable.
        """
        ends = [from_memory_id, to_memory_id]
        await self._active(ends, tenant_id=tenant_id)
        # A path of six hops lies within three hops of one end or the other.
        walk = await walking.walk(
            self.links, ends, tenant_id=tenant_id, depth=(paths.MOST_HOPS + 1) // 2, policy=self.policy
        )
        # Finding the best of thousands of links takes long enough to keep other requests waiting.
        best = await asyncio.to_thread(paths.best, walk.links, start=from_memory_id, end=to_memory_id)
        if best is None:
            raise NotFound(_no_path(walk.truncated))
        by_id = await self._active(best.memory_ids, tenant_id=tenant_id)
        return FoundPath(
            memories=[by_id[memory_id] for memory_id in best.memory_ids],
            links=best.links,
            weight=best.weight,
            truncated=walk.truncated,
        )

    async def drawing(self, *, tenant_id: str, memory_ids: Sequence[str], depth: int, limit: int) -> Drawing:
        """At most `limit` memories within `depth` hops of some, which come first, and their links.

        Raises: NotFound when one of `memory_ids` is not active, Unavailable.
        """
        await self._active(memory_ids, tenant_id=tenant_id)
        walk = await walking.walk(
            self.links, memory_ids, tenant_id=tenant_id, depth=depth, policy=self.policy
        )
        depths = dict.fromkeys(memory_ids, 0) | {step.memory_id: step.depth for step in walk.steps}
        drawn = list(depths)[:limit]
        by_id = await self.links.memories(tenant_id=tenant_id, memory_ids=drawn)
        found = await self.links.among(
            tenant_id=tenant_id, memory_ids=drawn, limit=_LINKS_PER_DRAWN_MEMORY * limit
        )
        return Drawing(
            nodes=[DrawnMemory(memory=by_id[one], depth=depths[one]) for one in drawn if one in by_id],
            links=[
                link for link in found.links if link.from_memory_id in by_id and link.to_memory_id in by_id
            ],
            truncated=walk.truncated or found.truncated or len(depths) > limit,
        )

    async def _linked(self, steps: Sequence[Step], *, tenant_id: str, root_id: str) -> Sequence[LinkedMemory]:
        wanted = [root_id, *dict.fromkeys(step.memory_id for step in steps)]
        by_id = await self.links.memories(tenant_id=tenant_id, memory_ids=wanted)
        if root_id not in by_id:
            raise NotFound("Memory not found")
        # A memory that was hidden since it was reached is left out.
        return [
            LinkedMemory(memory=by_id[step.memory_id], depth=step.depth, link=step.link)
            for step in steps
            if step.memory_id in by_id
        ]

    async def _active(self, memory_ids: Sequence[str], *, tenant_id: str) -> dict[str, Memory]:
        by_id = await self.links.memories(tenant_id=tenant_id, memory_ids=memory_ids)
        if any(memory_id not in by_id for memory_id in memory_ids):
            raise NotFound("Memory not found")
        return dict(by_id)


def _no_path(truncated: bool) -> str:
    if truncated:
        return "No path was found within the limits of the search; it met more links than it may follow"
    return f"No path of at most {paths.MOST_HOPS} hops joins the two memories"
