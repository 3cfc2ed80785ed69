"""What readers of the PersistMemory tutorial do next: metadata, odd names, limits, other tenants.

Over plain HTTP. Names of tests begin with those of the acceptance checks.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
import uuid6

from tests.e2e.command import LociProcess

Answer = dict[str, Any]

_SECRET = "secret-of-the-operators"
_TEXT = "The company's production database is PostgreSQL 16"


@pytest.fixture(scope="module")
def loci(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LociProcess]:
    """A running service of two tenants at least."""
    process = LociProcess(
        data_dir=tmp_path_factory.mktemp("e2e") / "data",
        api_key="key-of-the-e2e-tests",
        settings={"LOCI_SETUP_SECRET": _SECRET},
    )
    process.start()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture
def client(loci: LociProcess) -> Iterator[httpx2.Client]:
    with loci.client() as client:
        yield client


@pytest.fixture
def space() -> str:
    """A name that nothing was stored under."""
    return f"space-{uuid6.uuid7()}"


def _store(client: httpx2.Client, space: str, text: str, **members: object) -> tuple[int, Answer]:
    answer = client.post("/mcp/addMemory", json={"space": space, "text": text, **members})
    return answer.status_code, answer.json()


def _search(client: httpx2.Client, space: str, q: str, **members: object) -> list[Answer]:
    answer = client.post("/mcp/search", json={"space": space, "q": q, **members})
    assert answer.status_code == 200, answer.text
    found: list[Answer] = answer.json()["memories"]
    return found


def _list(client: httpx2.Client, space: str) -> list[Answer]:
    listed: list[Answer] = client.get("/mcp/fetchMessages", params={"space": space}).json()["memories"]
    return listed


def _names(client: httpx2.Client) -> set[str]:
    return {one["name"] for one in client.get("/spaces", params={"limit": 1000}).json()["spaces"]}


def test_p4_the_first_store_makes_the_space_and_a_search_does_not(client: httpx2.Client, space: str) -> None:
    assert _search(client, space, "anything") == []
    assert space not in _names(client)
    assert _store(client, space, _TEXT)[0] == 201
    assert space in _names(client)


@pytest.mark.parametrize(("text", "title"), [("x" * 60, "x" * 60), ("x" * 61, "x" * 60 + "...")])
def test_p5_without_a_title_the_text_gives_one(
    client: httpx2.Client, space: str, text: str, title: str
) -> None:
    assert _store(client, space, text)[1]["title"] == title


def test_p7_the_same_text_is_a_duplicate_and_another_city_is_not(client: httpx2.Client, space: str) -> None:
    status, first = _store(client, space, "Lives in New York")
    assert status == 201
    status, again = _store(client, space, "Lives in New York")
    assert (status, again["id"], again["created_at"]) == (200, first["id"], first["created_at"])
    assert _store(client, space, "Lives in San Francisco")[0] == 201
    assert [one["text"] for one in _list(client, space)] == ["Lives in San Francisco", "Lives in New York"]


def test_p9_a_text_is_found_by_its_own_words_with_a_high_score(client: httpx2.Client, space: str) -> None:
    _store(client, space, _TEXT)
    (found,) = _search(client, space, _TEXT)
    assert 0.95 < found["score"] <= 1


def test_p10_metadata_comes_back_as_it_was_and_is_merged(client: httpx2.Client, space: str) -> None:
    sent = {"type": "user_preference", "confidence": 0.95, "nested": {"list": [1, None, True]}}
    assert _store(client, space, _TEXT, metadata=sent)[1]["metadata"] == sent
    status, merged = _store(client, space, _TEXT, metadata={"type": "fact", "new": 1})
    assert (status, merged["metadata"]) == (200, sent | {"type": "fact", "new": 1})
    assert _list(client, space)[0]["metadata"] == merged["metadata"]


@pytest.mark.parametrize("metadata", [{"x": "y" * 17_000}, [1], "text", 1])
def test_p10_metadata_too_large_or_of_another_kind_is_refused(
    client: httpx2.Client, space: str, metadata: object
) -> None:
    status, problem = _store(client, space, _TEXT, metadata=metadata)
    assert (status, problem["code"]) == (422, "validation_error")


def test_p10_a_filter_keeps_equal_values_before_the_results_are_counted(
    client: httpx2.Client, space: str
) -> None:
    _store(client, space, "The database is PostgreSQL", metadata={"number": True})
    _store(client, space, "Sushi is for dinner", metadata={"number": 1, "kind": "food"})
    found = _search(client, space, "Which database?", filter={"number": 1.0}, top_k=1)
    assert [one["text"] for one in found] == ["Sushi is for dinner"]
    assert _search(client, space, "Which database?", filter={"number": 1, "kind": "drink"}) == []
    assert len(_search(client, space, "Which database?", filter={})) == 2


@pytest.mark.parametrize(("top_k", "count"), [(0, 1), (1, 1), ("2", 2), (100_000, 3)])
def test_p12_the_number_of_results_is_clamped(
    client: httpx2.Client, space: str, top_k: object, count: int
) -> None:
    for text in ("Likes tea", "Owns a red bicycle", "Speaks Portuguese"):
        _store(client, space, text)
    assert len(_search(client, space, "drinks", top_k=top_k)) == count


def test_p12_a_number_of_results_that_is_none_is_refused(client: httpx2.Client, space: str) -> None:
    answer = client.post("/mcp/search", json={"space": space, "q": "x", "top_k": "abc"})
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_error")


def test_p19_the_surfaces_do_not_find_each_other_s_memories(client: httpx2.Client, space: str) -> None:
    _, stored = _store(client, space, _TEXT)
    client.post("/v1/memories", json={"user_id": space, "fact": _TEXT})
    found = client.get("/v1/memories/search", params={"user_id": space, "q": _TEXT}).json()["results"]
    listed = client.get("/v1/memories", params={"user_id": space}).json()["memories"]
    assert stored["id"] not in {one["id"] for one in [*found, *listed]}
    assert [one["id"] for one in _search(client, space, _TEXT)] == [stored["id"]]
    assert client.get(f"/v1/memories/{stored['id']}").json()["fact"] == _TEXT


def test_p20_tenants_do_not_see_each_other(loci: LociProcess, client: httpx2.Client, space: str) -> None:
    made = httpx2.post(
        f"{loci.base_url}/admin/tenants",
        json={"tenant_name": space},
        headers={"x-setup-secret": _SECRET},
        trust_env=False,
    ).json()
    _, stored = _store(client, space, _TEXT)
    with loci.client(made["api_key"]) as stranger:
        assert _search(stranger, space, _TEXT) == _list(stranger, space) == []
        assert space not in _names(stranger)
        for path in (f"/spaces/{space}", f"/spaces/{stored['space_id']}", f"/mcp/memories/{stored['id']}"):
            assert stranger.delete(path).status_code == 404
        assert stranger.get(f"/mcp/memories/{stored['id']}").status_code == 404
    assert len(_list(client, space)) == 1


def test_p21_two_hundred_spaces_are_listed(client: httpx2.Client, space: str) -> None:
    names = [f"{space}-{number:03}" for number in range(200)]
    assert [_store(client, name, "Likes tea")[0] for name in names] == [201] * 200
    assert set(names) <= _names(client)


@pytest.mark.parametrize("name", ["with space", "a/b//c", "команда-🙂", "..%2f?#&", "agent-customer-support"])
@pytest.mark.parametrize("safe", ["", "/"])
def test_p21_any_name_works_in_every_call(client: httpx2.Client, space: str, name: str, safe: str) -> None:
    name = f"{space} {name}"
    assert _store(client, name, _TEXT)[1]["space"] == name
    assert len(_search(client, name, _TEXT)) == len(_list(client, name)) == 1
    assert client.delete(f"/spaces/{quote(name, safe=safe)}").status_code == 204
    assert _list(client, name) == []


def test_p22_a_memory_is_read_and_deleted_by_its_id(client: httpx2.Client, space: str) -> None:
    _, stored = _store(client, space, _TEXT)
    address = f"/mcp/memories/{stored['id']}"
    assert client.get(address).json() == stored
    assert [client.delete(address).status_code for _ in range(2)] == [204, 404]
    assert client.get(address).status_code == 404
    assert space in _names(client)


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": ""}',
        b'{"text": " \\n"}',
        b"{}",
        b"{not json",
        b"[]",
        b'{"text": "\\ud800"}',
        b'{"text": 1}',
    ],
)
def test_p25_a_text_that_is_none_is_refused(client: httpx2.Client, body: bytes) -> None:
    answer = client.post("/mcp/addMemory", content=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert isinstance(answer.json()["error"], str)


def test_p25_long_texts_are_kept_whole_up_to_the_limit(client: httpx2.Client, space: str) -> None:
    text = "Ünïcode words 🙂 of a long text. " * 2500
    long = text.encode()[:100_000].decode(errors="ignore")
    status, stored = _store(client, space, long)
    assert (status, stored["text"]) == (201, long)
    status, problem = _store(client, space, "x" * 131_073)
    assert (status, problem["code"]) == (413, "payload_too_large")


@pytest.mark.parametrize("path", ["/api/v1/memories", "/api/v1/spaces", "/keys", "/health/live"])
def test_p25_the_other_api_of_that_product_is_not_here(client: httpx2.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
