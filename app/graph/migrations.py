"""Brings a database to the schema this program knows, or refuses it with a sentence on what to do.

Several processes may start on one database at the same time: one applies, the others wait for it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.domain.models import EmbeddingModel
from app.errors import DatabaseNotStarted, IncompatibleStore
from app.graph import locks
from app.graph.driver import Database, Row, Transaction
from app.graph.schema import SchemaFile
from app.ports import Clock

Report: TypeAlias = Callable[[str], None]
"""Told one line whenever a long step moves on."""

_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrations:
    """Applies `files`, in order and once. `timeout_seconds` bounds each, and the filling of the indexes."""

    database: Database
    files: Sequence[SchemaFile]
    clock: Clock
    timeout_seconds: float

    async def apply(self, model: EmbeddingModel, *, report: Report) -> None:
        """Make the database ready for the vectors of `model`; what was dropped from its schema is made again.

        Raises: IncompatibleStore, DatabaseNotStarted when an index cannot be filled, Unavailable.
        """
        await self._check_model(model)
        if await self._pending() or await self.missing_indexes():
            await self._apply_file(self.files[0], model)
            await self.database.write_transaction(
                "migrate",
                lambda transaction: self._apply_pending(transaction, model, report),
                timeout_seconds=self.timeout_seconds,
            )
            await self._check_model(model)
        await self._await_indexes(report)

    async def applied_version(self) -> int:
        """The number of the last schema file that was applied; 0 for an empty database."""
        return max((row["version"] for row in await self._applied(self.database.read)), default=0)

    async def recorded_model(self) -> EmbeddingModel | None:
        """The model whose vectors the database holds; None before the first start."""
        found = await self.database.read("migrations/model")
        if not found:
            return None
        row = found[0]
        return EmbeddingModel(name=row["name"], dimensions=row["dimensions"], digest=row["digest"])

    async def index_states(self) -> Mapping[str, str]:
        """The state of every index by name; all are ONLINE when the database can serve."""
        return {row["name"]: row["state"] for row in await self._indexes()}

    async def missing_indexes(self) -> Sequence[str]:
        """What the applied files made and somebody dropped, by name; constraints too."""
        return [name for _, names in await self._incomplete() for name in names]

    async def check_schema(self) -> None:
        """Refuse a schema that `apply` would refuse. Raises: IncompatibleStore."""
        await self._pending()

    async def _apply_pending(self, transaction: Transaction, model: EmbeddingModel, report: Report) -> None:
        await locks.take_schema(transaction)
        # Read again inside the lock: another process may have applied them while this one waited.
        for file, names in await self._incomplete():
            report(f"Making again what was dropped: {', '.join(names)}")
            await self._apply_file(file, model)
        for file in self._not_yet(await self._applied(transaction.run)):
            report(f"Preparing the database: {file.name.replace('_', ' ')}")
            await self._apply_file(file, model)
            await self._record(transaction, file)
        await transaction.run(
            "migrations/record_model",
            name=model.name,
            dimensions=model.dimensions,
            digest=model.digest,
            recorded_at=self.clock.now(),
        )

    async def _apply_file(self, file: SchemaFile, model: EmbeddingModel) -> None:
        # Neo4j keeps schema and data apart: statements run in transactions of their own, beside the one
        # that holds the lock. They are idempotent, so a crash in between leaves nothing to undo.
        parameters = {"dimensions": model.dimensions} if "dimensions" in file.params else {}
        for statement in file.statements:
            await self.database.apply_schema(statement, parameters)

    async def _record(self, transaction: Transaction, file: SchemaFile) -> None:
        await transaction.run(
            "migrations/record",
            version=file.version,
            name=file.name,
            checksum=file.checksum,
            applied_at=self.clock.now(),
        )

    async def _pending(self) -> Sequence[SchemaFile]:
        return self._not_yet(await self._applied(self.database.read))

    async def _applied(self, run: Callable[[str], Awaitable[list[Row]]]) -> list[Row]:
        return await run("migrations/applied")

    def _not_yet(self, applied: Sequence[Row]) -> Sequence[SchemaFile]:
        known = {file.version: file for file in self.files}
        for row in applied:
            _check_applied(row, known)
        done = {row["version"] for row in applied}
        return [file for file in self.files if file.version not in done]

    async def _incomplete(self) -> Sequence[tuple[SchemaFile, Sequence[str]]]:
        # In this order, for a file is recorded after it was applied. A uniqueness constraint is seen by the
        # index that it owns, which has its name.
        applied = {row["version"] for row in await self._applied(self.database.read)}
        present = await self.index_states()
        made = [file for file in self.files if file.version in applied]
        dropped = {name for file in made for name in file.drops}
        missing = [(file, [name for name in _absent(file, present) if name not in dropped]) for file in made]
        return [(file, names) for file, names in missing if names]

    async def _check_model(self, model: EmbeddingModel) -> None:
        recorded = await self.recorded_model()
        if recorded is None or recorded == model:
            return
        raise IncompatibleStore(
            f"This database holds vectors of {_described(recorded)}, but Loci is set to {_described(model)}. "
            "Set LOCI_EMBEDDING_MODEL to the former, or use another database (LOCI_DATA_DIR or NEO4J_URI)"
        )

    async def _indexes(self) -> list[Row]:
        return await self.database.read("migrations/indexes")

    async def _await_indexes(self, report: Report) -> None:
        give_up_at = time.monotonic() + self.timeout_seconds
        while waiting := [row for row in await self._indexes() if row["state"] != "ONLINE"]:
            slowest = min(waiting, key=lambda row: row["percent"])
            if slowest["state"] == "FAILED" or time.monotonic() > give_up_at:
                raise DatabaseNotStarted(
                    f"The index {slowest['name']} is {slowest['state']} at {slowest['percent']:.0f} %; "
                    f"drop it in Neo4j Browser (DROP INDEX {slowest['name']}) or see Neo4j's debug.log"
                )
            report(f"Filling the index {slowest['name']}: {slowest['percent']:.0f} %")
            await asyncio.sleep(_POLL_SECONDS)


def _absent(file: SchemaFile, present: Container[str]) -> Sequence[str]:
    return [name for name in file.creates if name not in present]


def _check_applied(row: Row, known: Mapping[int, SchemaFile]) -> None:
    file = known.get(row["version"])
    if file is None:
        raise IncompatibleStore(
            f"This database was used by a newer Loci (schema {row['version']}, {row['name']}); "
            "update Loci, or use another database (LOCI_DATA_DIR or NEO4J_URI)"
        )
    if file.checksum != row["checksum"]:
        raise IncompatibleStore(
            f"The schema file {file.version:04d}_{file.name}.cypher is not the one this database was made "
            "with; restore it from the release, and put changes into a new file"
        )


def _described(model: EmbeddingModel) -> str:
    return f"{model.name} ({model.dimensions} dimensions, {model.digest[:12]})"
