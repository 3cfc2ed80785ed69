"""Which failures of the driver become which of ours."""

import pytest
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    CypherSyntaxError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from app.errors import DatabaseNotStarted, InvalidInput, Unavailable
from app.graph import failures

_NO_INDEX = "Neo.ClientError.Schema.IndexNotFound"
_NO_PROCEDURE = "Neo.ClientError.Procedure.ProcedureCallFailed"
_FULL_TEXT = "Failed to invoke procedure `db.index.fulltext.queryNodes`"


def refusal(code: str, message: str = "…") -> Exception:
    return ClientError._hydrate_neo4j(code=code, message=message)  # pyright: ignore[reportPrivateUsage]  # as the server's answer becomes an exception


@pytest.mark.parametrize(
    "failure",
    [
        ServiceUnavailable("…"),
        SessionExpired("…"),
        ConnectionAcquisitionTimeoutError("…"),
        AuthError("…"),
        TransientError("…"),
        refusal("Neo.TransientError.Transaction.DeadlockDetected"),
        refusal("Neo.ClientError.Transaction.TransactionTimedOut"),
        refusal("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"),
        refusal("Neo.TransientError.Transaction.LockClientStopped"),
        refusal("Neo.TransientError.Transaction.Terminated"),
    ],
    ids=lambda failure: getattr(failure, "code", None) or type(failure).__name__,
)
def test_what_may_pass_is_unavailable_and_keeps_its_cause(failure: Exception) -> None:
    with pytest.raises(Unavailable) as raised, failures.translated():
        raise failure
    assert raised.value.__cause__ is failure
    assert raised.value.retry_after_seconds > 0


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (_NO_INDEX, "Index `memory_embedding` is not ready yet."),
        (_NO_INDEX, "The index 'memory_embedding' does not exist."),
        (_NO_PROCEDURE, f"{_FULL_TEXT}: There is no such fulltext schema index: memory_words"),
    ],
)
def test_an_index_that_cannot_be_asked_is_unavailable_and_says_what_to_do(code: str, message: str) -> None:
    with pytest.raises(Unavailable, match=r"index .* still being filled.*start Loci"), failures.translated():
        raise refusal(code, message)


@pytest.mark.parametrize(
    "failure",
    [
        CypherSyntaxError("…"),
        ValueError("…"),
        InvalidInput("…"),
        refusal(_NO_PROCEDURE, f"{_FULL_TEXT}: Caused by: org.apache.lucene.ParseException"),
        refusal(_NO_PROCEDURE, "Failed to invoke procedure `db.create.setNodeVectorProperty`"),
    ],
)
def test_mistakes_and_our_own_errors_stay_what_they_are(failure: Exception) -> None:
    with pytest.raises(type(failure)) as raised, failures.translated():
        raise failure
    assert raised.value is failure


@pytest.mark.parametrize(
    ("failure", "advice"),
    [
        (AuthError("…"), "NEO4J_USERNAME and NEO4J_PASSWORD"),
        (ServiceUnavailable("…"), "start it, or correct NEO4J_URI"),
        (ConfigurationError("…"), "not an address"),
    ],
)
def test_at_the_start_a_failure_says_what_to_do(failure: Exception, advice: str) -> None:
    with pytest.raises(DatabaseNotStarted, match=advice), failures.translated_at_start("bolt://here"):
        raise failure
