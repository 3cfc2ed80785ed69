"""A call from its first attempt to its value or its error: the one code path of both clients.

It decides and never acts: a client sends what it holds, tells it what came, and waits when told to.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

import httpx2

from loci_client import problems, retrying
from loci_client.call import Call
from loci_client.decode import Mismatch
from loci_client.errors import ConnectionFailed, InvalidAnswer, LociError
from loci_client.retrying import RetryPolicy

T = TypeVar("T")
Outcome = httpx2.Response | httpx2.RequestError

_TRY_LATER = frozenset({429, 503})
_HOPELESS = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError)
_NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The call is over; this is its value."""

    value: T


@dataclass(frozen=True, slots=True)
class Wait:
    """The request is to be sent again after so many seconds."""

    seconds: float


class Exchange(Generic[T]):
    """One call with its attempts; `request` stays the same for all of them.

    Sending again is safe for every call: GET and DELETE by their nature, PATCH because it sets values, and
    POST because all attempts carry one Idempotency-Key, or because it only reads.
    """

    def __init__(self, call: Call[T], *, base_url: str, headers: dict[str, str], policy: RetryPolicy) -> None:
        self.request = _request(call, base_url=base_url, headers=headers)
        self._call = call
        self._policy = policy
        self._failures = 0
        self._may_have_worked = False

    def take(self, outcome: Outcome) -> Done[T] | Wait:
        """What to do after this outcome of an attempt. Raises: LociError when the call has failed."""
        if not isinstance(outcome, httpx2.Response):
            return self._after_failure(outcome)
        if outcome.status_code in _TRY_LATER:
            return self._after_refusal(outcome)
        if outcome.status_code == 404 and self._call.method == "DELETE" and self._may_have_worked:
            # An earlier attempt was lost on its way back: it is the one that deleted.
            return Done(self._call.read(None))
        return Done(self._value(outcome))

    def _after_failure(self, failure: httpx2.RequestError) -> Wait:
        self._may_have_worked |= not isinstance(failure, _NEVER_SENT)
        wait = self._next_wait(asked_seconds=None) if _may_pass(failure) else None
        if wait is None:
            sentence = _sentence(failure, self.request)
            raise ConnectionFailed(sentence, code="connection_error") from failure
        return wait

    def _after_refusal(self, response: httpx2.Response) -> Wait:
        # A 503 may also mean that time ran out after the work was done.
        self._may_have_worked |= response.status_code == 503
        refusal = _problem(response)
        wait = self._next_wait(asked_seconds=refusal.retry_after_seconds)
        if wait is None:
            raise refusal
        return wait

    def _next_wait(self, *, asked_seconds: float | None) -> Wait | None:
        self._failures += 1
        seconds = self._policy.wait_seconds(failures=self._failures, asked_seconds=asked_seconds)
        return None if seconds is None else Wait(seconds)

    def _value(self, response: httpx2.Response) -> T:
        if response.status_code >= 400:
            raise _problem(response)
        try:
            return self._call.read(_json(response) if response.is_success else _refuse(response))
        except Mismatch as wrong:
            raise InvalidAnswer(
                f"{self._call.method} {self._call.path} did not answer as Loci does: {wrong}",
                status=response.status_code,
                code="invalid_answer",
                request_id=response.headers.get("X-Request-Id"),
            ) from wrong


def _request(call: Call[T], *, base_url: str, headers: dict[str, str]) -> httpx2.Request:
    keyed = {"Idempotency-Key": _key(call)} if call.method == "POST" and not call.only_reads else {}
    return httpx2.Request(
        call.method, base_url + call.path, params=call.query, headers=headers | keyed, json=call.body
    )


def _key(call: Call[T]) -> str:
    given = call.idempotency_key
    if given is None:
        return str(uuid.uuid4())
    if not given or not (given.isascii() and given.isprintable()):
        raise ValueError("idempotency_key is empty, or holds a character that no header can carry")
    return given


def _may_pass(failure: httpx2.RequestError) -> bool:
    # A request that cannot be sent, or an answer that cannot be unpacked, is the same the next time.
    return isinstance(failure, httpx2.TransportError) and not isinstance(failure, _HOPELESS)


def _problem(response: httpx2.Response) -> LociError:
    try:
        body = _json(response)
    except Mismatch:
        body = None
    headers = response.headers
    asked = retrying.asked_seconds(headers.get("Retry-After"), date=headers.get("Date"))
    return problems.of_answer(
        response.status_code, body, request_id=headers.get("X-Request-Id"), retry_after_seconds=asked
    )


def _json(response: httpx2.Response) -> object:
    if not response.content:
        return None
    try:
        return json.loads(response.content)
    except ValueError as wrong:
        raise Mismatch("the answer is no JSON") from wrong


def _refuse(response: httpx2.Response) -> NoReturn:
    target = response.headers.get("Location", "nowhere")
    raise Mismatch(f"it redirects to {target}; set base_url to where the service is")


def _sentence(failure: httpx2.RequestError, request: httpx2.Request) -> str:
    reason = str(failure) or type(failure).__name__
    return f"No answer from {request.url.scheme}://{request.url.netloc.decode()}: {reason}"
