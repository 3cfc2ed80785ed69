"""The requests of the evaluation and what is read of their answers."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx2
from pydantic import BaseModel, Field

from app.cli.evaluation.recall import metrics, sets
from app.cli.evaluation.recall.rows import Row
from app.cli.evaluation.recall.sets import Item
from app.domain import text as texts
from app.errors import Unavailable

_REFUSED, _UNAVAILABLE = 400, 503
"""Statuses of HTTP: the least one of a refusal, and that of a database that did not answer."""

_ATTEMPTS = 6
"""A busy machine may take longer than a transaction may last; a question is asked only once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A memory to store and whose it is to be."""

    user_id: str
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The ids that came back, best first, and how long that took.

    `tokens` counts the rendered context, where one was asked for; `left_out` lanes failed or were late.
    """

    ids: Sequence[str]
    milliseconds: float
    tokens: int | None = None
    left_out: int = 0


class _Stored(BaseModel):
    status: int
    id: str = ""
    error: str = ""


class _Batch(BaseModel):
    results: list[_Stored]


class _Result(BaseModel):
    id: str


class _Recalled(BaseModel):
    results: list[_Result]
    tokens: int | None = None
    degraded: list[object] = Field(default_factory=list[object])


class _Memory(BaseModel):
    fact: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A service that is spoken to by HTTP."""

    http: httpx2.AsyncClient

    async def store(self, owned: Sequence[Owned]) -> list[str]:
        """Store at most 500 memories, in order; the id of the memory that now holds each.

        Raises: Unavailable.
        """
        answer = _Batch.model_validate_json(_sound(await self._batch(owned)))
        refused = next((one for one in answer.results if one.status >= _REFUSED), None)
        if refused is not None:
            raise Unavailable(f"The service refused a memory of the set: {refused.error}")
        return [one.id for one in answer.results]

    async def _batch(self, owned: Sequence[Owned]) -> httpx2.Response:
        body = {"memories": [_memory(one) for one in owned]}
        answer = await self.http.post("/v1/memories/batch", json=body)
        for _ in range(_ATTEMPTS - 1):
            # What was stored already is known then, and has its id.
            if answer.status_code == _UNAVAILABLE:
                answer = await self.http.post("/v1/memories/batch", json=body)
        return answer

    async def recall(self, query: str, *, user_id: str, row: Row) -> Answer:
        """Ask one question. Raises: Unavailable."""
        body = _question(query, user_id, row)
        began = time.perf_counter()
        content = _sound(await self.http.post("/v1/recall", json=body))
        milliseconds = (time.perf_counter() - began) * 1000
        answer = _Recalled.model_validate_json(content)
        return Answer(
            ids=[one.id for one in answer.results],
            milliseconds=milliseconds,
            tokens=answer.tokens,
            left_out=len(answer.degraded),
        )

    async def holds(self, memory_id: str, *, fact: str) -> bool:
        """Whether that memory can be recalled and says this. Raises: Unavailable."""
        memory = _Memory.model_validate_json(_sound(await self.http.get(f"/v1/memories/{memory_id}")))
        is_same = texts.content_hash(memory.fact) == texts.content_hash(sets.fitting(fact))
        return memory.status == "active" and is_same


def _memory(owned: Owned) -> dict[str, str]:
    item = owned.item
    given = {
        "user_id": owned.user_id,
        "fact": sets.fitting(item.fact),
        "title": item.title,
        "speaker": item.speaker,
        "conversation_id": item.conversation_id,
        "created_at": None if item.created_at is None else item.created_at.isoformat(),
        "on_conflict": item.on_conflict,
    }
    return {name: value for name, value in given.items() if value}


def _question(query: str, user_id: str, row: Row) -> dict[str, object]:
    given = {
        "lanes": None if row.lanes is None else list(row.lanes),
        "decay_weight": row.decay_weight,
        "token_budget": row.token_budget,
    }
    asked: dict[str, object] = {"query": query, "scopes": [{"user_id": user_id}], "limit": metrics.DEPTH}
    return asked | {name: value for name, value in given.items() if value is not None}


def _sound(answer: httpx2.Response) -> bytes:
    if answer.is_error:
        path = answer.request.url.path
        raise Unavailable(f"{path} failed with {answer.status_code}: {answer.text[:200]}")
    return answer.content
