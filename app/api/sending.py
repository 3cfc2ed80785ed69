"""Requests that may be sent again: with an `Idempotency-Key`, what was answered first is answered again.

RFC draft "The Idempotency-Key HTTP Header Field": same key and same request, same answer and one effect;
another request under the key is refused.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from fastapi import Request, Response
from pydantic import JsonValue

from app.api import settled
from app.api.strict_request import StrictRequest
from app.errors import InvalidInput, KeyReused, RecordedAnswer, Repeated
from app.ports import Once
from app.services import Receipts

T = TypeVar("T")

HEADER = "Idempotency-Key"
_LONGEST_KEY = 255


class Sending:
    """One request that may have an effect, with its key if it carries one."""

    def __init__(self, sent: "_Sent | None") -> None:
        self._sent = sent
        self.is_recorded = False

    async def answered(
        self, work: Callable[[Once[T] | None], Awaitable[T]], *, by: Callable[[T], Response]
    ) -> Response:
        """What `by` makes of the result of `work`, which passes the `Once` on to its store."""
        return by(await work(self.once(by)))

    def once(self, by: Callable[[T], Response]) -> Once[T] | None:
        """How the store keeps what `by` makes of its result; None without a key."""
        sent = self._sent
        if sent is None:
            return None

        def answer(result: T) -> RecordedAnswer:
            self.is_recorded = True
            response = by(result)
            return RecordedAnswer(
                fingerprint=sent.fingerprint, status=response.status_code, body=bytes(response.body).decode()
            )

        return Once(
            owner_id=sent.owner_id,
            key=sent.key,
            fingerprint=sent.fingerprint,
            at=sent.at,
            kept_from=sent.kept_from,
            answer=answer,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    owner_id: str
    key: str
    fingerprint: str
    at: datetime
    kept_from: datetime


async def answer_once(
    request: StrictRequest,
    handle: Callable[[Request], Awaitable[Response]],
    *,
    owner_id: str,
) -> Response:
    """The answer of `handle`, or the one that was given before to the same key of this owner.

    What fails is not kept: nothing was done, so it may be tried again.
    Raises: KeyReused when the key belongs to another request; InvalidInput for a key that cannot be kept.
    """
    key = _key_of(request)
    request.state.sending = Sending(None)
    if key is None:
        return await handle(request)
    receipts = settled.services(request).receipts
    sent = await _sent(request, key, owner_id)
    known = await receipts.find(owner_id=owner_id, key=key)
    if known is not None:
        return _replayed(known, sent)
    sending = request.state.sending = Sending(sent)
    try:
        response = await handle(request)
        if not sending.is_recorded and response.status_code < 300:
            await _keep(receipts, sending, response)
    except Repeated as repeated:
        # Another request with this key was faster.
        return _replayed(repeated.answer, sent)
    return response


async def _sent(request: StrictRequest, key: str, owner_id: str) -> _Sent:
    now, kept_from = settled.services(request).receipts.window()
    fingerprint = _fingerprint(request, await request.json())
    return _Sent(owner_id=owner_id, key=key, fingerprint=fingerprint, at=now, kept_from=kept_from)


async def _keep(receipts: Receipts, sending: Sending, response: Response) -> None:
    def as_answered(_: None) -> Response:
        return response

    once = sending.once(as_answered)
    if once is not None:
        await receipts.keep(once)


def _replayed(answer: RecordedAnswer, sent: _Sent) -> Response:
    if answer.fingerprint != sent.fingerprint:
        raise KeyReused(f"This {HEADER} was used for another request; send this one with a new key")
    headers = {"Idempotent-Replayed": "true"}
    return Response(answer.body, answer.status, headers=headers, media_type="application/json")


def _key_of(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return None
    if not 1 <= len(key) <= _LONGEST_KEY or not key.isprintable():
        reason = f"must have 1 to {_LONGEST_KEY} printable characters"
        raise InvalidInput(f"The header {HEADER} {reason}", fields={HEADER: reason})
    return key


def _fingerprint(request: Request, document: JsonValue) -> str:
    target = f"{request.method} {request.url.path}?{request.url.query}"
    body = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{target}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()
