"""The route by which strangers get a tenant of their own."""

import httpx2
import pytest

from app.api import ApiLimits
from tests.unit.api.edge import Edge, assert_problem


def _open() -> Edge:
    return Edge(signup_is_open=True)


async def _sign_up(client: httpx2.AsyncClient, email: object = "ann@example.org") -> httpx2.Response:
    return await client.post("/v1/signup", json={"email": email})


async def test_signing_up_answers_a_key_that_opens_an_empty_tenant() -> None:
    async with _open().client(headers={}) as client:
        answer = await _sign_up(client)
        key = answer.json()["api_key"]
        used = await client.get("/v1/usage", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 201
    assert set(answer.json()) == {"api_key", "message"}
    assert used.json()["memories_used"] == 0


async def test_a_known_address_is_409_in_any_case_and_tells_no_id() -> None:
    async with _open().client(headers={}) as client:
        await _sign_up(client)
        answer = await _sign_up(client, "ANN@example.org")
    problem = assert_problem(answer, status=409, code="conflict")
    assert "id" not in problem


@pytest.mark.parametrize("content", [b'{"email": "ann@example.org"}', b"{}", b"no json", b"x" * 200])
async def test_it_is_not_there_where_signup_is_off_whatever_is_sent(content: bytes) -> None:
    async with Edge(limits=ApiLimits(body_bytes=100)).client(headers={}) as client:
        answer = await client.post("/v1/signup", content=content)
    assert_problem(answer, status=404, code="not_found")


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("", "must be an e-mail address"),
        ("ann", "must be an e-mail address"),
        ("@example.org", "must be an e-mail address"),
        ("ann@", "must be an e-mail address"),
        ("ann@b@c", "must be an e-mail address"),
        ("an n@example.org", "must be an e-mail address"),
        ("ann@example.org\n", "must be an e-mail address"),
        ("a\u200b@example.org", "must be an e-mail address"),
        ("x" * 190 + "@example.org", "must have at most 200 characters"),
        (None, "must be a string"),
        (7, "must be a string"),
    ],
)
async def test_what_is_no_address_is_400_and_counts_for_nothing(email: object, reason: str) -> None:
    async with _open().client(headers={}) as client:
        for _ in range(6):
            answer = await _sign_up(client, email)
            problem = assert_problem(answer, status=400, code="validation_error")
            assert problem["fields"] == {"email": reason}
        assert (await _sign_up(client)).status_code == 201


async def test_the_longest_address_that_is_taken_makes_a_tenant() -> None:
    async with _open().client(headers={}) as client:
        assert (await _sign_up(client, "x" * 188 + "@example.org")).status_code == 201


async def test_the_sixth_within_an_hour_is_429_and_says_when_to_come_back() -> None:
    async with _open().client(headers={}) as client:
        made = [await _sign_up(client, f"user{number}@example.org") for number in range(5)]
        refused = await _sign_up(client, "user5@example.org")
    assert [one.status_code for one in made] == [201] * 5
    assert_problem(refused, status=429, code="rate_limited")
    assert 3590 <= int(refused.headers["retry-after"]) <= 3600
