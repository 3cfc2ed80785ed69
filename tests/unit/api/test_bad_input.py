"""Bad input of every kind: a problem of status 400 that names the field, and nothing is stored."""

import json

import httpx2
import pytest

from tests.unit.api.edge import Edge, assert_problem, opened

GOOD = {"user_id": "u", "fact": "Likes tea"}

_TIME = "must be a time like 2026-05-01T09:30:00Z, with an offset from UTC"
_NO_TIME = "must be a time that exists, with an offset from UTC"

BAD_FIELDS: list[tuple[dict[str, object], str, str]] = [
    ({"user_id": ""}, "user_id", "must not be empty"),
    ({"user_id": 7}, "user_id", "must be a string"),
    ({"user_id": None}, "user_id", "must be a string"),
    ({"user_id": "u" * 257}, "user_id", "must have at most 256 characters"),
    ({"fact": ""}, "fact", "must not be empty"),
    ({"fact": " \n\t\u2003"}, "fact", "must not be blank"),
    ({"fact": "x" * 2001}, "fact", "must have at most 2000 characters"),
    ({"fact": ["x"]}, "fact", "must be a string"),
    ({"namespace": ""}, "namespace", "must not be empty"),
    ({"namespace": "n" * 101}, "namespace", "must have at most 100 characters"),
    ({"source": "s" * 51}, "source", "must have at most 50 characters"),
    ({"importance": 1.01}, "importance", "must be at most 1"),
    ({"importance": -0.1}, "importance", "must be at least 0"),
    ({"importance": "1.5"}, "importance", "must be at most 1"),
    ({"importance": "abc"}, "importance", "must be a number"),
    ({"importance": "0x1"}, "importance", "must be a number"),
    ({"importance": "1_0"}, "importance", "must be a number"),
    ({"importance": ""}, "importance", "must be a number"),
    ({"importance": True}, "importance", "must be a number"),
    ({"importance": None}, "importance", "must be a number"),
    ({"importance": {}}, "importance", "must be a number"),
    ({"importance": "nan"}, "importance", "must be a number"),
    ({"importance": "Infinity"}, "importance", "must be a number"),
    ({"importance": 10**400}, "importance", "must be a finite number"),
    ({"team_id": 5}, "team_id", "must be a string"),
    ({"visibility": "team"}, "team_id", "is required with visibility team"),
    ({"visibility": "public"}, "visibility", "must be private or team"),
    ({"visibility": 1}, "visibility", "must be private or team"),
    ({"created_at": 5}, "created_at", _TIME),
    ({"created_at": "2026-05-01"}, "created_at", _TIME),
    ({"created_at": "2026-05-01T09:30:00"}, "created_at", _TIME),
    ({"created_at": "2026-02-30T09:30:00Z"}, "created_at", _NO_TIME),
    ({"created_at": "2026-02-20T09:30:00+99:00"}, "created_at", _NO_TIME),
    ({"created_at": "0001-01-01T00:00:00+14:00"}, "created_at", _NO_TIME),
    ({"created_at": "1969-12-31T23:59:59Z"}, "created_at", "must not be before 1970"),
    ({"conversation_id": ""}, "conversation_id", "must not be empty"),
    ({"conversation_id": "c" * 201}, "conversation_id", "must have at most 200 characters"),
    ({"conversation_id": 5}, "conversation_id", "must be a string"),
    ({"speaker": " "}, "speaker", "must not be blank"),
    ({"speaker": "s" * 201}, "speaker", "must have at most 200 characters"),
    ({"title": ""}, "title", "must not be empty"),
    ({"title": ["x"]}, "title", "must be a string"),
    ({"entities": "Rome"}, "entities", "must be a list"),
    ({"entities": None}, "entities", "must be a list"),
    ({"entities": ["Rome"] * 51}, "entities", "must have at most 50 items"),
    ({"entities": ["Rome", ""]}, "entities.1", "must not be empty"),
    ({"entities": ["x" * 201]}, "entities.0", "must have at most 200 characters"),
    ({"metadata": []}, "metadata", "must be an object"),
    ({"metadata": "{}"}, "metadata", "must be an object"),
    ({"metadata": {"a": "x" * 16_400}}, "metadata", "must be at most 16 KiB as compact JSON"),
]  # fmt: skip

BAD_BODIES: list[tuple[bytes, str]] = [
    (b"{", "malformed"),
    (b"not json", "a word"),
    (b"[]", "a list"),
    (b'"text"', "a string"),
    (b"null", "null"),
    (b"7", "a number"),
    (b'{"user_id": "u", "fact": "x", "importance": NaN}', "NaN"),
    (b'{"user_id": "u", "fact": "x", "importance": Infinity}', "Infinity"),
    (b'{"user_id": "u", "fact": "x", "importance": 1e999}', "beyond double precision"),
    (b'{"user_id": "u", "fact": "x", "metadata": {"a": [1e999]}}', "beyond double precision, nested"),
    (b'{"user_id": "u", "fact": "\\ud800"}', "unpaired surrogate"),
    (b'{"user_id": "u", "fact": "\\udc00\\ud800"}', "surrogates the wrong way round"),
    (b'{"user_id": "\\ud800", "fact": "x"}', "unpaired surrogate in the user"),
    (b'{"user_id": "u", "fact": "x", "metadata": {"a": ["\\udfff"]}}', "unpaired surrogate, nested"),
    (b'{"user_id": "u", "fact": "x", "metadata": {"\\udfff": 1}}', "unpaired surrogate in a name"),
    (b'{"user_id": "u", "fact": "\xff"}', "not UTF-8"),
    (b'{"user_id": "u", "fact": "\xed\xa0\x80"}', "an encoded surrogate"),
    (b'{"user_id": "u", "fact": "x", "metadata": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001, "deeply nested"),
    (b"[" * 500_000, "deeply nested, unclosed"),
    (b'{"user_id": "u", "fact": "x", "importance": ' + b"9" * 500_000 + b"}", "a huge integer"),
    ('{"user_id": "u", "fact": "x"}'.encode("utf-16"), "another encoding"),
]

BAD_QUERIES = [
    "/v1/memories",
    "/v1/memories?user_id=",
    "/v1/memories?user_id=u&limit=abc",
    "/v1/memories?user_id=u&limit=",
    "/v1/memories?user_id=u&limit=1.5",
    "/v1/memories?user_id=u&limit=true",
    "/v1/memories?user_id=u&limit=" + "9" * 5000,
    "/v1/memories?user_id=u&offset=x",
    "/v1/memories?user_id=u&visibility=public",
    "/v1/memories?user_id=%ff",
    "/v1/memories?user_id=%ed%a0%80",
    "/v1/memories?user_id=u&ignored=%ff",
    "/v1/memories/search?user_id=u",
    "/v1/memories/search?q=x",
    "/v1/memories/search?user_id=u&q=",
    "/v1/memories/search?user_id=u&q=%20",
    "/v1/memories/search?user_id=u&q=x&limit=x",
    "/v1/memories/search?user_id=u&q=x&namespace=",
    "/v1/users/u/context?top_n=x",
    "/v1/users//context",
    "/v1/users/" + "u" * 257 + "/context",
]


@pytest.mark.parametrize(("change", "field", "reason"), BAD_FIELDS)
async def test_a_bad_field_is_named_with_its_reason(
    change: dict[str, object], field: str, reason: str
) -> None:
    edge = Edge()
    async with opened(edge) as client:
        answer = await client.post("/v1/memories", json={**GOOD, **change})
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"] == {field: reason}
    assert problem["error"] == f"{field} {reason}"
    assert await edge.held() == 0


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for body, name in BAD_BODIES])
@pytest.mark.parametrize("address", ["/v1/memories", "/v1/memories/batch", "/v1/memories/search"])
async def test_a_body_that_is_no_sound_json_object_is_refused(body: bytes, address: str) -> None:
    edge = Edge()
    async with opened(edge) as client:
        answer = await client.post(address, content=body)
    assert_problem(answer, status=400, code="validation_error")
    assert await edge.held() == 0


@pytest.mark.parametrize("address", BAD_QUERIES)
async def test_a_bad_query_is_refused(address: str) -> None:
    async with opened() as client:
        problem = assert_problem(await client.get(address), status=400, code="validation_error")
    assert problem["fields"]


@pytest.mark.parametrize("limit", [1.5, "1.5", "x", True, None, [], "1_0", "٣", 1e999])
async def test_a_window_in_a_body_must_be_a_whole_number(limit: object) -> None:
    async with opened() as client:
        body = json.dumps({"user_id": "u", "q": "x", "limit": limit}).replace("Infinity", "1e999")
        problem = assert_problem(
            await client.post("/v1/memories/search", content=body), status=400, code="validation_error"
        )
    assert problem["fields"] == {"limit": "must be a whole number"}


async def test_every_bad_field_is_named_at_once() -> None:
    async with opened() as client:
        answer = await client.post("/v1/memories", content=b"")
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"] == {"user_id": "is required", "fact": "is required"}
    assert problem["error"] == "user_id is required; fact is required"


async def test_a_refusal_never_repeats_what_was_sent() -> None:
    sent = {"user_id": ["hunter2"], "fact": {"hunter2": 1}, "importance": "hunter2", "visibility": "hunter2"}
    async with opened() as client:
        answer = await client.post("/v1/memories", json=sent)
    assert_problem(answer, status=400, code="validation_error")
    assert "hunter2" not in answer.text
    assert "pydantic" not in answer.text


@pytest.mark.parametrize(
    "body", [b'{"tenant_name": ""}', b'{"tenant_name": 5}', b"[]", b'{"tenant_name": "\\ud800"}']
)
@pytest.mark.parametrize("address", ["/setup", "/admin/tenants"])
async def test_operators_are_refused_bad_input_the_same_way(address: str, body: bytes) -> None:
    async with opened() as client:
        assert_problem(await client.post(address, content=body), status=400, code="validation_error")


async def test_limits_count_characters_and_not_bytes() -> None:
    async with opened() as client:
        sent = {"user_id": "🦊" * 256, "fact": "🦊" * 2000, "namespace": "ü" * 100, "source": "ü" * 50}
        answer: httpx2.Response = await client.post("/v1/memories", json=sent)
    assert answer.status_code == 201


async def test_metadata_may_fill_its_limit_to_the_last_byte() -> None:
    async with opened() as client:
        full = {"a": "ü" * 8188}
        assert len(json.dumps(full, ensure_ascii=False, separators=(",", ":")).encode()) == 16 * 1024
        answer = await client.post("/v1/memories", json={**GOOD, "metadata": full})
    assert answer.status_code == 201
