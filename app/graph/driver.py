"""The one connection pool: opens it, names, times and repeats transactions, and translates failures.

It knows statements by their names only, and nothing of what they mean.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, LiteralString, TypeAlias, TypeVar

import neo4j
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, AsyncResult, AsyncSession
from neo4j.exceptions import DriverError, Neo4jError

from app.graph import failures
from app.graph.config import GraphConfig
from app.graph.cypher_files import Access
from app.graph.queries import Queries, Query

T = TypeVar("T")
Row: TypeAlias = Mapping[str, Any]
"""One row by column. The only untyped values in Loci; `app.graph.rows` gives them their types."""

_SCHEMES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")


class Transaction:
    """A transaction that runs statements by name."""

    def __init__(self, transaction: AsyncManagedTransaction, queries: Queries) -> None:
        self._transaction = transaction
        self._queries = queries

    async def run(self, name: str, /, **parameters: object) -> list[Row]:
        """All rows of one statement."""
        query = self._queries[name]
        _check_parameters(query, parameters)
        return await _rows(await self._transaction.run(query.text, parameters))


class Database:
    """Runs statements by name, each transaction named for the operator who lists them."""

    def __init__(self, driver: AsyncDriver, queries: Queries, config: GraphConfig) -> None:
        self._driver = driver
        self._queries = queries
        self._config = config

    async def read(self, name: str, /, **parameters: object) -> list[Row]:
        """All rows of one reading statement. Raises: Unavailable."""
        self._check_access(name, Access.READ)
        _check_parameters(self._queries[name], parameters)
        try:
            return await self._read_at_once(name, parameters)
        except (DriverError, Neo4jError) as failure:
            if not failure.is_retryable():
                with failures.translated():
                    raise
        return await self.read_transaction(name, lambda transaction: transaction.run(name, **parameters))

    async def write(self, name: str, /, **parameters: object) -> list[Row]:
        """All rows of one writing statement. Raises: Unavailable."""
        self._check_access(name, Access.WRITE)
        return await self.write_transaction(name, lambda transaction: transaction.run(name, **parameters))

    async def read_transaction(self, name: str, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work`, which sees one state of the database. Raises: Unavailable."""
        async with self._session() as session:
            return await session.execute_read(self._unit(name, work))

    async def write_transaction(
        self, name: str, work: Callable[[Transaction], Awaitable[T]], *, timeout_seconds: float | None = None
    ) -> T:
        """Run `work`, which may be repeated and must be idempotent. Raises: Unavailable."""
        async with self._session() as session:
            return await session.execute_write(self._unit(name, work, timeout_seconds))

    async def apply_schema(self, statement: LiteralString, parameters: Mapping[str, object]) -> None:
        """Run one schema statement in a transaction of its own. Raises: Unavailable."""

        async def work(transaction: AsyncManagedTransaction) -> None:
            result = await transaction.run(statement, dict(parameters))
            await result.consume()

        timed = neo4j.unit_of_work(metadata={"query": "schema"}, timeout=self._config.schema_timeout_seconds)
        async with self._session() as session:
            await session.execute_write(timed(work))

    async def _read_at_once(self, name: str, parameters: Mapping[str, object]) -> list[Row]:
        # A transaction that begins and ends by itself takes one exchange with the server; others take three.
        query = neo4j.Query(
            self._queries[name].text,
            metadata={"query": name},
            timeout=self._config.transaction_timeout_seconds,
        )
        async with self._opened(neo4j.READ_ACCESS) as session:
            return await _rows(await session.run(query, dict(parameters)))

    @asynccontextmanager
    async def _session(self) -> AsyncGenerator[AsyncSession]:
        with failures.translated():
            async with self._opened(neo4j.WRITE_ACCESS) as session:
                yield session

    def _opened(self, access_mode: str) -> AsyncSession:
        # The bookmarks are shared, so that in a cluster every session sees what this process wrote.
        return self._driver.session(  # pyright: ignore[reportUnknownMemberType]  # untyped options
            database=self._config.database,
            default_access_mode=access_mode,
            bookmark_manager=self._driver.execute_query_bookmark_manager,
        )

    def _unit(
        self,
        name: str,
        work: Callable[[Transaction], Awaitable[T]],
        timeout_seconds: float | None = None,
    ) -> Callable[[AsyncManagedTransaction], Awaitable[T]]:
        @neo4j.unit_of_work(
            metadata={"query": name}, timeout=timeout_seconds or self._config.transaction_timeout_seconds
        )
        def unit(transaction: AsyncManagedTransaction) -> Awaitable[T]:
            return work(Transaction(transaction, self._queries))

        return unit

    def _check_access(self, name: str, access: Access) -> None:
        if self._queries[name].access is not access:
            raise ValueError(f"{name} is not a {access} statement")


@asynccontextmanager
async def connect(config: GraphConfig, queries: Queries) -> AsyncGenerator[Database]:
    """Open the pool and make sure that a server answers. Raises: DatabaseNotStarted."""
    with failures.translated_at_start(config.uri):
        driver = _driver(config)
    async with driver:
        with failures.translated_at_start(config.uri):
            await driver.verify_connectivity()  # pyright: ignore[reportUnknownMemberType]  # untyped options
        yield Database(driver, queries, config)


def _driver(config: GraphConfig) -> AsyncDriver:
    if not config.uri.startswith(_SCHEMES):
        raise ValueError(f"it must begin with one of {', '.join(_SCHEMES)}")
    return AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  # untyped options
        config.uri,
        auth=(config.username, config.password),
        connection_timeout=config.connection_timeout_seconds,
        connection_acquisition_timeout=config.acquisition_timeout_seconds,
        max_connection_pool_size=config.connections,
        max_transaction_retry_time=config.retry_seconds,
        # The driver stops at the first pause that ends too late, so pauses that double would overshoot.
        initial_retry_delay=0.2,
        retry_delay_multiplier=1.5,
        telemetry_disabled=True,
        notifications_min_severity="WARNING",
        # An empty database knows no label yet, which is no fault of the statement that names it.
        notifications_disabled_classifications=["UNRECOGNIZED"],
        user_agent="loci",
    )


async def _rows(result: AsyncResult) -> list[Row]:
    columns = result.keys()
    # A record looks its columns up one by one each time it is asked; a dictionary does not.
    return [dict(zip(columns, record.values(), strict=True)) async for record in result]


def _check_parameters(query: Query, parameters: Mapping[str, object]) -> None:
    if query.params != frozenset(parameters):
        raise TypeError(f"{query.name} takes {sorted(query.params)}, not {sorted(parameters)}")
