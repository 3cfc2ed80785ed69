"""Every test that asks for `open_client` runs twice: over the blocking and over the asynchronous client."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from typing import cast

import httpx2
import pytest

from loci_client import AsyncLoci, Loci, RetryPolicy
from stand_ins import BASE_URL, KEY, STEADY, Driven, OpenClient, ScriptedService, ShelfService

Service = ScriptedService | ShelfService


@pytest.fixture(params=["blocking", "async"])
def open_client(request: pytest.FixtureRequest) -> Iterator[OpenClient]:
    with ExitStack() as stack:
        yield _blocking(stack) if request.param == "blocking" else _async(stack)


def _blocking(stack: ExitStack) -> OpenClient:
    def opened(service: Service, *, retry: RetryPolicy = STEADY, base_url: str = BASE_URL) -> Loci:
        transport = httpx2.MockTransport(service)
        sleep = service.wait if isinstance(service, ScriptedService) else _no_wait
        return stack.enter_context(Loci(KEY, base_url, retry=retry, transport=transport, sleep=sleep))

    return opened


def _async(stack: ExitStack) -> OpenClient:
    loop = asyncio.new_event_loop()
    stack.callback(loop.close)

    def opened(service: Service, *, retry: RetryPolicy = STEADY, base_url: str = BASE_URL) -> Loci:
        transport = httpx2.MockTransport(service)
        sleep = service.wait_async if isinstance(service, ScriptedService) else _no_wait_async
        client = AsyncLoci(KEY, base_url, retry=retry, transport=transport, sleep=sleep)
        stack.callback(lambda: loop.run_until_complete(client.close()))
        return cast(Loci, Driven(client, loop))

    return opened


def _no_wait(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} seconds for a service that always answers")


async def _no_wait_async(seconds: float) -> None:
    _no_wait(seconds)
