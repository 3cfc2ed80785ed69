"""What operators ask of the database: whether it can serve, and what is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.models import EmbeddingModel
from app.errors import DatabaseNotStarted, IncompatibleStore, Unavailable
from app.graph import versions
from app.graph.driver import Database
from app.graph.migrations import Migrations
from app.ports import ReadinessCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A database in facts. `nodes` counts by label, over all tenants.

    `schema_refusal` says why a start would refuse the schema; `missing_indexes` are those that were dropped.
    """

    version: str
    edition: str
    schema_version: int
    newest_schema_version: int
    schema_refusal: str | None
    index_states: Mapping[str, str]
    missing_indexes: Sequence[str]
    embedding_model: EmbeddingModel | None
    nodes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`app.ports.DatabaseHealth` on Neo4j."""

    database: Database
    migrations: Migrations

    async def ping(self) -> None:
        """One round trip. Raises: Unavailable."""
        await self.database.read("health/ping")

    async def readiness(self) -> Sequence[ReadinessCheck]:
        """Connection, schema and indexes; a database that is down is one failed check."""
        try:
            version, _ = await self.server()
            return [
                ReadinessCheck(name="database", ok=True, detail=f"Neo4j {version}"),
                await self._schema_check(),
                await self._index_check(),
            ]
        except Unavailable as failure:
            return [ReadinessCheck(name="database", ok=False, detail=str(failure))]

    async def describe(self) -> Description:
        """All that `loci doctor` shows of the database. Raises: Unavailable."""
        version, edition = await self.server()
        return Description(
            version=version,
            edition=edition,
            schema_version=await self.migrations.applied_version(),
            newest_schema_version=len(self.migrations.files),
            schema_refusal=await self._schema_refusal(),
            index_states=await self.migrations.index_states(),
            missing_indexes=await self.migrations.missing_indexes(),
            embedding_model=await self.migrations.recorded_model(),
            nodes={row["label"]: row["nodes"] for row in await self.database.read("health/counts")},
        )

    async def server(self) -> tuple[str, str]:
        """Version and edition. Raises: Unavailable."""
        (row,) = await self.database.read("health/server")
        return row["version"], row["edition"]

    async def check_server(self) -> None:
        """Refuse a Neo4j that lacks what our statements use. Raises: DatabaseNotStarted."""
        version, _ = await self.server()
        if not versions.is_supported(version):
            raise DatabaseNotStarted(
                f"This Neo4j is {version}; Loci needs {versions.OLDEST} or newer, "
                "since older ones cannot filter inside a vector index"
            )

    async def _schema_refusal(self) -> str | None:
        try:
            await self.migrations.check_schema()
        except IncompatibleStore as refused:
            return str(refused)
        return None

    async def _schema_check(self) -> ReadinessCheck:
        refusal = await self._schema_refusal()
        if refusal is not None:
            return ReadinessCheck(name="schema", ok=False, detail=refusal)
        applied, newest = await self.migrations.applied_version(), len(self.migrations.files)
        detail = f"schema {applied} of {newest}"
        if applied < newest:
            detail += "; run `loci serve` once to bring it up to date"
        return ReadinessCheck(name="schema", ok=applied == newest, detail=detail)

    async def _index_check(self) -> ReadinessCheck:
        states = await self.migrations.index_states()
        waiting = sorted(f"{name} is {state}" for name, state in states.items() if state != "ONLINE")
        dropped = [
            f"{name} is missing; start Loci again to make it"
            for name in await self.migrations.missing_indexes()
        ]
        detail = "; ".join(waiting + dropped) or f"{len(states)} online"
        return ReadinessCheck(name="indexes", ok=not waiting and not dropped, detail=detail)
