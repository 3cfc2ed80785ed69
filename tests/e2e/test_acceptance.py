"""The contract's acceptance checks on a service as a user starts it, with the real model and database.

The numbers are those of the contract.
"""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
import uuid6

from tests.e2e.command import LociProcess

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def client(loci: LociProcess) -> Iterator[httpx2.Client]:
    with loci.client() as client:
        yield client


@pytest.fixture
def user() -> str:
    """A user without memories."""
    return f"user-{uuid6.uuid7()}"


def _store(client: httpx2.Client, user: str, fact: str, **fields: object) -> tuple[int, Answer]:
    answer = client.post("/v1/memories", json={"user_id": user, "fact": fact, **fields})
    return answer.status_code, answer.json()


def _search(client: httpx2.Client, user: str, q: str, **query: Any) -> list[Answer]:
    answer = client.get("/v1/memories/search", params={"user_id": user, "q": q, **query})
    assert answer.status_code == 200, answer.text
    rows: list[Answer] = answer.json()["results"]
    return rows


def _ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def test_m1_health_needs_no_key(loci: LociProcess) -> None:
    answer = httpx2.get(f"{loci.base_url}/health", trust_env=False)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "db": "ok"})


def test_m3_m4_new_facts_are_stored_under_ids_of_their_own(client: httpx2.Client, user: str) -> None:
    facts = {
        "Prefers Python over JavaScript for backend work": 0.7,
        "Is a senior backend engineer at Stripe": 1.0,
        "Currently building a payment reconciliation service": 0.7,
        "Had a meeting with the team today": 0.2,
    }
    answers = [_store(client, user, fact, importance=importance) for fact, importance in facts.items()]
    assert [(status, answer["action"]) for status, answer in answers] == [(201, "stored")] * 4
    assert len({answer["id"] for _, answer in answers}) == 4


@pytest.mark.parametrize(("importance", "days"), [(1.0, 10), (0.7, 7), (0.2, 2), (0.0, 1)])
def test_m5_a_fact_has_half_faded_after_its_half_life(
    client: httpx2.Client, user: str, importance: float, days: int
) -> None:
    _store(client, user, "Likes tea", importance=importance, created_at=_ago(days))
    assert _search(client, user, "tea")[0]["decay_score"] == pytest.approx(0.5, abs=0.001)  # pyright: ignore[reportUnknownMemberType]
    _store(client, user, "Likes tea")
    assert _search(client, user, "tea")[0]["decay_score"] == pytest.approx(1, abs=0.001)  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.parametrize("again", ["lives in new york", "Lives in New York ", "Lives in New York."])
def test_m9_other_spellings_are_duplicates(client: httpx2.Client, user: str, again: str) -> None:
    _, first = _store(client, user, "Lives in New York")
    assert _store(client, user, again) == (200, {"action": "duplicate", "id": first["id"]})


def test_m10_other_users_and_namespaces_are_other_scopes(client: httpx2.Client, user: str) -> None:
    _store(client, user, "Lives in New York")
    assert _store(client, user + "-2", "Lives in New York")[1]["action"] == "stored"
    assert _store(client, user, "Lives in New York", namespace="work")[1]["action"] == "stored"


def test_m10_different_statements_are_stored_side_by_side(client: httpx2.Client, user: str) -> None:
    for fact in ("Is a senior backend engineer at Stripe", "Works at Stripe on payment systems"):
        assert _store(client, user, fact)[1]["action"] == "stored"


def test_m13_rows_carry_the_blend_and_are_ordered_by_it(client: httpx2.Client, user: str) -> None:
    for number, fact in enumerate(("Likes green tea", "Likes coffee", "Owns a bicycle", "Speaks Portuguese")):
        _store(client, user, fact, created_at=_ago(number * 3), importance=0.3)
    rows = _search(client, user, "hot drinks", limit=3)
    assert len(rows) == 3
    for row in rows:
        assert all(0 <= row[name] <= 1 for name in ("similarity", "decay_score", "score"))
        assert row["score"] == pytest.approx(0.7 * row["similarity"] + 0.3 * row["decay_score"], abs=0.001)  # pyright: ignore[reportUnknownMemberType]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def test_m15_a_context_is_lines_of_text(client: httpx2.Client, user: str) -> None:
    for fact in ("Prefers Python over JavaScript for backend work", "Is a senior backend engineer at Stripe"):
        _store(client, user, fact)
    path = f"/v1/users/{user}/context"
    found = client.get(path, params={"q": "coding preferences", "top_n": "5"}).json()
    assert "Prefers Python over JavaScript" in found["context"]
    assert len(found["context"].splitlines()) == len(found["memories"]) == 2
    unasked = client.get(path).json()
    assert all(row["similarity"] == 1 and row["score"] == row["decay_score"] for row in unasked["memories"])
    unknown = client.get(f"/v1/users/{user}-unknown/context").json()
    assert unknown == {"context": "No relevant memories found.", "memories": []}


def test_m24_namespaces_keep_apart(client: httpx2.Client, user: str) -> None:
    _store(client, user, "Sprint 42 ends Friday", namespace="work")
    _store(client, user, "Allergic to shellfish", namespace="health")
    _store(client, user, "Planning a trip to Japan", namespace="travel")
    found = _search(client, user, "current sprint", namespace="work")
    assert [row["fact"] for row in found] == ["Sprint 42 ends Friday"]
    assert _search(client, user, "current sprint") == []
    context = client.get(f"/v1/users/{user}/context", params={"q": "allergies", "namespace": "work"}).json()
    assert "shellfish" not in context["context"]


@pytest.mark.parametrize("flag", ["true", "false", ""])
def test_m30_without_a_team_the_flag_changes_nothing(client: httpx2.Client, user: str, flag: str) -> None:
    _store(client, user, "Likes tea")
    assert len(_search(client, user, "tea", include_team=flag)) == 1


def test_m33_every_route_wants_a_key_and_unknown_ones_do_not(loci: LociProcess) -> None:
    document = httpx2.get(f"{loci.base_url}/openapi.json", trust_env=False).json()
    tried = 0
    for path, operations in document["paths"].items():
        for method in operations:
            if not path.startswith("/v1/") or path.startswith(("/v1/signup", "/v1/invitations/")):
                continue
            tried += 1
            url = loci.base_url + path.replace("{user_id}", "x").replace("{memory_id}", "x")
            answer = httpx2.request(method.upper(), url, content=b"{not json", trust_env=False)
            assert answer.status_code == 401, (method, path, answer.text)
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert isinstance(answer.json()["error"], str)
    assert tried >= 9
    assert httpx2.get(f"{loci.base_url}/v1/nothing", trust_env=False).status_code == 404


def test_m34_a_deleted_memory_is_gone_everywhere(client: httpx2.Client, user: str) -> None:
    _, stored = _store(client, user, "Likes tea")
    address = f"/v1/memories/{stored['id']}"
    deleted = client.delete(address)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert client.delete(address).status_code == client.get(address).status_code == 404
    assert client.patch(address, json={"importance": 1}).status_code == 404
    assert _search(client, user, "tea") == []
    assert client.get("/v1/memories", params={"user_id": user}).json()["total"] == 0
    assert _store(client, user, "Likes tea")[1]["action"] == "stored"


def test_m37_any_user_id_works_in_body_query_and_path(client: httpx2.Client) -> None:
    user = f"ann+{uuid6.uuid7()}@example.com/команда a b"
    _store(client, user, "Likes tea")
    assert len(_search(client, user, "tea")) == 1
    for in_path in (quote(user, safe=""), quote(user, safe="/")):
        assert len(client.get(f"/v1/users/{in_path}/context").json()["memories"]) == 1


def test_m39_twenty_equal_stores_at_once_make_one_memory(loci: LociProcess, user: str) -> None:
    answers: list[tuple[int, Answer]] = []

    def store() -> None:
        with loci.client() as own:
            answers.append(_store(own, user, "Likes jasmine tea"))

    threads = [threading.Thread(target=store) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(status for status, _ in answers) == [200] * 19 + [201]
    assert len({answer["id"] for _, answer in answers}) == 1


@pytest.mark.parametrize(
    "text",
    [
        '+scope_id:* AND (text:[* TO *] OR *:*)~2^4 && || ! { } " ? : \\ /',
        "'}) MATCH (n) DETACH DELETE n //",
        "`) RETURN 1 UNION MATCH (k:ApiKey) RETURN k.digest //",
        "$tenant_id ${x} {{x}} %s %(x)s \\u0000",
        "مرحبا بالعالم ‏RTL‏ 👩‍👩‍👧‍👦 \t\x07 control",
    ],
)
def test_query_languages_are_only_text(client: httpx2.Client, user: str, text: str) -> None:
    named = {"source": text[:50], "namespace": text[:100]}
    status, stored = _store(client, user, text, metadata={text: [text]}, **named)
    assert (status, stored["action"]) == (201, "stored")
    (row,) = _search(client, user, text, **named)
    assert (row["id"], row["fact"], row["metadata"]) == (stored["id"], text, {text: [text]})
    assert row["source"] == text[:50]
