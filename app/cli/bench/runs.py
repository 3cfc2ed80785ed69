"""What is measured at each size of the database."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx2
from rich.console import Console
from rich.progress import track

from app.cli.bench import facts, measure, plan
from app.cli.bench.measure import Latency, Request
from app.cli.bench.service import BenchService, Footprint
from app.errors import Unavailable

_BATCH = 500
_CLIENTS = (1, 16)
_LINKS_PER_MEMORY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeResult:
    """All figures at one size; `latencies` by name of the operation, one entry per number of clients."""

    memories: int
    batch_per_second: float
    links_per_second: float
    latencies: dict[str, list[Latency]]
    footprint: Footprint


@dataclass(slots=True, kw_only=True)
class Workload:
    """The growing database: what it holds, and fresh facts and questions for it."""

    service: BenchService
    requests: int
    console: Console
    present: dict[str, int] = field(default_factory=dict[str, int])
    memory_ids: list[str] = field(default_factory=list[str])
    linked: int = 0
    new_facts: Iterator[str] = field(default_factory=lambda: facts.facts(seed=1))
    questions: Iterator[str] = field(default_factory=lambda: facts.questions(seed=2))

    async def grow_to(self, size: int) -> float:
        """Fill by batches of 500 through the API; memories per second."""
        users = list(plan.additions(plan.users(size), self.present))
        starts = track(range(0, len(users), _BATCH), f"filling to {size:,} memories", console=self.console)
        began = time.perf_counter()
        async with measure.client(self.service.base_url) as http:
            for start in starts:
                await self._store_batch(http, users[start : start + _BATCH])
        return len(users) / (time.perf_counter() - began)

    async def measured(self, size: int) -> SizeResult:
        """Grow to `size`, then measure everything there."""
        batch_per_second = await self.grow_to(size)
        links_per_second = await self.link_all()
        latencies: dict[str, list[Latency]] = {}
        for name, requests in self._operations(size).items():
            self.console.print(f"measuring {name}")
            latencies[name] = [await self._latency(requests, clients) for clients in _CLIENTS]
        return SizeResult(
            memories=size,
            batch_per_second=batch_per_second,
            links_per_second=links_per_second,
            latencies=latencies,
            footprint=self.service.footprint(),
        )

    async def _latency(self, requests: Iterator[Request], clients: int) -> Latency:
        return await measure.latency(self.service.base_url, requests, clients=clients, count=self.requests)

    def _operations(self, size: int) -> dict[str, Iterator[Request]]:
        searched = [user for user in (plan.THOUSAND, plan.HALF) if user in plan.users(size)]
        operations = {f"search, {user}": self._searches(user) for user in searched}
        operations["search, small users"] = self._small_searches(size)
        operations |= {f"recall, {user}": self._recalls(user) for user in searched}
        operations["context, user-of-1000"] = self._contexts(plan.THOUSAND)
        operations["traverse, depth 3"] = self._walks()
        operations["store, one at a time"] = self._stores()
        return operations

    def _searches(self, user: str) -> Iterator[Request]:
        while True:
            yield _get("/v1/memories/search", user_id=user, q=next(self.questions), limit="10")

    def _small_searches(self, size: int) -> Iterator[Request]:
        users = [user for user in plan.users(size) if user not in (plan.THOUSAND, plan.HALF)]
        for user in itertools.cycle(users):
            yield _get("/v1/memories/search", user_id=user, q=next(self.questions), limit="10")

    def _recalls(self, user: str) -> Iterator[Request]:
        while True:
            yield _post("/v1/recall", query=next(self.questions), user_id=user, limit=10)

    def _contexts(self, user: str) -> Iterator[Request]:
        while True:
            yield _get(f"/v1/users/{user}/context", q=next(self.questions), top_n="5")

    def _walks(self) -> Iterator[Request]:
        for memory_id in itertools.cycle(self.memory_ids[:: max(1, len(self.memory_ids) // 997)]):
            yield _get(f"/v1/graph/traverse/{memory_id}", depth="3")

    def _stores(self) -> Iterator[Request]:
        for number in itertools.count():
            # Users of their own, so that the measured scopes keep their sizes.
            fact = next(self.new_facts)
            yield _post("/v1/memories", user_id=f"writer-{number % 100}", fact=fact)

    async def link_all(self) -> float:
        """Give each new memory three links to memories anywhere; links per second."""
        missing = list(plan.links(self.memory_ids, since=self.linked, each=_LINKS_PER_MEMORY))
        starts = track(range(0, len(missing), _BATCH), f"linking {len(missing):,}", console=self.console)
        began = time.perf_counter()
        async with measure.client(self.service.base_url) as http:
            for start in starts:
                edges = missing[start : start + _BATCH]
                answer = await http.post("/v1/graph/connect/batch", json={"edges": edges})
                _check(answer, "Linking")
        self.linked = len(self.memory_ids)
        return len(missing) / (time.perf_counter() - began)

    async def _store_batch(self, http: httpx2.AsyncClient, users: list[str]) -> None:
        # Made-up facts contradict each other by chance: kept, or the database would not grow to its size.
        memories = [{"user_id": user, "fact": next(self.new_facts), "on_conflict": "keep"} for user in users]
        answer = await http.post("/v1/memories/batch", json={"memories": memories})
        _check(answer, "Filling")
        for user, outcome in zip(users, answer.json()["results"], strict=True):
            if outcome["action"] == "stored":
                self.present[user] = self.present.get(user, 0) + 1
                self.memory_ids.append(outcome["id"])


def _check(answer: httpx2.Response, what: str) -> None:
    if answer.is_error:
        raise Unavailable(f"{what} failed with {answer.status_code}: {answer.text[:200]}")


def _get(path: str, **query: str) -> Request:
    return lambda http: http.get(path, params=query)


def _post(path: str, **body: str | int) -> Request:
    return lambda http: http.post(path, json=body)
