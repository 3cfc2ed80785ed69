"""The shape of every problem, and what happens to errors that nobody foresaw."""

import asyncio
import inspect
import re

import httpx2
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from app import errors
from app.api import ApiLimits, problems
from app.errors import LociError, StartupError
from tests.unit.api.edge import AUTHORIZED, Edge, assert_problem, opened
from tests.unit.api.fakes import AwaySearch, BrokenSearch, EndlessSearch

SEARCH = "/v1/memories/search?user_id=u&q=x"
DEADLINE_SECONDS = 10.0


def _raised_in_requests() -> list[type[LociError]]:
    found = [one for _, one in inspect.getmembers(errors, inspect.isclass)]
    concrete = [one for one in found if issubclass(one, LociError) and not one.__subclasses__()]
    return [one for one in concrete if not issubclass(one, StartupError)]


@pytest.mark.parametrize("error", _raised_in_requests())
def test_every_error_that_a_request_can_raise_has_a_row(error: type[LociError]) -> None:
    assert error in problems.TABLE


def test_a_class_below_one_with_a_row_is_answered_like_it() -> None:
    class Unknown(errors.NotFound):
        """A finer kind."""

    assert problems.kind_of(Unknown("x"), path="/v1/x").status == 404


def test_a_failed_start_is_no_fault_of_a_request() -> None:
    assert problems.kind_of(errors.JavaMissing("x"), path="/v1/x").code == "internal_error"


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/v1/memories", 400, "Bad Request"),
        ("/setup", 400, "Bad Request"),
        ("/mcp/addMemory", 422, "Unprocessable Content"),
        ("/spaces", 422, "Unprocessable Content"),
        ("/spaces/x", 422, "Unprocessable Content"),
        ("/spacesuit", 400, "Bad Request"),
    ],
)
def test_the_second_dialect_answers_422_to_bad_input(path: str, status: int, title: str) -> None:
    kind = problems.kind_of(errors.InvalidInput("x"), path=path)
    assert (kind.status, kind.code, kind.title) == (status, "validation_error", title)


async def test_a_problem_holds_exactly_the_members_of_the_contract() -> None:
    async with opened() as client:
        answer = await client.get("/v1/memories/unknown", headers={"X-Request-Id": "my-id.1"})
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "not_found",
        "detail": "Memory not found",
        "error": "Memory not found",
        "request_id": "my-id.1",
    }


async def test_a_bug_is_answered_without_internals_and_logged_with_its_traceback() -> None:
    async with opened(Edge(memories=BrokenSearch())) as client:
        with capture_logs() as logs:
            answer = await client.get(SEARCH)
    problem = assert_problem(answer, status=500, code="internal_error")
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text
    (logged,) = [line for line in logs if line["log_level"] == "error"]
    assert isinstance(logged["exc_info"], RuntimeError)
    assert logged["request_id"] == problem["request_id"]


async def test_a_database_that_is_away_is_503_and_says_when_to_try_again() -> None:
    async with opened(Edge(memories=AwaySearch())) as client:
        answer = await client.get(SEARCH)
    assert_problem(answer, status=503, code="unavailable")
    assert answer.headers["retry-after"] == "7"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_request_that_takes_too_long_is_503_and_its_work_is_given_up(method: str) -> None:
    search = EndlessSearch()
    edge = Edge(memories=search, limits=ApiLimits(request_timeout_seconds=0.05))
    async with opened(edge) as client:
        body = {"user_id": "u", "q": "x"} if method == "POST" else None
        answer = await client.request(method, SEARCH, json=body)
    assert_problem(answer, status=503, code="unavailable")
    assert answer.headers["retry-after"]
    assert search.given_up.is_set()


async def test_a_read_is_given_up_when_its_client_leaves() -> None:
    search = EndlessSearch()
    edge = Edge(memories=search)
    await edge.services.access.ensure_default_tenant()
    with capture_logs() as logs:
        sent = await asyncio.wait_for(_leave_once_begun(edge.application, search), DEADLINE_SECONDS)
    assert search.given_up.is_set()
    assert sent == []
    assert [line["status"] for line in logs if line["event"] == "request"] == [499]


async def test_before_the_service_has_started_it_is_503() -> None:
    edge = Edge()
    del edge.application.state.services
    async with edge.client() as client:
        assert_problem(await client.get("/v1/usage"), status=503, code="unavailable")
        assert (await client.get("/livez")).status_code == 200


async def test_every_answer_has_a_request_id_of_its_own() -> None:
    async with opened() as client:
        answers = [await client.get(address) for address in ("/livez", "/livez", "/nope", "/docs")]
    ids = {answer.headers["x-request-id"] for answer in answers}
    assert len(ids) == 4
    assert all(re.fullmatch("[0-9a-f-]{36}", one) for one in ids)


@pytest.mark.parametrize("given", ["", "x" * 129, "a b", "a\tb", "ü", "a;b", '"'])
async def test_a_request_id_that_is_not_sane_is_replaced(given: str) -> None:
    async with opened() as client:
        answer = await client.get("/nope", headers={b"X-Request-Id": given.encode("latin-1")})
    assert assert_problem(answer, status=404, code="not_found")["request_id"] != given


async def test_one_line_is_logged_per_request_without_texts_queries_or_keys() -> None:
    secret = "hunter2"
    async with opened() as client:
        with capture_logs() as logs:
            await client.get("/v1/memories/search", params={"user_id": secret, "q": secret})
            await client.post("/v1/memories", json={"user_id": secret, "fact": secret})
            await client.get(f"/v1/users/{secret}/context")
    assert [(line["method"], line["route"], line["status"]) for line in logs] == [
        ("GET", "/v1/memories/search", 200),
        ("POST", "/v1/memories", 201),
        ("GET", "/v1/users/{user_id}/context", 200),
    ]
    assert all(line["tenant_id"] and line["request_id"] and line["duration_ms"] >= 0 for line in logs)
    assert secret not in str(logs)
    assert AUTHORIZED["Authorization"].removeprefix("Bearer ") not in str(logs)


async def test_health_tells_whether_the_database_answers() -> None:
    async with Edge().client(headers={}) as client:
        well = await client.get("/health")
    async with _with_database_down().client(headers={}) as client:
        away = await client.get("/health")
        alive = await client.get("/livez")
    assert (well.status_code, well.json()) == (200, {"status": "ok", "db": "ok"})
    assert assert_problem(away, status=503, code="unavailable")["db"] == "error"
    assert away.headers["retry-after"]
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})


async def test_readiness_lists_its_checks_also_when_one_fails() -> None:
    async with Edge().client(headers={}) as client:
        ready = (await client.get("/readyz")).json()
    async with _with_database_down().client(headers={}) as client:
        answer = await client.get("/readyz")
    problem = assert_problem(answer, status=503, code="unavailable")
    assert ready["status"] == "ready"
    assert [check["ok"] for check in ready["checks"]] == [True, True]
    assert problem["checks"] == [
        {"name": "database", "ok": False, "detail": "in memory"},
        ready["checks"][1],
    ]


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
async def test_a_browser_of_any_origin_may_call(method: str) -> None:
    asked = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    async with Edge().client(headers={}) as client:
        preflight = await client.options("/v1/memories", headers=asked)
        refused = await client.get("/v1/memories", headers={"Origin": "https://app.example"})
    assert preflight.status_code == 204
    assert method in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-headers"] == "authorization, content-type"
    assert preflight.headers["x-request-id"]
    assert refused.headers["access-control-allow-origin"] == "*"


async def test_the_documentation_page_asks_no_other_host() -> None:
    async with Edge().client(headers={}) as client:
        page = await client.get("/docs")
        wanted = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        parts = [await client.get(f"/{one}") for one in wanted]
        unknown = await client.get("/docs/assets/index.html")
    assert "//" not in page.text
    assert [part.status_code for part in parts] == [200, 200, 200]
    assert_problem(unknown, status=404, code="not_found")


def _with_database_down() -> Edge:
    edge = Edge()
    edge.database.down = True
    return edge


async def _leave_once_begun(application: FastAPI, search: EndlessSearch) -> list[object]:
    sent: list[object] = []

    async def receive() -> dict[str, object]:
        await search.begun.wait()
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        sent.append(message)

    request = httpx2.Request("GET", f"http://loci{SEARCH}", headers=AUTHORIZED)
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": request.url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
    }
    await application(scope, receive, send)  # pyright: ignore[reportArgumentType]  # a scope made by hand
    return sent
