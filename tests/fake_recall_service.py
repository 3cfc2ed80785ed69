"""A service that remembers and recalls by HTTP without a database.

Results come by the number of words that they share with the question.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import httpx2

from app.cli.evaluation.recall.service import SettableClock
from app.domain import text as texts

Body = dict[str, object]


@dataclass
class FakeRecallService:
    """Takes equal texts of a user for one.

    `taken_for` are further texts that it takes for others; `replaced` texts are active no more, `refused` not
    stored at all. The first `failures` batches and `late_answers` questions fail. `asked` and `stored` are
    the bodies that came, `moments` what the clock said to each question.
    """

    clock: SettableClock = field(default_factory=SettableClock)
    taken_for: Mapping[str, str] = field(default_factory=dict[str, str])
    replaced: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    failures: int = 0
    late_answers: int = 0
    is_short_of_a_lane: bool = False
    stored: list[Body] = field(default_factory=list[Body])
    asked: list[Body] = field(default_factory=list[Body])
    moments: list[datetime] = field(default_factory=list[datetime])
    batches: list[int] = field(default_factory=list[int])

    @property
    def http(self) -> httpx2.AsyncClient:
        """A client of this service."""
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer), base_url="http://fake")

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "GET":
            return self._read(request.url.path.rpartition("/")[2])
        body = cast(Body, json.loads(request.content))
        if request.url.path == "/v1/memories/batch":
            return self._store(cast(list[Body], body["memories"]))
        if request.url.path == "/v1/recall":
            return self._recall(body)
        return httpx2.Response(404, text="no such route")

    def _store(self, memories: list[Body]) -> httpx2.Response:
        if self.failures > 0:
            self.failures -= 1
            return httpx2.Response(503, text="try again")
        self.batches.append(len(memories))
        return httpx2.Response(200, json={"results": [self._one(memory) for memory in memories]})

    def _one(self, memory: Body) -> Body:
        text = str(memory["fact"])
        if text in self.refused:
            return {"status": 400, "error": f"{text} is not to be stored"}
        text = self.taken_for.get(text, text)
        memory_id = f"{memory['user_id']}/{texts.content_hash(text)}"
        if all(one["id"] != memory_id for one in self.stored):
            self.stored.append({**memory, "fact": text, "id": memory_id})
            return {"status": 201, "id": memory_id}
        return {"status": 200, "id": memory_id}

    def _read(self, digest: str) -> httpx2.Response:
        found = next((one for one in self.stored if str(one["id"]).endswith(digest)), None)
        if found is None:
            return httpx2.Response(404, text="no such memory")
        status = "superseded" if found["fact"] in self.replaced else "active"
        return httpx2.Response(200, json={"fact": found["fact"], "status": status})

    def _recall(self, body: Body) -> httpx2.Response:
        self.asked.append(body)
        self.moments.append(self.clock.now())
        if len(self.asked) <= self.late_answers:
            return httpx2.Response(503, text="too late")
        ((_, user_id),) = cast(list[dict[str, str]], body["scopes"])[0].items()
        words = set(texts.words(str(body["query"])))
        own = [one for one in self.stored if one["user_id"] == user_id and one["fact"] not in self.replaced]
        own.sort(key=lambda one: -len(words & set(texts.words(str(one["fact"])))))
        results: list[Body] = [{"id": one["id"]} for one in own[: cast(int, body["limit"])]]
        answer: Body = {
            "results": results,
            "degraded": [{"lane": "graph", "reason": "late"}] if self.is_short_of_a_lane else [],
        }
        return httpx2.Response(200, json=answer | ({"tokens": 40} if "token_budget" in body else {}))
