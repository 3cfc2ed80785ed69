"""Signing up: strangers make a tenant of their own, where the operator allows it."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from app.errors import Conflict, NotFound, RateLimited
from app.services.access import Access, NewKey

_MOST_PER_HOUR = 5
_HOUR_SECONDS = 3600.0
_MOST_ADDRESSES = 10_000
"""They take some 5 MB."""


@dataclass(slots=True, kw_only=True)
class Attempts:
    """When each client address last tried. `monotonic` is in seconds and never goes back.

    Of more than `most_addresses` those are forgotten that were not heard of for longest.
    """

    monotonic: Callable[[], float] = time.monotonic
    most_addresses: int = _MOST_ADDRESSES
    _by_address: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict[str, deque[float]])

    def note(self, address: str) -> None:
        """Count an attempt. Raises: RateLimited for the sixth within an hour, which does not count."""
        now = self.monotonic()
        times = self._by_address.setdefault(address, deque())
        self._by_address.move_to_end(address)
        while times and times[0] <= now - _HOUR_SECONDS:
            times.popleft()
        if len(times) >= _MOST_PER_HOUR:
            wait_seconds = math.ceil(times[0] + _HOUR_SECONDS - now)
            raise RateLimited(
                f"At most {_MOST_PER_HOUR} signups per hour come from one address; try again later",
                retry_after_seconds=wait_seconds,
            )
        times.append(now)
        if len(self._by_address) > self.most_addresses:
            self._by_address.popitem(last=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signup:
    """Makes tenants for strangers, named by their e-mail address. This process alone counts attempts."""

    access: Access
    is_open: bool
    attempts: Attempts = field(default_factory=Attempts)

    def refuse_if_closed(self) -> None:
        """Keep strangers out where the operator has not let them in. Raises: NotFound."""
        if not self.is_open:
            raise NotFound("Signup is off here; ask the operator for a key")

    async def sign_up(self, *, email: str, client_address: str) -> NewKey:
        """Make a tenant and its key.

        Raises: NotFound, RateLimited, Conflict for a known e-mail address, Unavailable.
        """
        self.refuse_if_closed()
        self.attempts.note(client_address)
        try:
            return await self.access.add_tenant(email, label="signup")
        except Conflict:
            # Without the id of the tenant: who asks has shown no key of it.
            raise Conflict("This e-mail address has a tenant already; use its key") from None
