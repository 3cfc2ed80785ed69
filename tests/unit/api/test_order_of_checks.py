"""Which fault is reported first: address, key, size, form, then what the services find."""

from collections.abc import AsyncIterator

import pytest

from app.api import ApiLimits
from tests.unit.api.edge import AUTHORIZED, Edge, assert_problem, opened

KEYED = [
    ("POST", "/v1/memories"),
    ("POST", "/v1/memories/batch"),
    ("GET", "/v1/memories/search"),
    ("POST", "/v1/memories/search"),
    ("GET", "/v1/users/u/context"),
    ("GET", "/v1/memories"),
    ("GET", "/v1/memories/some-id"),
    ("PATCH", "/v1/memories/some-id"),
    ("DELETE", "/v1/memories/some-id"),
    ("GET", "/v1/usage"),
]
OPEN = ["/health", "/livez", "/readyz", "/docs", "/openapi.json"]
SMALL = ApiLimits(body_bytes=100)
TOO_LARGE = b'{"user_id": "u", "fact": "' + b"x" * 100 + b'"}'


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 10):
        yield content[start : start + 10]


@pytest.mark.parametrize(
    "key", ["", "Basic abc", "Bearer", "Bearer ", "Bearer wrong", "wrong", "Bearer \xff"]
)
@pytest.mark.parametrize(("method", "address"), KEYED)
async def test_every_v1_route_needs_a_key(method: str, address: str, key: str) -> None:
    async with opened() as client:
        headers = {b"Authorization": key.encode("latin-1")}
        answer = await client.request(method, address, headers=headers, content=b"not json")
    problem = assert_problem(answer, status=401, code="unauthorized")
    assert problem["error"] in ("Missing or invalid Authorization header", "Invalid API key")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_scheme_of_the_key_is_read_in_any_case(scheme: str) -> None:
    key = AUTHORIZED["Authorization"].removeprefix("Bearer ")
    async with opened() as client:
        answer = await client.get("/v1/usage", headers={"Authorization": f"{scheme} {key}"})
    assert answer.status_code == 200


@pytest.mark.parametrize("address", OPEN)
async def test_probes_and_documentation_need_no_key(address: str) -> None:
    async with Edge().client(headers={}) as client:
        assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize("headers", [{}, AUTHORIZED])
@pytest.mark.parametrize(
    "address", ["/", "/v1", "/v1/", "/v1/nope", "/v1/memories/", "/v1/memories/a/b", "/v2"]
)
async def test_an_unknown_address_is_404_with_or_without_a_key(address: str, headers: dict[str, str]) -> None:
    edge = Edge()
    async with edge.client(headers) as client:
        for method in ("GET", "POST", "DELETE"):
            answer = await client.request(method, address, content=b"not json")
            assert_problem(answer, status=404, code="not_found")


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("PUT", "/v1/memories", "GET, POST"),
        ("DELETE", "/v1/memories/search", "GET, POST"),
        ("GET", "/v1/memories/batch", "POST"),
        ("POST", "/v1/memories/some-id", "DELETE, GET, PATCH"),
        ("DELETE", "/v1/users/a/b/context", "GET"),
        ("OPTIONS", "/admin/keys", "GET, POST"),
        ("POST", "/docs", "GET"),
    ],
)
async def test_a_wrong_method_is_405_and_names_the_right_ones(
    method: str, address: str, allowed: str
) -> None:
    async with Edge().client(headers={}) as client:
        answer = await client.request(method, address, content=b"not json")
    assert_problem(answer, status=405, code="method_not_allowed")
    assert answer.headers["allow"] == allowed


async def test_a_missing_key_is_reported_before_a_too_large_body() -> None:
    async with Edge(limits=SMALL).client(headers={}) as client:
        answer = await client.post("/v1/memories", content=TOO_LARGE)
    assert_problem(answer, status=401, code="unauthorized")


@pytest.mark.parametrize("address", ["/v1/memories", "/v1/memories/batch", "/setup", "/admin/keys"])
async def test_a_too_large_body_is_413_whether_its_size_is_announced_or_not(address: str) -> None:
    edge = Edge(limits=SMALL)
    async with opened(edge) as client:
        announced = await client.post(address, content=TOO_LARGE)
        streamed = await client.post(address, content=_chunks(TOO_LARGE))
    assert_problem(announced, status=413, code="payload_too_large")
    assert_problem(streamed, status=413, code="payload_too_large")
    assert await edge.held() == 0


async def test_a_too_large_body_is_reported_before_its_form() -> None:
    async with opened(Edge(limits=SMALL)) as client:
        answer = await client.post("/v1/memories", content=b"[" * 101)
    assert_problem(answer, status=413, code="payload_too_large")


async def test_a_body_of_exactly_the_limit_is_read() -> None:
    body = b'{"user_id": "u", "fact": "x"}'.ljust(100)
    async with opened(Edge(limits=SMALL)) as client:
        announced = await client.post("/v1/memories", content=body)
        streamed = await client.post("/v1/memories", content=_chunks(body))
    assert (announced.status_code, streamed.status_code) == (201, 200)


async def test_one_byte_more_than_the_limit_is_too_large() -> None:
    body = b'{"user_id": "u", "fact": "x"}'.ljust(101)
    async with opened(Edge(limits=SMALL)) as client:
        for content in (body, _chunks(body)):
            answer = await client.post("/v1/memories", content=content)
            assert_problem(answer, status=413, code="payload_too_large")


async def test_the_form_is_reported_before_an_unknown_id() -> None:
    async with opened() as client:
        answer = await client.patch("/v1/memories/unknown", json={"importance": 2})
    assert_problem(answer, status=400, code="validation_error")


async def test_reading_with_a_json_content_type_and_no_body_is_fine() -> None:
    async with opened() as client:
        answer = await client.get("/v1/usage", headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
