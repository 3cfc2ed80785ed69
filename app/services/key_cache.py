"""Keys that were valid a moment ago, so that a busy client does not cost a look-up per request.

An entry lives for half a second: revocation, also by another process, takes effect within a second.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.models import ApiKey

_LIFETIME_SECONDS = 0.5
_MOST_ENTRIES = 1024


@dataclass(slots=True, kw_only=True)
class KeyCache:
    """A small cache from digest to key. `monotonic` is in seconds and never goes back."""

    monotonic: Callable[[], float] = time.monotonic
    _keys: dict[str, tuple[float, ApiKey]] = field(default_factory=dict[str, tuple[float, ApiKey]])
    _default_tenant_id: str | None = None

    def find(self, digest: str) -> ApiKey | None:
        """The key, if it was kept less than half a second ago."""
        entry = self._keys.get(digest)
        if entry is None or entry[0] <= self.monotonic():
            return None
        return entry[1]

    def keep(self, key: ApiKey, *, since: float) -> None:
        """Remember a key for half a second from `since`, the moment before it was read."""
        if len(self._keys) >= _MOST_ENTRIES:
            self._keys.clear()
        self._keys[key.digest] = (since + _LIFETIME_SECONDS, key)

    def forget(self, key_id: str) -> None:
        """Drop a key at once."""
        self._keys = {digest: kept for digest, kept in self._keys.items() if kept[1].id != key_id}

    def default_tenant_id(self) -> str | None:
        """The default tenant's id, if it is known; it never changes while the service runs."""
        return self._default_tenant_id

    def keep_default_tenant_id(self, tenant_id: str) -> None:
        """Remember the default tenant's id."""
        self._default_tenant_id = tenant_id
