"""Walking from memory to memory over links, level by level, each memory once and at its smallest depth."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.domain import links as linking
from app.domain.links import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkPolicy:
    """How far a walk goes before it says that it was cut.

    At most `links_per_memory` links of one memory and `links_per_level` of one level are followed, the
    strongest first; a level beyond the first is given up when they together take more than `seconds`.
    A hub of 10,000 links is cut by the first of the limits and answers in well under a second.
    """

    links_per_memory: int = 500
    links_per_level: int = 1000
    seconds: float = 2.0

    def __post_init__(self) -> None:
        if min(self.links_per_memory, self.links_per_level) < 1 or self.seconds <= 0:
            raise ValueError("a walk must be allowed at least one link and some time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A memory that a walk reached: at `depth` hops, from 1, by `link`."""

    memory_id: str
    depth: int
    link: Link


def next_level(
    found: Iterable[Link], *, frontier: Collection[str], visited: Collection[str], depth: int
) -> Sequence[Step]:
    """The memories that lie one hop beyond the frontier and were not visited before.

    `found` are links with an end in the frontier, which is part of `visited`. Of several links to one
    memory the strongest counts, then the smallest id. Strongest first, then by memory id.
    """
    best: dict[str, Link] = {}
    for link in linking.strongest_first(found):
        for near, far in _directions(link):
            if near in frontier and far not in visited:
                best.setdefault(far, link)
    steps = [Step(memory_id=memory_id, depth=depth, link=link) for memory_id, link in best.items()]
    return sorted(steps, key=lambda one: (-one.link.weight, one.memory_id))


def _directions(link: Link) -> Sequence[tuple[str, str]]:
    return ((link.from_memory_id, link.to_memory_id), (link.to_memory_id, link.from_memory_id))
