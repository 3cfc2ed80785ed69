"""Turns what the Neo4j driver raises into Loci's own errors, once, where it comes in."""

from collections.abc import Generator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from app.errors import DatabaseNotStarted, Unavailable

_OUT_OF_TIME = frozenset(
    {
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
        "Neo.ClientError.Transaction.LockClientStopped",
        "Neo.ClientError.Transaction.Terminated",
    }
)
"""What the server answers when it ended a statement or its wait for a lock; the driver repeats none."""
_NO_INDEX = "Neo.ClientError.Schema.IndexNotFound"
"""Said of an index that is filled, has failed, or was dropped."""
_FAILED_PROCEDURE = "Neo.ClientError.Procedure.ProcedureCallFailed"
_FULL_TEXT = "db.index.fulltext"
"""Part of what is said of a full-text index in any of these states; to a procedure they are all one."""


@contextmanager
def translated() -> Generator[None]:
    """Failures that may pass become Unavailable; mistakes of ours stay what they are."""
    try:
        yield
    except ConnectionAcquisitionTimeoutError as failure:
        raise Unavailable("The database is busy; try again in a few seconds") from failure
    except (ServiceUnavailable, SessionExpired) as failure:
        raise Unavailable("The database cannot be reached; try again in a few seconds") from failure
    except AuthError as failure:
        raise Unavailable("The database no longer accepts the credentials Loci was started with") from failure
    except Neo4jError as failure:
        if failure.is_retryable() or failure.code in _OUT_OF_TIME:
            raise Unavailable("The database did not answer in time; try again in a few seconds") from failure
        if _is_of_an_index(failure):
            raise Unavailable(
                "An index of the database is missing or still being filled; try again in a minute, and start "
                "Loci again if that does not help: it makes missing ones"
            ) from failure
        raise


def _is_of_an_index(failure: Neo4jError) -> bool:
    said = failure.message or ""
    return failure.code == _NO_INDEX or (
        failure.code == _FAILED_PROCEDURE and _FULL_TEXT in said and "ParseException" not in said
    )


@contextmanager
def translated_at_start(uri: str) -> Generator[None]:
    """Whatever keeps the first connection from working becomes DatabaseNotStarted, saying what to do."""
    try:
        yield
    except AuthError as failure:
        raise DatabaseNotStarted(
            f"Neo4j at {uri} refuses the user name or password; correct NEO4J_USERNAME and NEO4J_PASSWORD"
        ) from failure
    except (ConfigurationError, ValueError) as failure:
        raise DatabaseNotStarted(
            f"{uri} is not an address of a Neo4j ({failure}); correct NEO4J_URI"
        ) from failure
    except (DriverError, Neo4jError, OSError) as failure:
        raise DatabaseNotStarted(
            f"No Neo4j answers at {uri} ({failure}); start it, or correct NEO4J_URI"
        ) from failure
