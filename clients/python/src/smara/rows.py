"""Answers that are dictionaries and also answer to attribute access. They hold what came, unchanged."""

from typing import Any


class StoreResult(dict[str, Any]):
    """What became of a fact: `result["id"]` or `result.id`; it prints as a plain dictionary."""

    action: str
    id: str
    source: str
    namespace: str
    team_id: str
    replaced_id: str
    replaced_ids: list[str]

    def __getattr__(self, name: str) -> Any:
        return _value(self, name)


class Memory(dict[str, Any]):
    """A memory: `memory["score"]` or `memory.score`; which members it has depends on the call."""

    id: str
    fact: str
    importance: float
    decay_score: float
    similarity: float
    score: float
    source: str
    namespace: str
    created_at: str
    metadata: dict[str, Any]
    status: str
    replaced_by: str | None
    history: list[dict[str, Any]]
    user_id: str
    agent_id: str | None
    team_id: str | None
    visibility: str
    refreshed_at: str

    def __getattr__(self, name: str) -> Any:
        return _value(self, name)


def _value(row: dict[str, Any], name: str) -> Any:
    try:
        return row[name]
    except KeyError:
        raise AttributeError(f"{type(row).__name__} has no {name!r}; it has {', '.join(row)}") from None
