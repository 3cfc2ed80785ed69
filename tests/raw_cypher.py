"""A look at the database past our own repositories: raw statements, and emptying it."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString, cast

import uuid6
from neo4j import AsyncDriver, AsyncGraphDatabase

from app.domain.models import Memory
from tests.databases import TestDatabase


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What EXPLAIN says: `kind` is r, w, rw or s, `steps` are operators with what each works on."""

    kind: str
    columns: tuple[str, ...]
    steps: Sequence[tuple[str, str]]


class RawCypher:
    """Statements outside `cypher/`, for tests alone."""

    def __init__(self, driver: AsyncDriver, database: TestDatabase) -> None:
        self._driver = driver
        self._database = database

    async def run(self, statement: LiteralString, **parameters: object) -> list[dict[str, Any]]:
        """All rows, as dictionaries."""
        async with self._driver.session() as session:  # pyright: ignore[reportUnknownMemberType]
            result = await session.run(statement, parameters)
            return await result.data()

    async def explain(self, statement: LiteralString, **parameters: object) -> "Explained":
        """What the server would do, without doing it."""
        async with self._driver.session() as session:  # pyright: ignore[reportUnknownMemberType]
            result = await session.run("EXPLAIN " + statement, parameters)
            columns = tuple(result.keys())
            summary = await result.consume()
            steps = list(_steps(cast("Mapping[str, Any] | None", summary.plan)))  # pyright: ignore[reportUnknownMemberType]
            return Explained(kind=str(summary.query_type), columns=columns, steps=steps)

    async def claim(self) -> None:
        """Empty the database, unless it holds what no test has written."""
        nodes = await self.run("MATCH (n) RETURN count(n) AS nodes LIMIT 1")
        marks = await self.run("MATCH (n:LociTestDatabase) RETURN count(n) AS marks")
        if nodes[0]["nodes"] and not marks[0]["marks"]:
            raise AssertionError(
                f"{self._database.uri} holds data that no test has written; the tests would delete it. "
                "Set NEO4J_TEST_URI to an empty database"
            )
        await self.wipe()

    async def wipe(self) -> None:
        """Remove all data, constraints and indexes, and leave the mark by which it is known as ours."""
        await self.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS")
        await self._drop_all("SHOW CONSTRAINTS YIELD name RETURN name", "DROP CONSTRAINT $name IF EXISTS")
        await self._drop_all(
            "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name", "DROP INDEX $name IF EXISTS"
        )
        await self.run("CREATE (:LociTestDatabase)")

    async def add_team(self, tenant_id: str) -> str:
        """A team of the tenant; its id."""
        team_id = str(uuid6.uuid7())
        await self.run(
            "CREATE (:Team {tenant_id: $tenant_id, id: $id, slug: $id})", tenant_id=tenant_id, id=team_id
        )
        return team_id

    async def supersede(self, old: Memory, *, by: Memory, at: datetime) -> None:
        """Make `old` the history of `by`, as a change of a fact would."""
        await self.run(
            """
            MATCH (old:Memory {tenant_id: $tenant_id, id: $old})
            MATCH (new:Memory {tenant_id: $tenant_id, id: $new})
            SET old.status = 'superseded', old.retired_at = $at
            CREATE (old)-[:SUPERSEDED_BY {reason: 'a test', at: $at}]->(new)
            """,
            tenant_id=old.tenant_id,
            old=old.id,
            new=by.id,
            at=at,
        )

    async def _drop_all(self, listed: LiteralString, drop: LiteralString) -> None:
        for row in await self.run(listed):
            await self.run(drop, name=row["name"])


@asynccontextmanager
async def open_raw(database: TestDatabase) -> AsyncGenerator[RawCypher]:
    """Statements on that database."""
    driver = AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]
        database.uri,
        auth=(database.username, database.password),
        telemetry_disabled=True,
        notifications_min_severity="OFF",
    )
    async with driver:
        yield RawCypher(driver, database)


def _steps(plan: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    if plan is not None:
        yield plan["operatorType"].partition("@")[0], str(plan["args"].get("Details", ""))
        for child in plan.get("children", []):
            yield from _steps(child)
