"""Between rows and models: times, JSON text, vectors and scores take their form here and nowhere else."""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from neo4j.vector import Vector as BoltVector

from app.domain import history
from app.domain import links as linking
from app.domain import text as texts
from app.domain.admission import Candidate, Supersession, Suspicion
from app.domain.links import CarriedFrom, Link
from app.domain.models import (
    ApiKey,
    JsonObject,
    JsonValue,
    Memory,
    MemoryStatus,
    Neighbour,
    Scope,
    Tenant,
    Vector,
    Visibility,
)
from app.domain.spaces import Space
from app.graph.driver import Row

_COMPARED_TERMS = 200
"""Facts are short; of a longer text the first words say what it is about."""
_NO_WORD = "0"
"""Looked for in place of nothing, which the index cannot be asked for."""
_EXPONENTS_FROM = 1e16
"""Where Python begins to write whole floats with an exponent."""


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
        space_id=row["space_id"],
        visibility=Visibility(row["visibility"]),
        text=row["text"],
        caption=row["caption"],
        title=row["title"] or "",
        speaker=row["speaker"] or "",
        conversation_id=row["conversation_id"],
        turn=row["turn"],
        content_hash=row["content_hash"],
        importance=row["importance"],
        source=row["source"],
        metadata=json.loads(row["metadata"]),
        status=MemoryStatus(row["status"]),
        version=row["version"],
        replaced_by=row.get("replaced_by"),
        valid_from=moment(row["valid_from"]),
        valid_to=moment(row["valid_to"]),
        refreshed_at=moment(row["refreshed_at"]),
        recorded_at=moment(row["recorded_at"]),
        retired_at=moment(row["retired_at"]),
    )


def neighbour(row: Row) -> Neighbour:
    """The memory of a row with its cosine. Neo4j's vector indexes score (1 + cosine) / 2."""
    return Neighbour(memory=memory(row), cosine=2.0 * row["index_score"] - 1.0)


def tenant(row: Row) -> Tenant:
    """The tenant of a row."""
    return Tenant(id=row["id"], name=row["name"], created_at=moment(row["created_at"]))


def api_key(row: Row) -> ApiKey:
    """The key of a row."""
    last_used_at = row["last_used_at"]
    return ApiKey(
        id=row["id"],
        tenant_id=row["tenant_id"],
        digest=row["digest"],
        label=row["label"],
        created_at=moment(row["created_at"]),
        last_used_at=None if last_used_at is None else moment(last_used_at),
    )


def space(row: Row) -> Space:
    """The space of a row."""
    return Space(
        id=row["id"], tenant_id=row["tenant_id"], name=row["name"], created_at=moment(row["created_at"])
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
        created_at=moment(row["created_at"]),
        metadata=json.loads(row["metadata"]),
        carried_from=None if edge_id is None else CarriedFrom(edge_id=edge_id, memory_id=memory_id),
    )


def link_parameters(one: Link) -> Mapping[str, Any]:
    """A new link as it is written."""
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
    """What a candidate is compared by; `held_before` only for one that was told as past."""
    one = candidate.memory
    return {
        "id": one.id,
        "scope_id": one.scope_id,
        "team_id": one.team_id,
        "namespace": one.namespace,
        "content_hash": one.content_hash,
        "held_before": one.valid_from if one.valid_from < one.recorded_at else None,
        "words": _compared_words(one.text),
        "vector": vector_parameter(candidate.vector),
    }


def _compared_words(text: str) -> str:
    """The first words of a text, as plain terms of the full-text index."""
    room, kept = _COMPARED_TERMS, list[str]()
    for word in texts.words(text):
        # The index cuts scripts without spaces into single letters, each a term of its own.
        kept.append(word if word.isascii() else word[:room])
        room -= 1 if word.isascii() else len(kept[-1])
        if room <= 0:
            break
    return " ".join(kept) or _NO_WORD


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
        "space_id": one.space_id,
        "visibility": one.visibility.value,
        "text": one.text,
        "caption": one.caption,
        "title": one.title or None,
        "speaker": one.speaker or None,
        "conversation_id": one.conversation_id,
        "turn": one.turn,
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


def passage_parameters(candidate: Candidate) -> Sequence[Mapping[str, Any]]:
    """The passages of a candidate as they are written. Their ids follow from the memory's and the order."""
    return [
        {
            "id": f"{candidate.memory.id}:{position}",
            "memory_id": candidate.memory.id,
            "position": position,
            "text": passage.text,
            "caption": texts.caption(passage.text),
            "vector": vector_parameter(passage.vector),
        }
        for position, passage in enumerate(candidate.passages)
    ]


def supersession_parameter(one: Supersession) -> Mapping[str, Any]:
    """A supersession as it is written."""
    return {
        "old_id": one.old_id,
        "new_id": one.new_id,
        "reason": one.reason,
        "evidence": history.evidence_lines(one.evidence),
        "at": one.at,
        "valid_to": one.valid_to,
    }


def suspicion_parameter(one: Suspicion) -> Mapping[str, Any]:
    """A pair that may contradict each other, as it is written."""
    # Made from the pair, so that a repeated transaction writes the same.
    conflict_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{one.new_id} {one.old_id}"))
    return {"old_id": one.old_id, "new_id": one.new_id, "id": conflict_id, "reason": one.reason, "at": one.at}


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
        "lock_id": scope.lock_id,
        "kind": scope.kind.value,
        "user_id": scope.user_id or None,
        "namespace": scope.namespace,
        "agent_id": scope.agent_id,
        "team_id": scope.team_id,
        "space_id": scope.space_id,
        "caption": " · ".join(filter(None, (scope.user_id, scope.kind.value, scope.namespace))),
    }


def texts_in_metadata(wanted: JsonObject) -> list[str]:
    """What the JSON text of any metadata holds that has these members, as far as that can be said.

    >>> texts_in_metadata({"type": "note", "page": 1.0, "tags": ["a"]})
    ['"type":"note"', '"page":1', '"tags":']
    """
    return [f"{_json(key)}:{_beginning_of_json(value)}" for key, value in wanted.items()]


def _beginning_of_json(value: JsonValue) -> str:
    """How the JSON text of every equal value begins: 1 and 1.0 are equal, 1e16 has many digits or few."""
    if isinstance(value, str | bool) or value is None:
        return _json(value)
    if isinstance(value, int | float) and 0 < abs(value) < _EXPONENTS_FROM:
        return _json(value).removesuffix(".0")
    return ""


def _json(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def moment(value: str) -> datetime:
    """A time as statements return it."""
    # Statements return times as ISO 8601 text: the driver's own type takes 30 µs each to become one of
    # Python's, which was three quarters of the time of a search.
    return datetime.fromisoformat(value).astimezone(UTC)
