"""What the service answers about links between memories, as frozen values; they know no HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEdge:
    """Two memories to link, for `connect_many`; `weight` is from 0 to 1, 1 when not said."""

    from_memory_id: str
    to_memory_id: str
    relationship_type: str
    weight: float | None = None
    metadata: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedFrom:
    """Where an edge came from when its memory took the place of an older one."""

    edge_id: str
    memory_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A link between two memories; `weight` is in [0, 1]."""

    id: str
    from_memory_id: str
    to_memory_id: str
    relationship_type: str
    weight: float
    metadata: Mapping[str, object]
    created_at: datetime
    carried_from: CarriedFrom | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachingEdge:
    """The edge over which a memory was reached; `created_at` comes with `related` only."""

    id: str
    relationship_type: str
    weight: float
    metadata: Mapping[str, object]
    carried_from: CarriedFrom | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraversedMemory:
    """A memory that a traversal reached; `depth` counts the hops from the root, from 1."""

    memory_id: str
    fact: str
    importance: float
    source: str
    namespace: str
    created_at: datetime
    depth: int
    edge: ReachingEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class Traversal:
    """The memories around a root, nearest first; `truncated` when a limit cut the walk."""

    root_memory_id: str
    max_depth: int
    node_count: int
    nodes: tuple[TraversedMemory, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedMemory:
    """A memory one edge away; a memory behind several edges comes once for each."""

    memory_id: str
    fact: str
    importance: float
    source: str
    namespace: str
    created_at: datetime
    edge: ReachingEdge


@dataclass(frozen=True, slots=True, kw_only=True)
class PathMemory:
    """A memory on a path."""

    memory_id: str
    fact: str
    importance: float
    source: str
    namespace: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The best path between two memories: `nodes` with both ends, and the `edges` between them, in order.

    `weight` is the product of the edges' weights; `truncated` when a limit may have hidden a better path.
    """

    from_memory_id: str
    to_memory_id: str
    hop_count: int
    weight: float
    nodes: tuple[PathMemory, ...]
    edges: tuple[Edge, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMemory:
    """A memory in a subgraph, with a `caption` to write beside it; those asked for have depth 0."""

    memory_id: str
    fact: str
    importance: float
    source: str
    namespace: str
    created_at: datetime
    caption: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgraph:
    """Memories and the edges among them, to draw; `truncated` when a limit left some out."""

    max_depth: int
    limit: int
    node_count: int
    edge_count: int
    nodes: tuple[DrawnMemory, ...]
    edges: tuple[Edge, ...]
    truncated: bool = False
