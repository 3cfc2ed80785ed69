"""Between rows and models: times, JSON text, vectors and scores take their form here and nowhere else."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from neo4j.vector import Vector as BoltVector

from app.domain import links as linking
from app.domain.admission import Candidate
from app.domain.links import CarriedFrom, Link
from app.domain.models import (
    ApiKey,
    JsonObject,
    Memory,
    MemoryStatus,
    Neighbour,
    Scope,
    Tenant,
    Vector,
    Visibility,
)
from app.graph.driver import Row


def memory(row: Row) -> Memory:
    """The memory of a row; `replaced_by` is None where the statement does not ask for it."""
    return Memory(
        id=row["id"],
        tenant_id=row["tenant_id"],
        scope_id=row["scope_id"],
        user_id=row["user_id"],
        namespace=row["namespace"],
        agent_id=row["agent_id"],
        team_id=row["team_id"],
        visibility=Visibility(row["visibility"]),
        text=row["text"],
        caption=row["caption"],
        content_hash=row["content_hash"],
        importance=row["importance"],
        source=row["source"],
        metadata=json.loads(row["metadata"]),
        status=MemoryStatus(row["status"]),
        version=row["version"],
        replaced_by=row.get("replaced_by"),
        valid_from=_time(row["valid_from"]),
        valid_to=_time(row["valid_to"]),
        refreshed_at=_time(row["refreshed_at"]),
        recorded_at=_time(row["recorded_at"]),
        retired_at=_time(row["retired_at"]),
    )


def neighbour(row: Row) -> Neighbour:
    """The memory of a row with its cosine. Neo4j's vector indexes score (1 + cosine) / 2."""
    return Neighbour(memory=memory(row), cosine=2.0 * row["index_score"] - 1.0)


def tenant(row: Row) -> Tenant:
    """The tenant of a row."""
    return Tenant(id=row["id"], name=row["name"], created_at=_time(row["created_at"]))


def api_key(row: Row) -> ApiKey:
    """The key of a row."""
    last_used_at = row["last_used_at"]
    return ApiKey(
        id=row["id"],
        tenant_id=row["tenant_id"],
        digest=row["digest"],
        label=row["label"],
        created_at=_time(row["created_at"]),
        last_used_at=None if last_used_at is None else _time(last_used_at),
    )


def link(row: Row) -> Link:
    """The link of a row."""
    edge_id, memory_id = row["carried_from_edge_id"], row["carried_from_memory_id"]
    return Link(
        id=row["id"],
        from_memory_id=row["from_memory_id"],
        to_memory_id=row["to_memory_id"],
        relationship_type=row["relationship_type"],
        weight=row["weight"],
        created_at=_time(row["created_at"]),
        metadata=json.loads(row["metadata"]),
        carried_from=None if edge_id is None else CarriedFrom(edge_id=edge_id, memory_id=memory_id),
    )


def link_parameters(one: Link) -> Mapping[str, Any]:
    """A new link as it is written, one parameter each."""
    return {
        "id": one.id,
        "from_memory_id": one.from_memory_id,
        "to_memory_id": one.to_memory_id,
        "graph_type": linking.graph_type(one.relationship_type),
        "relationship_type": one.relationship_type,
        "weight": float(one.weight),
        "metadata": _json(one.metadata),
        "created_at": one.created_at,
    }


def vector_parameter(vector: Vector) -> BoltVector:
    """A vector as the driver sends it: single precision, a third of the size of a list of numbers."""
    return BoltVector.from_numpy(vector)  # pyright: ignore[reportUnknownMemberType]  # untyped numpy


def comparison_parameter(candidate: Candidate) -> Mapping[str, Any]:
    """What a candidate is compared by."""
    return {
        "id": candidate.memory.id,
        "scope_id": candidate.memory.scope_id,
        "content_hash": candidate.memory.content_hash,
        "vector": vector_parameter(candidate.vector),
    }


def creation_parameter(candidate: Candidate) -> Mapping[str, Any]:
    """A candidate with everything that is written of a new memory."""
    one = candidate.memory
    return {
        "id": one.id,
        "scope_id": one.scope_id,
        "user_id": one.user_id,
        "namespace": one.namespace,
        "agent_id": one.agent_id,
        "team_id": one.team_id,
        "visibility": one.visibility.value,
        "text": one.text,
        "caption": one.caption,
        "content_hash": one.content_hash,
        "importance": float(one.importance),
        "source": one.source,
        "metadata": _json(one.metadata),
        "status": one.status.value,
        "version": one.version,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "refreshed_at": one.refreshed_at,
        "recorded_at": one.recorded_at,
        "retired_at": one.retired_at,
        "vector": vector_parameter(candidate.vector),
    }


def refresh_parameter(one: Memory) -> Mapping[str, Any]:
    """What a repeated fact changes of a memory."""
    return {
        "id": one.id,
        "refreshed_at": one.refreshed_at,
        "metadata": _json(one.metadata),
        "version": one.version,
    }


def scope_parameter(scope: Scope) -> Mapping[str, Any]:
    """A scope as it is written."""
    return {
        "id": scope.id,
        "kind": scope.kind.value,
        "user_id": scope.user_id,
        "namespace": scope.namespace,
    }


def _json(metadata: JsonObject) -> str:
    return json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))


def _time(value: str) -> datetime:
    # Statements return times as ISO 8601 text: the driver's own type takes 30 µs each to become one of
    # Python's, which was three quarters of the time of a search.
    return datetime.fromisoformat(value).astimezone(UTC)
