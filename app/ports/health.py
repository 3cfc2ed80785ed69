"""Whether the outside can serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessCheck:
    """One thing that must hold before requests can be served, and what to do where it does not."""

    name: str
    ok: bool
    detail: str


class DatabaseHealth(Protocol):
    """Whether the database can serve."""

    async def ping(self) -> None:
        """One round trip. Raises: Unavailable."""
        ...

    async def readiness(self) -> Sequence[ReadinessCheck]:
        """Connection, schema and indexes; never raises for a database that is down."""
        ...
