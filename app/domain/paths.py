"""The best path between two memories: over which links the product of the weights is highest."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain import links as linking
from app.domain.links import Link

MOST_HOPS = 6

_DECIMALS_COMPARED = 9
"""Of the logarithm of a product: 0.9 · 0.4 and 0.6 · 0.6 are equal, whatever the last bits say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Memories in order, and the links between them: one less. `weight` is the product of the links'."""

    memory_ids: tuple[str, ...]
    links: tuple[Link, ...]
    weight: float


def best(found: Iterable[Link], *, start: str, end: str, most_hops: int = MOST_HOPS) -> Path | None:
    """The path of the highest product of weights over at most `most_hops` of the links, taken either way.

    Of equals the one with fewer hops, then the one whose memory ids come first, then the link ids; where
    the product is 0, only the hops are sure to count. None when there is no such path; a memory is joined
    with itself by a path without links.
    """
    around = _around(found)
    reached: Mapping[str, Path] = {start: _path((start,), ())}
    arrived = [reached[end]] if end in reached else []
    for _ in range(most_hops):
        reached = _one_hop_further(reached, around)
        arrived += [reached[end]] if end in reached else []
    return min(arrived, key=_rank, default=None)


def _around(found: Iterable[Link]) -> Mapping[str, Sequence[Link]]:
    around: defaultdict[str, list[Link]] = defaultdict(list)
    for link in {link.id: link for link in found}.values():
        around[link.from_memory_id].append(link)
        around[link.to_memory_id].append(link)
    return around


def _one_hop_further(reached: Mapping[str, Path], around: Mapping[str, Sequence[Link]]) -> Mapping[str, Path]:
    # The best path of exactly so many hops to each memory. A longer one may be better where both end and
    # yet have too few hops left to go on, so none replaces another of fewer hops.
    further: dict[str, Path] = {}
    for memory_id, path in reached.items():
        for link in around.get(memory_id, ()):
            longer = _extended(path, link)
            rival = further.get(longer.memory_ids[-1])
            if rival is None or _rank(longer) < _rank(rival):
                further[longer.memory_ids[-1]] = longer
    return further


def _extended(path: Path, link: Link) -> Path:
    memory_id = linking.other_end(link, path.memory_ids[-1])
    return _path((*path.memory_ids, memory_id), (*path.links, link))


def _path(memory_ids: tuple[str, ...], links: tuple[Link, ...]) -> Path:
    weight = math.prod(link.weight for link in links)
    return Path(memory_ids=memory_ids, links=links, weight=weight)


def _rank(path: Path) -> tuple[float, int, tuple[str, ...], tuple[str, ...]]:
    faintness = -math.fsum(math.log(link.weight) if link.weight else -math.inf for link in path.links)
    link_ids = tuple(link.id for link in path.links)
    return (round(faintness, _DECIMALS_COMPARED), len(path.links), path.memory_ids, link_ids)
