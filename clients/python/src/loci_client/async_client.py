"""The client for asynchronous programs."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TypeVar

import httpx2

from loci_client import graph_calls, judgement_calls, listing, memory_calls, recall_calls, tool_calls
from loci_client.async_resources import AsyncAgents, AsyncSpaces, AsyncTeams
from loci_client.binding import awaited, iterating_async
from loci_client.call import Call
from loci_client.exchange import Done, Outcome
from loci_client.retrying import RetryPolicy
from loci_client.service import service

T = TypeVar("T")


class AsyncLoci:
    """A service of Loci, for one event loop. Close it, or use it in an `async with` statement.

    Without `api_key`, LOCI_API_KEY is the key; without `base_url`, LOCI_URL the address, else
    http://127.0.0.1:3010. `timeout_seconds` limits each wait for the network, not a whole call with its
    retries. Making one sends nothing. `transport` and `sleep` are for tests, or for another event loop than
    that of asyncio. Raises: ValueError.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        timeout_seconds: float = 30.0,
        retry: RetryPolicy | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._service = service(api_key=api_key, base_url=base_url, retry=retry or RetryPolicy())
        self._http = httpx2.AsyncClient(timeout=timeout_seconds, transport=transport)
        self._sleep = sleep

    store = awaited(memory_calls.store)
    store_many = awaited(memory_calls.store_many)
    search = awaited(memory_calls.search)
    context = awaited(memory_calls.context)
    recall = awaited(recall_calls.recall)
    why_not = awaited(recall_calls.why_not)
    list_page = awaited(listing.list_page)
    list_all = iterating_async(listing.list_all)
    get = awaited(memory_calls.get)
    update = awaited(memory_calls.update)
    delete = awaited(memory_calls.delete)
    usage = awaited(memory_calls.usage)

    judge = awaited(judgement_calls.judge)
    history = awaited(judgement_calls.history)
    restore = awaited(judgement_calls.restore)
    list_conflicts = awaited(judgement_calls.list_conflicts)
    resolve_conflict = awaited(judgement_calls.resolve_conflict)
    settings = awaited(judgement_calls.settings)
    change_settings = awaited(judgement_calls.change_settings)

    connect = awaited(graph_calls.connect)
    connect_many = awaited(graph_calls.connect_many)
    traverse = awaited(graph_calls.traverse)
    related = awaited(graph_calls.related)
    path = awaited(graph_calls.path)
    subgraph = awaited(graph_calls.subgraph)
    delete_edge = awaited(graph_calls.delete_edge)

    call_tool = awaited(tool_calls.call_tool)

    @property
    def agents(self) -> AsyncAgents:
        """The calls about agents, and about what each of them remembers."""
        return AsyncAgents(self)

    @property
    def teams(self) -> AsyncTeams:
        """The calls about teams and who belongs to them."""
        return AsyncTeams(self)

    @property
    def spaces(self) -> AsyncSpaces:
        """The calls about spaces and the texts in them."""
        return AsyncSpaces(self)

    async def perform(self, call: Call[T]) -> T:
        """Send the call until it is answered or given up; every method above does this with its call.

        Raises: LociError.
        """
        exchange = self._service.exchange(call)
        while True:
            verdict = exchange.take(await self._attempt(exchange.request))
            if isinstance(verdict, Done):
                return verdict.value
            await self._sleep(verdict.seconds)

    async def close(self) -> None:
        """Give the connections back; the client cannot be used afterwards."""
        await self._http.aclose()

    async def __aenter__(self) -> "AsyncLoci":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def _attempt(self, request: httpx2.Request) -> Outcome:
        try:
            return await self._http.send(request)
        except httpx2.RequestError as failure:
            return failure
