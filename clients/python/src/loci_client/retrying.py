"""How often and how long to wait before a request is sent again. It neither waits nor sends."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """When to give up, and the waits between attempts, in seconds.

    A wait doubles from `first_wait_seconds` with each failure, up to `longest_wait_seconds`; a random part,
    up to half, keeps many clients from coming back together. A service that asks for a wait gets it; one
    that asks for more than the longest wait is not waited for. `jitter` answers numbers in [0, 1).
    """

    attempts: int = 4
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 60.0
    jitter: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError("attempts must be at least 1: the first one counts")
        if not 0 <= self.first_wait_seconds <= self.longest_wait_seconds:
            raise ValueError("first_wait_seconds must be between 0 and longest_wait_seconds")

    def wait_seconds(self, *, failures: int, asked_seconds: float | None) -> float | None:
        """How long to wait after so many failed attempts; None to give up.

        >>> policy = RetryPolicy(jitter=lambda: 1.0)
        >>> [policy.wait_seconds(failures=n, asked_seconds=None) for n in (1, 2, 3, 4)]
        [0.5, 1.0, 2.0, None]
        """
        if failures >= self.attempts:
            return None
        if asked_seconds is None:
            return self._backoff_seconds(failures)
        if asked_seconds > self.longest_wait_seconds:
            return None
        return asked_seconds + self.first_wait_seconds * self.jitter()

    def _backoff_seconds(self, failures: int) -> float:
        # "Equal jitter" of https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        # The exponent is bounded because a float is: no wait reaches 2^64 times the first.
        grown = self.first_wait_seconds * 2.0 ** min(failures - 1, 64)
        return min(self.longest_wait_seconds, grown) * (0.5 + 0.5 * self.jitter())


NO_RETRIES = RetryPolicy(attempts=1)
"""Every failure is raised at once."""


def asked_seconds(retry_after: str | None, *, date: str | None) -> float | None:
    """What a Retry-After asks for: seconds, or a time, which is compared with the answer's own Date.

    The local clock plays no part, for it may differ from the service's. What cannot be read is None.

    >>> asked_seconds("7", date=None)
    7.0
    >>> asked_seconds("Fri, 01 May 2026 09:30:09 GMT", date="Fri, 01 May 2026 09:30:00 GMT")
    9.0
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    until, since = _moment(text), _moment(date or "")
    if until is None or since is None:
        return None
    return max(0.0, (until - since).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
