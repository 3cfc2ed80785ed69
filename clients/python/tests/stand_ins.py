"""Stand-ins for the service and for waiting, and an asynchronous client that tests can use like the other."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, Protocol, cast

import httpx2

from loci_client import Loci, RetryPolicy

KEY = "smr_any-shape.of key"
BASE_URL = "http://memory.internal:3010"
STEADY = RetryPolicy(jitter=lambda: 0.0)
"""Waits half of each step, without chance."""

ROW: Mapping[str, object] = {
    "id": "b2",
    "fact": "Drinks tea",
    "importance": 1,
    "decay_score": 0.9057,
    "similarity": 0.6312,
    "score": 0.7136,
    "source": "api",
    "namespace": "default",
    "created_at": "2026-05-01T09:30:00.000Z",
    "metadata": {"seen": ["kitchen"]},
}

Reply = httpx2.Response | Exception


def answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> httpx2.Response:
    """An answer with a JSON body."""
    return httpx2.Response(status, json=body, headers=dict(headers or {}))


def problem(
    status: int, code: str = "some_code", headers: Mapping[str, str] | None = None, **further: object
) -> httpx2.Response:
    """An answer in the service's problem shape."""
    sentence = f"A sentence about {code}"
    body = {"type": "about:blank", "status": status, "code": code, "detail": sentence, "error": sentence}
    return httpx2.Response(status, json=body | {"request_id": "r1"} | further, headers=dict(headers or {}))


def sent(request: httpx2.Request) -> tuple[str, str, object]:
    """The request's method, address and JSON body, which is None where there is none."""
    body = cast(object, json.loads(request.content)) if request.content else None
    return request.method, request.url.raw_path.decode(), body


class ScriptedService:
    """Answers with the given replies in order, and keeps every request and every wait."""

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self.requests: list[httpx2.Request] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        assert self._replies, f"no reply is left for {request.method} {request.url}"
        reply = self._replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    @property
    def request(self) -> httpx2.Request:
        """The only request that came."""
        (request,) = self.requests
        return request

    def wait(self, seconds: float) -> None:
        """Does not wait."""
        self.waits.append(seconds)

    async def wait_async(self, seconds: float) -> None:
        """Does not wait either."""
        self.waits.append(seconds)


class ShelfService:
    """Holds memories, newest first, for listing and deleting; anything else is an error of the test."""

    def __init__(self, count: int) -> None:
        self.ids = [f"m{number}" for number in range(count)]
        self.pages: list[tuple[int, int]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "DELETE":
            self.ids.remove(request.url.path.rpartition("/")[2])
            return httpx2.Response(204)
        limit, offset = int(request.url.params["limit"]), int(request.url.params["offset"])
        self.pages.append((offset, limit))
        page = [self._listed(one) for one in self.ids[offset : offset + limit]]
        return answer({"memories": page, "limit": limit, "offset": offset, "total": len(self.ids)})

    def _listed(self, memory_id: str) -> dict[str, object]:
        return {**ROW, "id": memory_id, "visibility": "private", "team_id": None}


class OpenClient(Protocol):
    """Opens a client, blocking or asynchronous, on a stand-in."""

    def __call__(
        self,
        service: ScriptedService | ShelfService,
        *,
        retry: RetryPolicy = STEADY,
        base_url: str = BASE_URL,
    ) -> Loci: ...


class Driven:
    """An AsyncLoci whose every call is driven to its end, so that one suite covers both clients.

    `client` is one, or a group of its calls.
    """

    def __init__(self, client: object, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client
        self._loop = loop

    def __getattr__(self, name: str) -> "Callable[..., object] | Driven":
        method = getattr(self._client, name)
        if not callable(method):
            return Driven(method, self._loop)

        def call(*args: Any, **kwargs: Any) -> object:
            result = method(*args, **kwargs)
            if inspect.isawaitable(result):
                return self._loop.run_until_complete(cast(Any, result))
            return self._iterate(cast(AsyncIterator[object], result))

        return call

    def _iterate(self, result: AsyncIterator[object]) -> Iterator[object]:
        while True:
            try:
                yield self._loop.run_until_complete(cast(Any, result.__anext__()))
            except StopAsyncIteration:
                return
