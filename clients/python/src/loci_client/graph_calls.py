"""The calls about links between memories. Each function is a method of both clients, docstring included."""

from collections.abc import Iterable, Mapping

from loci_client import decode
from loci_client.addresses import segment
from loci_client.call import Call, body_of, nothing, parameters
from loci_client.graph_models import Edge, Path, RelatedMemory, Subgraph, Traversal


def connect(
    from_memory_id: str,
    to_memory_id: str,
    relationship_type: str,
    *,
    weight: float | None = None,
    metadata: Mapping[str, object] | None = None,
) -> Call[Edge]:
    """Link two memories, in this direction; `weight` is from 0 to 1, 1 when not said.

    Raises: LociError; Conflict with the edge's `existing_id` when this very link exists.
    """
    return Call(
        method="POST",
        path="/v1/graph/connect",
        body=body_of(
            from_memory_id=from_memory_id,
            to_memory_id=to_memory_id,
            relationship_type=relationship_type,
            weight=weight,
            metadata=metadata,
        ),
        read=lambda answer: decode.decode(Edge, answer),
    )


def traverse(
    memory_id: str, *, depth: int | None = None, relationship_type: str | None = None
) -> Call[Traversal]:
    """Walk the links around a memory, both ways; at most 5 hops, 2 when not said. Raises: LociError."""
    return Call(
        method="GET",
        path=f"/v1/graph/traverse/{segment(memory_id)}",
        query=parameters(depth=depth, relationship_type=relationship_type),
        read=lambda answer: decode.decode(Traversal, answer),
    )


def related(
    memory_id: str, *, relationship_type: str | None = None, limit: int | None = None
) -> Call[tuple[RelatedMemory, ...]]:
    """List what is one link away, strongest first; at most 100, 20 when not said. Raises: LociError."""
    return Call(
        method="GET",
        path=f"/v1/graph/related/{segment(memory_id)}",
        query=parameters(relationship_type=relationship_type, limit=limit),
        read=lambda answer: decode.decode_items(RelatedMemory, answer, "related"),
    )


def path(from_memory_id: str, to_memory_id: str) -> Call[Path]:
    """Find the path of the strongest links between two memories; at most 6 hops.

    Raises: LociError; NotFound also when no path joins them.
    """
    return Call(
        method="GET",
        path="/v1/graph/path",
        query=parameters(from_memory_id=from_memory_id, to_memory_id=to_memory_id),
        read=lambda answer: decode.decode(Path, answer),
    )


def subgraph(
    memory_ids: Iterable[str], *, depth: int | None = None, limit: int | None = None
) -> Call[Subgraph]:
    """Get what lies around 1 to 50 memories, to draw it; at most 3 hops and 500 memories.

    When not said, 1 hop and 100 memories. Raises: LociError.
    """
    return Call(
        method="GET",
        path="/v1/graph/subgraph",
        query=parameters(ids=",".join(memory_ids), depth=depth, limit=limit),
        read=lambda answer: decode.decode(Subgraph, answer),
    )


def delete_edge(edge_id: str) -> Call[None]:
    """Remove a link; the memories stay. Raises: LociError."""
    return Call(method="DELETE", path=f"/v1/graph/edge/{segment(edge_id)}", read=nothing)
