"""When a request is sent again, when not, and what is waited for between."""

from collections.abc import Callable

import httpx2
import pytest

from every_call import ONE_OF_EACH
from loci_client import ConnectionFailed, NotFound, RateLimited, RetryPolicy, Unavailable
from loci_client.errors import ApiError
from samples import STORED, UPDATED, USAGE, Act
from stand_ins import OpenClient, Reply, ScriptedService, answer, problem

NOON = "Fri, 01 May 2026 12:00:00 GMT"


def refused() -> Exception:
    return httpx2.ConnectError("Connection refused")


def broken() -> Exception:
    return httpx2.ReadError("Connection reset")


def timed_out() -> Exception:
    return httpx2.ReadTimeout("timed out")


def busy() -> httpx2.Response:
    return problem(503, "unavailable")


def limited() -> httpx2.Response:
    return problem(429, "rate_limited")


@pytest.mark.parametrize("failure", [refused, broken, timed_out, busy, limited])
@pytest.mark.parametrize(("act", "method", "body"), ONE_OF_EACH)
def test_every_call_survives_a_passing_failure(
    open_client: OpenClient, act: Act, method: str, body: object, failure: Callable[[], Reply]
) -> None:
    success = answer(body) if body is not None else httpx2.Response(204)
    service = ScriptedService(failure(), success)
    act(open_client(service))
    assert [one.method for one in service.requests] == [method, method]


def test_all_attempts_of_a_store_are_the_same_request(open_client: OpenClient) -> None:
    service = ScriptedService(broken(), busy(), answer(STORED, 201))
    open_client(service).store("ann", "Drinks tea")
    assert len({one.headers["Idempotency-Key"] for one in service.requests}) == 1
    assert len({one.content for one in service.requests}) == 1


def test_two_stores_of_one_fact_are_two_requests(open_client: OpenClient) -> None:
    service = ScriptedService(answer(STORED, 201), answer(STORED, 201))
    client = open_client(service)
    client.store("ann", "Drinks tea")
    client.store("ann", "Drinks tea")
    assert len({one.headers["Idempotency-Key"] for one in service.requests}) == 2


def test_waits_double_and_then_the_last_failure_is_raised(open_client: OpenClient) -> None:
    service = ScriptedService(broken(), busy(), limited(), refused())
    with pytest.raises(ConnectionFailed, match="refused"):
        open_client(service).usage()
    assert service.waits == [0.25, 0.5, 1.0]


def test_waits_stop_growing_at_the_longest(open_client: OpenClient) -> None:
    policy = RetryPolicy(attempts=6, first_wait_seconds=2, longest_wait_seconds=5, jitter=lambda: 1.0)
    service = ScriptedService(*(busy() for _ in range(6)))
    with pytest.raises(Unavailable):
        open_client(service, retry=policy).usage()
    assert service.waits == [2, 4, 5, 5, 5]


def test_chance_takes_up_to_half_of_a_wait() -> None:
    shortest = RetryPolicy(jitter=lambda: 0.0).wait_seconds(failures=1, asked_seconds=None)
    longest = RetryPolicy(jitter=lambda: 1.0).wait_seconds(failures=1, asked_seconds=None)
    assert (shortest, longest) == (0.25, 0.5)


def test_any_number_of_attempts_can_be_asked_for() -> None:
    policy = RetryPolicy(attempts=10**6)
    waited = policy.wait_seconds(failures=10**5, asked_seconds=None)
    assert waited is not None
    assert 30 <= waited <= 60


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": "Fri, 01 May 2026 12:00:09 GMT", "Date": NOON}, 9.0),
        ({"Retry-After": "Fri, 01 May 2026 11:00:00 GMT", "Date": NOON}, 0.0),
        ({"Retry-After": "Friday, 01-May-26 12:00:09 GMT", "Date": NOON}, 9.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_what_the_service_asks_for_is_waited(
    open_client: OpenClient, status: int, headers: dict[str, str], seconds: float
) -> None:
    service = ScriptedService(problem(status, headers=headers), answer(USAGE))
    open_client(service).usage()
    assert service.waits == [seconds]


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "soon"},
        {"Retry-After": "-5"},
        {"Retry-After": "²"},
        {"Retry-After": NOON},
        {"Retry-After": NOON, "Date": "today"},
    ],
)
def test_a_wish_that_cannot_be_read_is_as_none(open_client: OpenClient, headers: dict[str, str]) -> None:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    service = ScriptedService(httpx2.Response(503, headers=encoded), answer(USAGE))
    open_client(service).usage()
    assert service.waits == [0.25]


def test_clients_that_are_asked_to_wait_do_not_come_back_together(open_client: OpenClient) -> None:
    service = ScriptedService(problem(429, headers={"Retry-After": "7"}), answer(USAGE))
    open_client(service, retry=RetryPolicy(jitter=lambda: 0.5)).usage()
    assert service.waits == [7.25]


def test_a_wait_longer_than_the_longest_is_left_to_the_caller(open_client: OpenClient) -> None:
    service = ScriptedService(problem(429, headers={"Retry-After": "61"}))
    with pytest.raises(RateLimited) as caught:
        open_client(service).usage()
    assert (service.waits, caught.value.retry_after_seconds) == ([], 61.0)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 410, 413, 500, 502])
def test_other_refusals_are_final(open_client: OpenClient, status: int) -> None:
    service = ScriptedService(problem(status))
    with pytest.raises(ApiError):
        open_client(service).store("ann", "Drinks tea")
    assert (len(service.requests), service.waits) == (1, [])


@pytest.mark.parametrize(
    "failure",
    [
        httpx2.UnsupportedProtocol("no such protocol"),
        httpx2.LocalProtocolError("bad header"),
        httpx2.DecodingError("not what Content-Encoding says"),
    ],
)
def test_a_failure_that_cannot_pass_is_final(open_client: OpenClient, failure: Exception) -> None:
    service = ScriptedService(failure)
    with pytest.raises(ConnectionFailed):
        open_client(service).usage()
    assert len(service.requests) == 1


@pytest.mark.parametrize("lost", [broken, timed_out, busy])
def test_a_delete_whose_answer_was_lost_counts_as_done(
    open_client: OpenClient, lost: Callable[[], Reply]
) -> None:
    service = ScriptedService(lost(), problem(404, "not_found"))
    open_client(service).delete("b2")
    assert len(service.requests) == 2


@pytest.mark.parametrize("lost", [refused, limited])
def test_a_delete_that_never_arrived_can_still_find_nothing(
    open_client: OpenClient, lost: Callable[[], Reply]
) -> None:
    service = ScriptedService(lost(), problem(404, "not_found"))
    with pytest.raises(NotFound):
        open_client(service).delete("b2")


def test_an_update_that_finds_nothing_after_a_failure_is_an_error(open_client: OpenClient) -> None:
    service = ScriptedService(broken(), problem(404, "not_found"))
    with pytest.raises(NotFound):
        open_client(service).update("b2", importance=0.5)


def test_one_attempt_means_no_retries(open_client: OpenClient) -> None:
    service = ScriptedService(broken(), answer(UPDATED))
    with pytest.raises(ConnectionFailed):
        open_client(service, retry=RetryPolicy(attempts=1)).usage()
    assert service.waits == []


def test_a_policy_that_cannot_work_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        RetryPolicy(attempts=0)
    with pytest.raises(ValueError, match="between 0 and"):
        RetryPolicy(first_wait_seconds=5, longest_wait_seconds=1)
