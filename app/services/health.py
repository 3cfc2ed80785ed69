"""Whether the service can serve: the database, the schema, the indexes, the model."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ports import DatabaseHealth, Embedder, ReadinessCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Probes for people and for the programs that watch the service."""

    database: DatabaseHealth
    embedder: Embedder

    async def ping(self) -> None:
        """One round trip to the database. Raises: Unavailable."""
        await self.database.ping()

    async def readiness(self) -> Sequence[ReadinessCheck]:
        """Everything a request needs, one check each."""
        model = self.embedder.model
        detail = f"{model.name}, {model.dimensions} dimensions"
        return [*await self.database.readiness(), ReadinessCheck(name="model", ok=True, detail=detail)]
