"""Whatever is sent, the answer is a documented one: no status of 500, no problem in another shape."""

import json
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.unit.api.edge import OPERATOR, Edge, assert_problem, opened

_TEXTS = some.text(some.characters(codec=None, exclude_categories=()), max_size=20)
_JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | _TEXTS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=5,
)
_FIELDS = (
    "user_id userId fact content q query limit top_n offset importance source namespace team_id visibility"
    " created_at metadata include_team memories tenant_name tenant_id label"
    " from_memory_id to_memory_id relationship_type weight depth ids edges"
    " name owner_id description model system_prompt slug members role email added_by changed_by invited_by"
    " arguments space text title top_k filter keep status on_conflict"
    " conversation_id speaker entities scopes as_of known_at history min_score decay_weight lanes graph"
    " token_budget memory_id"
).split()
_PLAUSIBLE = some.sampled_from(
    ["u", "0.5", "1", "team", "both", "keep", "private", "2026-05-01T09:30:00Z", 1, 0.5, True]
)
_BODIES = some.dictionaries(some.sampled_from(_FIELDS), _PLAUSIBLE | _JSON) | _JSON
_WRITES = [
    ("POST", "/v1/memories"),
    ("POST", "/v1/memories/batch"),
    ("POST", "/v1/memories/search"),
    ("POST", "/v1/memories/judge"),
    ("POST", "/v1/recall"),
    ("POST", "/v1/memories/some-id/restore"),
    ("PATCH", "/v1/memories/some-id"),
    ("POST", "/v1/conflicts/x/resolve"),
    ("PATCH", "/v1/settings"),
    ("POST", "/v1/graph/connect"),
    ("POST", "/v1/graph/connect/batch"),
    ("POST", "/v1/agents"),
    ("PATCH", "/v1/agents/x"),
    ("POST", "/v1/agents/x/memories"),
    ("POST", "/v1/teams"),
    ("PATCH", "/v1/teams/x"),
    ("POST", "/v1/teams/x/members"),
    ("PATCH", "/v1/teams/x/members/u"),
    ("POST", "/v1/teams/x/invitations"),
    ("POST", "/v1/invitations/x/accept"),
    ("POST", "/v1/openai/tool-call"),
    ("POST", "/v1/signup"),
    ("POST", "/mcp/addMemory"),
    ("POST", "/mcp/search"),
    ("POST", "/setup"),
    ("POST", "/admin/tenants"),
    ("POST", "/admin/keys"),
]
_READS = [
    "/v1/memories",
    "/v1/memories/search",
    "/v1/recall/why-not",
    "/v1/users/u/context",
    "/v1/memories/x",
    "/v1/memories/x/history",
    "/v1/conflicts",
    "/v1/settings",
    "/v1/graph/traverse/x",
    "/v1/graph/related/x",
    "/v1/graph/path",
    "/v1/graph/subgraph",
    "/v1/agents",
    "/v1/agents/x/memories",
    "/v1/teams",
    "/v1/teams/x",
    "/mcp/fetchMessages",
    "/mcp/memories/x",
    "/spaces",
    "/admin/keys",
]
_QUERIES = some.dictionaries(
    some.sampled_from(_FIELDS), some.binary(max_size=8) | some.sampled_from([b"u", b"1"])
)
_CODES = {
    400: "validation_error",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    410: "gone",
    422: "validation_error",
    429: "rate_limited",
}


@settings(max_examples=60, deadline=None)
@given(body=_BODIES)
async def test_any_json_is_answered(body: object) -> None:
    async with opened(Edge()) as client:
        for method, address in _WRITES:
            answer = await client.request(method, address, content=json.dumps(body), headers=OPERATOR)
            if answer.status_code >= 400:
                assert_problem(answer, status=answer.status_code, code=_CODES[answer.status_code])


@settings(max_examples=40, deadline=None)
@given(body=some.binary(max_size=60))
async def test_any_bytes_are_answered(body: bytes) -> None:
    async with opened(Edge()) as client:
        for method, address in _WRITES:
            answer = await client.request(method, address, content=body, headers=OPERATOR)
            if answer.status_code >= 400:
                assert_problem(answer, status=answer.status_code, code=_CODES[answer.status_code])


@settings(max_examples=60, deadline=None)
@given(query=_QUERIES)
async def test_any_query_is_answered(query: Mapping[str, bytes]) -> None:
    encoded = "&".join(
        f"{name}=" + "".join(f"%{byte:02x}" for byte in value) for name, value in query.items()
    )
    async with opened(Edge()) as client:
        for address in _READS:
            answer = await client.get(f"{address}?{encoded}", headers=OPERATOR)
            if answer.status_code >= 400:
                assert_problem(answer, status=answer.status_code, code=_CODES[answer.status_code])
