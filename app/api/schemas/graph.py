"""Walks, paths and drawings on the wire: what they are asked for, and what they answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self, TypedDict

from pydantic import AfterValidator, AliasChoices, BaseModel, Field, WithJsonSchema

from app.api.schemas.answer import Answer
from app.api.schemas.edges import DatedEdge, Edge, EdgeRead
from app.api.schemas.values import RelationshipType, ShownNumber, ShownTime, UpTo3, UpTo5, UpTo100, UpTo500
from app.domain.models import Memory
from app.services.traverse import Drawing, DrawnMemory, FoundPath, LinkedMemory, Traversal

_MOST_DRAWN_IDS = 50
_TRUNCATED = "Whether a limit on fan-out or time cut the walk."
_ONLY_TYPE = "Only edges of exactly this type."


def _ids(value: str) -> str:
    if len(ids_of(value)) not in range(1, _MOST_DRAWN_IDS + 1):
        raise ValueError(f"must name 1 to {_MOST_DRAWN_IDS} memories, with commas between their ids")
    return value


def ids_of(value: str) -> list[str]:
    """The ids of a list with commas, each once.

    >>> ids_of("b2, c3,,b2")
    ['b2', 'c3']
    """
    return list(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))


class TraverseQuery(BaseModel):
    """How far to walk, and over which edges."""

    depth: Annotated[UpTo5, Field(description="How many hops at most; clamped into 1 to 5.")] = 2
    relationship_type: Annotated[RelationshipType | None, Field(description=_ONLY_TYPE)] = None


class RelatedQuery(BaseModel):
    """Which edges of a memory, and how many."""

    relationship_type: Annotated[RelationshipType | None, Field(description=_ONLY_TYPE)] = None
    limit: Annotated[UpTo100, Field(description="How many at most; clamped into 1 to 100.")] = 20


class PathQuery(BaseModel):
    """From where to where."""

    from_memory_id: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("from_memory_id", "from"), description="The memory to start from."
        ),
    ]
    to_memory_id: Annotated[
        str,
        Field(validation_alias=AliasChoices("to_memory_id", "to"), description="The memory to arrive at."),
    ]


class SubgraphQuery(BaseModel):
    """What to draw: some memories and what lies around them."""

    ids: Annotated[
        str,
        AfterValidator(_ids),
        Field(description=f"The ids of 1 to {_MOST_DRAWN_IDS} memories, with commas between them."),
        WithJsonSchema({"type": "string"}),
    ]
    depth: Annotated[UpTo3, Field(description="How many hops at most; clamped into 1 to 3.")] = 1
    limit: Annotated[UpTo500, Field(description="How many memories at most; clamped into 1 to 500.")] = 100


class _Node(Answer):
    memory_id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    source: Annotated[str, Field(description="Where it came from.")]
    namespace: Annotated[str, Field(description="The namespace it lies in.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]


class TraversedNode(_Node):
    """A memory that a traversal reached."""

    depth: Annotated[int, Field(description="How many hops from the root, from 1.")]
    edge: Annotated[
        Edge, Field(description="The edge by which it is reached there; the strongest of several.")
    ]

    @classmethod
    def of(cls, one: LinkedMemory) -> Self:
        """The view of a memory that was reached."""
        return cls(**_node_members(one.memory), depth=one.depth, edge=Edge.of(one.link))


class RelatedNode(_Node):
    """A memory that an edge joins with the one asked about."""

    edge: Annotated[DatedEdge, Field(description="The edge.")]

    @classmethod
    def of(cls, one: LinkedMemory) -> Self:
        """The view of a memory at the other end of a link."""
        return cls(**_node_members(one.memory), edge=DatedEdge.of(one.link))


class PathNode(_Node):
    """A memory on a path."""

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The view of a memory on a path."""
        return cls(**_node_members(memory))


class DrawnNode(_Node):
    """A memory in a drawing."""

    caption: Annotated[str, Field(description="A short form of the text.")]
    depth: Annotated[int, Field(description="How many hops from the nearest memory asked for, from 0.")]

    @classmethod
    def of(cls, one: DrawnMemory) -> Self:
        """The view of a memory in a drawing."""
        return cls(**_node_members(one.memory), caption=one.memory.caption, depth=one.depth)


class TraversalRead(Answer):
    """What was reached: by depth, then weight of the edge, highest first, then memory id."""

    root_memory_id: Annotated[str, Field(description="The memory that the walk started from.")]
    max_depth: Annotated[int, Field(description="The depth after clamping.")]
    node_count: Annotated[int, Field(description="How many memories were reached.")]
    nodes: Annotated[list[TraversedNode], Field(description="Each memory once, at its smallest depth.")]
    truncated: Annotated[bool, Field(description=_TRUNCATED)]

    @classmethod
    def of(cls, traversal: Traversal, *, root_id: str, depth: int) -> Self:
        """The answer to a traversal."""
        nodes = [TraversedNode.of(one) for one in traversal.nodes]
        return cls(
            root_memory_id=root_id,
            max_depth=depth,
            node_count=len(nodes),
            nodes=nodes,
            truncated=traversal.truncated,
        )


class RelatedRead(Answer):
    """What edges join with a memory: by weight, highest first, then memory id, then edge id."""

    memory_id: Annotated[str, Field(description="The memory that was asked about.")]
    related: Annotated[list[RelatedNode], Field(description="One entry per edge.")]

    @classmethod
    def of(cls, related: Iterable[LinkedMemory], *, memory_id: str) -> Self:
        """The answer to a request for related memories."""
        return cls(memory_id=memory_id, related=[RelatedNode.of(one) for one in related])


class PathRead(Answer):
    """The best path between two memories, over edges taken either way."""

    from_memory_id: Annotated[str, Field(description="The memory it starts from.")]
    to_memory_id: Annotated[str, Field(description="The memory it arrives at.")]
    hop_count: Annotated[int, Field(description="How many edges it has; at most 6.")]
    weight: Annotated[ShownNumber, Field(description="The product of the edges' weights.")]
    nodes: Annotated[list[PathNode], Field(description="The memories in order, both ends included.")]
    edges: Annotated[list[EdgeRead], Field(description="The edges between them, in order.")]
    truncated: Annotated[bool, Field(description=_TRUNCATED + " A better path may then lie unseen.")]

    @classmethod
    def of(cls, path: FoundPath) -> Self:
        """The answer to a request for a path."""
        return cls(
            from_memory_id=path.memories[0].id,
            to_memory_id=path.memories[-1].id,
            hop_count=len(path.links),
            weight=path.weight,
            nodes=[PathNode.of(memory) for memory in path.memories],
            edges=[EdgeRead.of(link) for link in path.links],
            truncated=path.truncated,
        )


class SubgraphRead(Answer):
    """Memories and edges to draw."""

    max_depth: Annotated[int, Field(description="The depth after clamping.")]
    limit: Annotated[int, Field(description="The limit after clamping.")]
    node_count: Annotated[int, Field(description="How many memories there are.")]
    edge_count: Annotated[int, Field(description="How many edges there are.")]
    nodes: Annotated[list[DrawnNode], Field(description="By depth; those asked for come first.")]
    edges: Annotated[list[EdgeRead], Field(description="Edges with both ends among them, strongest first.")]
    truncated: Annotated[bool, Field(description="Whether a limit left memories or edges out.")]

    @classmethod
    def of(cls, drawing: Drawing, *, query: SubgraphQuery) -> Self:
        """The answer to a request for a drawing."""
        return cls(
            max_depth=query.depth,
            limit=query.limit,
            node_count=len(drawing.nodes),
            edge_count=len(drawing.links),
            nodes=[DrawnNode.of(one) for one in drawing.nodes],
            edges=[EdgeRead.of(link) for link in drawing.links],
            truncated=drawing.truncated,
        )


class _NodeMembers(TypedDict):
    memory_id: str
    fact: str
    importance: float
    source: str
    namespace: str
    created_at: datetime


def _node_members(memory: Memory) -> _NodeMembers:
    return {
        "memory_id": memory.id,
        "fact": memory.text,
        "importance": memory.importance,
        "source": memory.source,
        "namespace": memory.namespace,
        "created_at": memory.valid_from,
    }
