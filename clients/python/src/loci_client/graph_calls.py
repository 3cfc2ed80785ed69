"""The calls about links between memories. Each function is a method of both clients, docstring included."""

from collections.abc import Iterable, Mapping

from loci_client import decode, problems
from loci_client.addresses import segment
from loci_client.call import Call, body_of, nothing, parameters
from loci_client.errors import ApiError
from loci_client.graph_models import Edge, NewEdge, Path, RelatedMemory, Subgraph, Traversal


def connect(
    from_memory_id: str,
    to_memory_id: str,
    relationship_type: str,
    *,
    weight: float | None = None,
    metadata: Mapping[str, object] | None = None,
    idempotency_key: str | None = None,
) -> Call[Edge]:
    """Link two memories, in this direction; `weight` is from 0 to 1, 1 when not said.

    Raises: LociError; Conflict with the edge's `existing_id` when this very link exists.
    """
    edge = NewEdge(
        from_memory_id=from_memory_id,
        to_memory_id=to_memory_id,
        relationship_type=relationship_type,
        weight=weight,
        metadata=metadata,
    )
    return Call(
        method="POST",
        path="/v1/graph/connect",
        body=_new(edge),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(Edge, answer),
    )


def connect_many(
    edges: Iterable[NewEdge], *, idempotency_key: str | None = None
) -> Call[tuple[Edge | ApiError, ...]]:
    """Link 1 to 500 pairs of memories in order; an item that is refused does not touch the others.

    The outcomes come in the order of the pairs. A refused pair's outcome is the error that `connect` would
    have raised; here it is not raised. Raises: LociError when the request as a whole failed.
    """
    return Call(
        method="POST",
        path="/v1/graph/connect/batch",
        body={"edges": [_new(one) for one in edges]},
        idempotency_key=idempotency_key,
        read=lambda answer: tuple(_outcome(one) for one in decode.items(answer, "results")),
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


def _new(edge: NewEdge) -> dict[str, object]:
    return body_of(
        from_memory_id=edge.from_memory_id,
        to_memory_id=edge.to_memory_id,
        relationship_type=edge.relationship_type,
        weight=edge.weight,
        metadata=edge.metadata,
    )


def _outcome(item: object) -> Edge | ApiError:
    refusal = problems.of_batch_item(item)
    return decode.decode(Edge, item) if refusal is None else refusal
