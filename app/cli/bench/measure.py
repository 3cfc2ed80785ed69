"""Timing of requests: latencies of one or many clients, as medians, 95th percentiles and rates."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import httpx2
import numpy as np

from app.cli.bench.service import API_KEY
from app.errors import Unavailable

Request = Callable[[httpx2.AsyncClient], Awaitable[httpx2.Response]]

_WARM_UP_REQUESTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """What `clients` concurrent clients saw: milliseconds per request, requests per second."""

    clients: int
    requests: int
    p50_ms: float
    p95_ms: float
    per_second: float


def client(base_url: str) -> httpx2.AsyncClient:
    """An HTTP client that is allowed in."""
    return httpx2.AsyncClient(
        base_url=base_url,
        headers={"Authorization": f"Bearer {API_KEY}"},
        timeout=120,
        limits=httpx2.Limits(max_connections=64),
    )


async def latency(base_url: str, requests: Iterator[Request], *, clients: int, count: int) -> Latency:
    """Send `count` requests from `clients` clients, each waiting for its answer before the next."""
    async with client(base_url) as http:
        for _ in range(_WARM_UP_REQUESTS):
            await _timed(http, next(requests))
        remaining = [next(requests) for _ in range(count)]
        milliseconds: list[float] = []

        async def one_client() -> None:
            while remaining:
                milliseconds.append(await _timed(http, remaining.pop()))

        began = time.perf_counter()
        await asyncio.gather(*(one_client() for _ in range(clients)))
        elapsed = time.perf_counter() - began
    return Latency(
        clients=clients,
        requests=count,
        p50_ms=float(np.percentile(milliseconds, 50)),
        p95_ms=float(np.percentile(milliseconds, 95)),
        per_second=count / elapsed,
    )


async def _timed(http: httpx2.AsyncClient, request: Request) -> float:
    began = time.perf_counter()
    answer = await request(http)
    elapsed = time.perf_counter() - began
    if answer.is_error:
        raise Unavailable(f"A measured request failed with {answer.status_code}: {answer.text[:200]}")
    return elapsed * 1000
