"""Memories for tests of stores: only what a test is about has to be said."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import uuid6

from app.domain import scope as scopes
from app.domain import text as texts
from app.domain.admission import Candidate
from app.domain.models import JsonObject, Memory, Scope, Vector, Visibility
from app.embedding import DeterministicEmbedder
from app.ports import MemoryStore, MemoryTransaction

MODEL = DeterministicEmbedder().model
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def scope_of(tenant_id: str, *, user_id: str = "ann", namespace: str = "default") -> Scope:
    return scopes.user_scope(tenant_id=tenant_id, user_id=user_id, namespace=namespace)


def memory(
    scope: Scope,
    text: str = "Likes tea",
    *,
    at: datetime = NOW,
    source: str = "api",
    importance: float = 0.5,
    visibility: Visibility = Visibility.PRIVATE,
    metadata: JsonObject | None = None,
) -> Memory:
    return Memory(
        id=str(uuid6.uuid7()),
        tenant_id=scope.tenant_id,
        scope_id=scope.id,
        user_id=scope.user_id,
        namespace=scope.namespace,
        agent_id=scope.agent_id,
        team_id=scope.team_id,
        space_id=scope.space_id,
        text=text,
        caption=texts.caption(text),
        content_hash=texts.content_hash(text),
        importance=importance,
        source=source,
        visibility=visibility,
        metadata=metadata or {},
        valid_from=at,
        recorded_at=at,
        refreshed_at=at,
    )


def axis(index: int, *, cosine: float = 1.0) -> Vector:
    """A vector at that cosine to the axis `index`, leaning towards the next axis."""
    vector = np.zeros(MODEL.dimensions, dtype=np.float32)
    vector[index] = cosine
    vector[index + 1] = np.sqrt(1 - cosine**2)
    return vector


def random_vectors(count: int, *, seed: int) -> Sequence[Vector]:
    vectors = np.random.default_rng(seed).standard_normal((count, MODEL.dimensions))
    return list((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32))


async def store(
    memories: MemoryStore, scope: Scope, *candidates: Memory, vectors: Sequence[Vector] | None = None
) -> None:
    """Write memories of one scope; without vectors, each has a random one."""
    given = vectors if vectors is not None else random_vectors(len(candidates), seed=len(candidates))
    made = [Candidate(memory=one, vector=vector) for one, vector in zip(candidates, given, strict=True)]

    async def create(transaction: MemoryTransaction) -> None:
        await transaction.lock(tenant_id=scope.tenant_id, lock_ids=[scope.lock_id])
        await transaction.create(made, tenant_id=scope.tenant_id, scopes=[scope])

    await memories.write(create)
