"""How every route treats a request before its own code runs: key, size, form, time.

The framework reads bodies before dependencies, but the contract wants the key checked first; so this
sits in the routes themselves, where the address and the method are already known to be right.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import anyio
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import ClientDisconnect

from app.api import sending, settled, strict_request
from app.api.strict_request import StrictRequest
from app.errors import Unavailable

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _MemoryIdConvertor(StringConvertor):
    """Any id, but not the words that are addresses of their own."""

    regex = r"(?!(?:search|batch|judge)$)[^/]+"


# The framework keeps convertors in one table of the process.
register_url_convertor("memory_id", _MemoryIdConvertor())


class OpenRoute(APIRoute):
    """A route without a key: the body's size and form are checked, and the time is limited."""

    def get_route_handler(self) -> _Handler:
        """The framework's handler, with the checks around it."""
        handle = super().get_route_handler()

        async def handle_in_time(request: Request) -> Response:
            limit_seconds = settled.limits(request).request_timeout_seconds
            timer = asyncio.timeout(limit_seconds)
            try:
                async with timer:
                    return await _while_client_waits(request, self.handle_checked(request, handle))
            except TimeoutError:
                if not timer.expired():
                    raise
                raise Unavailable(f"The request took longer than {limit_seconds:g} seconds") from None

        return handle_in_time

    async def handle_checked(self, request: Request, handle: _Handler) -> Response:
        """Read the request strictly, then let the framework do the rest."""
        return await handle(await _read(request))


class KeyedRoute(OpenRoute):
    """A route that needs a key: it is checked before the body is touched."""

    async def handle_checked(self, request: Request, handle: _Handler) -> Response:
        """Find the tenant that the key opens, then answer once. Raises: Unauthorized."""
        access = settled.services(request).access
        tenant_id = await access.tenant_of(request.headers.get("authorization"))
        request.state.tenant_id = tenant_id
        return await sending.answer_once(await _read(request), handle, owner_id=tenant_id)


class AddressedRoute(OpenRoute):
    """A route without a key whose address is known to its caller alone, such as an invitation's."""

    async def handle_checked(self, request: Request, handle: _Handler) -> Response:
        """Answer once; idempotency keys belong to the address."""
        # The address is a secret of its own, and secrets are not stored.
        owner_id = hashlib.sha256(request.url.path.encode()).hexdigest()
        return await sending.answer_once(await _read(request), handle, owner_id=owner_id)


async def _read(request: Request) -> StrictRequest:
    return await strict_request.read(request, body_limit_bytes=settled.limits(request).body_bytes)


async def _while_client_waits(request: Request, work: Awaitable[Response]) -> Response:
    # A read that nobody waits for is dropped; a write is finished, for its client may only have been
    # impatient.
    if request.method != "GET":
        return await work
    with anyio.CancelScope() as waiting:
        watcher = asyncio.create_task(_cancel_when_gone(request, waiting))
        try:
            return await work
        finally:
            watcher.cancel()
    raise ClientDisconnect


async def _cancel_when_gone(request: Request, waiting: anyio.CancelScope) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    waiting.cancel()
