"""The client for programs that are not asynchronous."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

import httpx2

from loci_client import graph_calls, judgement_calls, listing, memory_calls, recall_calls, tool_calls
from loci_client.binding import blocking, iterating
from loci_client.blocking_resources import Agents, Spaces, Teams
from loci_client.call import Call
from loci_client.exchange import Done, Outcome
from loci_client.retrying import RetryPolicy
from loci_client.service import service

T = TypeVar("T")


class Loci:
    """A service of Loci; usable by several threads. Close it, or use it in a `with` statement.

    Without `api_key`, LOCI_API_KEY is the key; without `base_url`, LOCI_URL the address, else
    http://127.0.0.1:3010. `timeout_seconds` limits each wait for the network, not a whole call with its
    retries. Making one sends nothing. `transport` and `sleep` are for tests. Raises: ValueError.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        timeout_seconds: float = 30.0,
        retry: RetryPolicy | None = None,
        transport: httpx2.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._service = service(api_key=api_key, base_url=base_url, retry=retry or RetryPolicy())
        self._http = httpx2.Client(timeout=timeout_seconds, transport=transport)
        self._sleep = sleep

    store = blocking(memory_calls.store)
    store_many = blocking(memory_calls.store_many)
    search = blocking(memory_calls.search)
    context = blocking(memory_calls.context)
    recall = blocking(recall_calls.recall)
    why_not = blocking(recall_calls.why_not)
    list_page = blocking(listing.list_page)
    list_all = iterating(listing.list_all)
    get = blocking(memory_calls.get)
    update = blocking(memory_calls.update)
    delete = blocking(memory_calls.delete)
    usage = blocking(memory_calls.usage)

    judge = blocking(judgement_calls.judge)
    history = blocking(judgement_calls.history)
    restore = blocking(judgement_calls.restore)
    list_conflicts = blocking(judgement_calls.list_conflicts)
    resolve_conflict = blocking(judgement_calls.resolve_conflict)
    settings = blocking(judgement_calls.settings)
    change_settings = blocking(judgement_calls.change_settings)

    connect = blocking(graph_calls.connect)
    connect_many = blocking(graph_calls.connect_many)
    traverse = blocking(graph_calls.traverse)
    related = blocking(graph_calls.related)
    path = blocking(graph_calls.path)
    subgraph = blocking(graph_calls.subgraph)
    delete_edge = blocking(graph_calls.delete_edge)

    call_tool = blocking(tool_calls.call_tool)

    @property
    def agents(self) -> Agents:
        """The calls about agents, and about what each of them remembers."""
        return Agents(self)

    @property
    def teams(self) -> Teams:
        """The calls about teams and who belongs to them."""
        return Teams(self)

    @property
    def spaces(self) -> Spaces:
        """The calls about spaces and the texts in them."""
        return Spaces(self)

    def perform(self, call: Call[T]) -> T:
        """Send the call until it is answered or given up; every method above does this with its call.

        Raises: LociError.
        """
        exchange = self._service.exchange(call)
        while True:
            verdict = exchange.take(self._attempt(exchange.request))
            if isinstance(verdict, Done):
                return verdict.value
            self._sleep(verdict.seconds)

    def close(self) -> None:
        """Give the connections back; the client cannot be used afterwards."""
        self._http.close()

    def __enter__(self) -> "Loci":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _attempt(self, request: httpx2.Request) -> Outcome:
        try:
            return self._http.send(request)
        except httpx2.RequestError as failure:
            return failure
