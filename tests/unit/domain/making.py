"""Memories and neighbours for tests of the domain: only what a test is about has to be said."""

from datetime import UTC, datetime, timedelta

import numpy as np

from app.domain import text as texts
from app.domain.admission import Candidate
from app.domain.models import JsonObject, Memory, Neighbour, Vector

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def memory(
    memory_id: str = "m1",
    *,
    text: str = "Likes tea",
    scope_id: str = "s1",
    importance: float = 0.5,
    age_days: float = 0.0,
    metadata: JsonObject | None = None,
) -> Memory:
    """A memory refreshed `age_days` before `NOW`."""
    at = NOW - timedelta(days=age_days)
    return Memory(
        id=memory_id,
        tenant_id="t1",
        scope_id=scope_id,
        user_id="ann",
        namespace="default",
        text=text,
        content_hash=texts.content_hash(text),
        importance=importance,
        source="conversation",
        valid_from=at,
        recorded_at=at,
        refreshed_at=at,
        metadata=metadata or {},
    )


def neighbour(one: Memory, cosine: float) -> Neighbour:
    """The memory at that cosine."""
    return Neighbour(memory=one, cosine=cosine)


def candidate(one: Memory, *, vector: Vector | None = None) -> Candidate:
    """The memory as it would be stored; without a vector, one that is orthogonal to nothing."""
    unit = np.array([1, 0], dtype=np.float32)
    return Candidate(memory=one, vector=unit if vector is None else vector)
