"""How refusals and silence become errors."""

import pickle

import httpx2
import pytest

from loci_client import errors
from loci_client.retrying import NO_RETRIES
from stand_ins import OpenClient, ScriptedService, problem

KINDS = {
    400: errors.InvalidInput,
    401: errors.Unauthorized,
    402: errors.QuotaExceeded,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.ApiError,
    409: errors.Conflict,
    410: errors.Gone,
    413: errors.PayloadTooLarge,
    422: errors.InvalidInput,
    429: errors.RateLimited,
    500: errors.ApiError,
    502: errors.ApiError,
    503: errors.Unavailable,
}


def caught_from(open_client: OpenClient, reply: httpx2.Response | Exception) -> errors.LociError:
    client = open_client(ScriptedService(reply), retry=NO_RETRIES)
    with pytest.raises(errors.LociError) as caught:
        client.get("b2")
    return caught.value


@pytest.mark.parametrize(("status", "kind"), KINDS.items())
def test_every_status_has_its_class(
    open_client: OpenClient, status: int, kind: type[errors.ApiError]
) -> None:
    assert type(caught_from(open_client, problem(status))) is kind


def test_an_error_holds_what_the_service_said(open_client: OpenClient) -> None:
    error = caught_from(open_client, problem(400, "validation_error", fields={"fact": "must not be blank"}))
    assert (error.status, error.code, error.request_id) == (400, "validation_error", "r1")
    assert error.detail == str(error) == "A sentence about validation_error"
    assert error.fields == {"fact": "must not be blank"}


def test_further_members_of_a_problem_are_kept(open_client: OpenClient) -> None:
    error = caught_from(open_client, problem(402, "quota_exceeded", limit=100, used=100, upgrade_url=None))
    assert (error.members["limit"], error.members["used"], error.members["upgrade_url"]) == (100, 100, None)


@pytest.mark.parametrize("page", [b"<html>Bad gateway</html>", b"", b"[1]", b'{"error": {"message": "x"}}'])
def test_a_refusal_in_other_words_is_told_by_its_status(open_client: OpenClient, page: bytes) -> None:
    reply = httpx2.Response(502, content=page, headers={"X-Request-Id": "r2"})
    error = caught_from(open_client, reply)
    assert (str(error), error.code, error.request_id) == (
        "The service answered 502 Bad Gateway",
        "unknown",
        "r2",
    )


def test_no_answer_is_an_error_that_names_the_address(open_client: OpenClient) -> None:
    error = caught_from(open_client, httpx2.ConnectError("Connection refused"))
    assert type(error) is errors.ConnectionFailed
    assert str(error) == "No answer from http://memory.internal:3010: Connection refused"
    assert (error.status, error.code, error.request_id, error.fields) == (0, "connection_error", None, {})


def test_the_cause_of_a_silence_is_kept(open_client: OpenClient) -> None:
    failure = httpx2.ReadError("Connection reset")
    assert caught_from(open_client, failure).__cause__ is failure


def test_a_silence_without_words_is_told_by_its_kind(open_client: OpenClient) -> None:
    error = caught_from(open_client, httpx2.ReadTimeout(""))
    assert str(error) == "No answer from http://memory.internal:3010: ReadTimeout"


def test_an_error_survives_the_way_between_processes(open_client: OpenClient) -> None:
    error = caught_from(open_client, problem(404, "not_found"))
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # made in the line itself
    assert (type(copy), copy.detail, copy.status, copy.code) == (
        errors.NotFound,
        error.detail,
        404,
        "not_found",
    )
