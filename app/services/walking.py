"""The walk that traversals, paths and drawings share: one question to the store per level."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain import walks
from app.domain.links import Link
from app.domain.walks import Step, WalkPolicy
from app.ports import LinkQuery, LinkStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What a walk reached, level by level, and every link it met; `truncated` where a limit cut it."""

    steps: Sequence[Step]
    links: Sequence[Link]
    truncated: bool


async def walk(
    store: LinkStore,
    start: Sequence[str],
    *,
    tenant_id: str,
    depth: int,
    policy: WalkPolicy,
    relationship_type: str | None = None,
) -> Walk:
    """Walk up to `depth` hops from the memories of `start`, which are no steps themselves.

    Raises: Unavailable.
    """
    underway = _Underway(store, start, tenant_id, policy, relationship_type)
    timer = asyncio.timeout(policy.seconds)
    # However long the first level takes, it is not given up: without it there would be nothing to answer.
    await underway.go_on(depth=1)
    try:
        # Cancelled, a level adds nothing to those before it, and the driver drops its connection.
        async with timer:
            for number in range(2, depth + 1):
                await underway.go_on(depth=number)
    except TimeoutError:
        if not timer.expired():
            raise
        underway.truncated = True
    return Walk(steps=underway.steps, links=underway.links, truncated=underway.truncated)


class _Underway:
    """A walk while it is made. Passed memories were in the frontier before, and all their links are known."""

    def __init__(
        self,
        store: LinkStore,
        start: Sequence[str],
        tenant_id: str,
        policy: WalkPolicy,
        relationship_type: str | None,
    ) -> None:
        self._store = store
        self._frontier: Sequence[str] = list(dict.fromkeys(start))
        self._passed: list[str] = []
        self._asked = LinkQuery(
            tenant_id=tenant_id,
            memory_ids=(),
            relationship_type=relationship_type,
            links_per_memory=policy.links_per_memory,
            limit=policy.links_per_level,
        )
        self.steps: list[Step] = []
        self.links: list[Link] = []
        self.truncated = False

    async def go_on(self, *, depth: int) -> None:
        """Follow the links of the frontier and move it one hop further, if there is one."""
        if not self._frontier:
            return
        found = await self._store.around(replace(self._asked, memory_ids=self._frontier, passed=self._passed))
        frontier = set(self._frontier)
        visited = frontier.union(self._passed)
        level = walks.next_level(found.links, frontier=frontier, visited=visited, depth=depth)
        self._passed += self._frontier
        self._frontier = [step.memory_id for step in level]
        self.steps += level
        self.links += found.links
        self.truncated = self.truncated or found.truncated
