"""The HTTP edge over a recall that answers as it is told, and keeps what it is asked."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast

import httpx2

from app.domain.models import Memory
from app.domain.recall import Hit, LaneScores
from app.errors import LociError
from app.services import Recall
from app.services.recall import Recalled, RecallRequest, WhyNot
from tests.unit.api.edge import Edge
from tests.unit.api.edge import opened as opened_edge

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
NOTHING = Recalled(hits=[])
MEMORY = Memory(
    id="m1",
    tenant_id="t",
    scope_id="s",
    user_id="ann",
    namespace="default",
    text="Likes tea",
    content_hash="h",
    importance=0.5,
    source="api",
    valid_from=NOON,
    recorded_at=NOON,
    refreshed_at=NOON,
)
HIT = Hit(memory=MEMORY, score=0.71236, similarity=0.61236, decay=0.99996, lanes=LaneScores())


class ScriptedRecall:
    """Answers every question with `says`, or raises it."""

    def __init__(self, says: Recalled | WhyNot | LociError = NOTHING) -> None:
        self._says = says
        self.asked: list[RecallRequest] = []
        self.missed: list[str] = []

    @property
    def request(self) -> RecallRequest:
        """The only question that came."""
        (one,) = self.asked
        return one

    async def recall(self, request: RecallRequest) -> Recalled:
        """The answer that was set."""
        self.asked.append(request)
        return cast(Recalled, self._said())

    async def why_not(self, request: RecallRequest, *, memory_id: str) -> WhyNot:
        """The answer that was set."""
        self.asked.append(request)
        self.missed.append(memory_id)
        return cast(WhyNot, self._said())

    def _said(self) -> Recalled | WhyNot:
        if isinstance(self._says, LociError):
            raise self._says
        return self._says


@asynccontextmanager
async def opened(recall: ScriptedRecall) -> AsyncGenerator[httpx2.AsyncClient]:
    """A client with the key of a tenant whose questions all go to `recall`."""
    edge = Edge()
    edge.application.state.services = dataclasses.replace(edge.services, recall=cast(Recall, recall))
    async with opened_edge(edge) as client:
        yield client


async def asked(**body: object) -> RecallRequest:
    """What a question with this body asks of the service; it names the user ann."""
    recall = ScriptedRecall()
    async with opened(recall) as client:
        answer = await client.post("/v1/recall", json={"user_id": "ann", **body})
    assert answer.status_code == 200, answer.text
    return recall.request


async def answered(says: Recalled, **body: object) -> dict[str, object]:
    """The body that such an answer of the service becomes."""
    async with opened(ScriptedRecall(says)) as client:
        answer = await client.post("/v1/recall", json={"user_id": "ann", **body})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found
