"""What all requests of one client have in common: the address, the headers, the retries."""

import platform
from dataclasses import dataclass
from importlib import metadata
from typing import TypeVar

from loci_client import settings
from loci_client.call import Call
from loci_client.exchange import Exchange
from loci_client.retrying import RetryPolicy

T = TypeVar("T")

_DISTRIBUTION = "loci-client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where requests go, and what every one of them carries."""

    base_url: str
    headers: dict[str, str]
    retry: RetryPolicy

    def exchange(self, call: Call[T]) -> Exchange[T]:
        """The call, ready for its first attempt. Raises: ValueError when no request can carry it."""
        return Exchange(call, base_url=self.base_url, headers=self.headers, policy=self.retry)


def service(*, api_key: str | None, base_url: str | None, retry: RetryPolicy) -> Service:
    """The service as given, else as LOCI_API_KEY and LOCI_URL say. Raises: ValueError."""
    key = settings.api_key(api_key, variable="LOCI_API_KEY")
    address = settings.base_url(base_url, variable="LOCI_URL", default=settings.DEFAULT_BASE_URL)
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json", "User-Agent": user_agent()}
    return Service(base_url=address, headers=headers, retry=retry)


def user_agent() -> str:
    """The name by which the service's log knows this client."""
    return f"{_DISTRIBUTION}/{_version()} python/{platform.python_version()}"


def _version() -> str:
    try:
        return metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        # Run from a checkout that was never installed.
        return "0"
