"""Spaces on a service as a user starts it: long texts, many clients at once, scores, and the how-to page."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
import uuid6

from tests.e2e import documents
from tests.e2e.command import LociProcess

PAGE = "docs/howto/spaces.md"
POSTGRES = (
    "The company's production database is PostgreSQL 16 running on RDS in us-east-1. "
    "Connection pooling uses PgBouncer."
)
PREFERENCES = (
    "User prefers concise answers with code examples. They work primarily in Python and deploy to AWS Lambda."
)


@pytest.fixture(scope="module")
def client(loci: LociProcess) -> Iterator[httpx2.Client]:
    with loci.client() as client:
        yield client


@pytest.fixture
def space() -> str:
    """A space that was never written."""
    return f"space {uuid6.uuid7()}"


def add(client: httpx2.Client, space: str, text: str, **headers: str) -> httpx2.Response:
    return client.post("/mcp/addMemory", json={"space": space, "text": text}, headers=headers)


def search(client: httpx2.Client, space: str, q: str, **fields: object) -> list[dict[str, Any]]:
    answer = client.post("/mcp/search", json={"space": space, "q": q, **fields})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["memories"]
    return found


def test_m39_of_twenty_equal_texts_at_once_one_is_new(client: httpx2.Client, space: str) -> None:
    def store(_: int) -> httpx2.Response:
        return add(client, space, "Likes tea")

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(store, range(20)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 19}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_stores_and_deletions_at_once_all_end_well(client: httpx2.Client, space: str) -> None:
    def store_or_delete(number: int) -> int:
        if number % 4 == 3:
            return client.delete(f"/spaces/{space}").status_code
        return add(client, space, f"Fact number {number}").status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = Counter(threads.map(store_or_delete, range(24)))
    assert set(statuses) <= {201, 204, 404}
    assert statuses[201] == 18
    listed = client.get("/mcp/fetchMessages", params={"space": space, "limit": 100}).json()["memories"]
    counts = {one["name"]: one["memory_count"] for one in client.get("/spaces?limit=1000").json()["spaces"]}
    assert len(listed) == counts.get(space, 0)


def test_p9_all_scores_keep_their_bounds(client: httpx2.Client, space: str) -> None:
    add(client, space, POSTGRES)
    add(client, space, PREFERENCES)
    first, second = search(client, space, "What database does the team use?")
    assert (first["text"], second["text"]) == (POSTGRES, PREFERENCES)
    assert first["score"] > 0.8
    assert second["score"] < 0.6
    assert [one["text"] for one in search(client, space, "database setup")] == [POSTGRES, PREFERENCES]
    for text in (POSTGRES, PREFERENCES):
        assert search(client, space, text)[0]["score"] > 0.95


def test_a_sentence_in_the_middle_of_a_long_text_finds_it(client: httpx2.Client, space: str) -> None:
    """The model reads about two hundred words of a text; the sentence lies thousands of words further on."""
    sentences = [f"Chapter {number} tells of the harbour and of ship {number * 7}." for number in range(400)]
    sentences[300] = "Ernesto wrote the combination of the vault on a blue napkin."
    add(client, space, " ".join(sentences))
    add(client, space, POSTGRES)
    found = search(client, space, "Where did Ernesto write down the combination of the vault?")
    assert [one["text"] for one in found] == [" ".join(sentences), POSTGRES]
    assert found[0]["score"] > 0.6 > found[1]["score"]


def test_a_store_sent_again_with_its_key_is_answered_as_the_first_time(
    client: httpx2.Client, space: str
) -> None:
    key = {"Idempotency-Key": str(uuid6.uuid7())}
    first, second = (add(client, space, "Likes tea", **key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert add(client, space, "Owns a boat", **key).status_code == 422


def test_the_page_on_spaces(loci: LociProcess) -> None:
    store, remove = documents.blocks(PAGE, "run")
    added, other, found, filtered = documents.answers(documents.run(loci, store))
    assert [one["id"] for one in found["memories"]] == [added["id"]]
    assert [one["id"] for one in filtered["memories"]] == [other["id"]]
    newest, listed, removed = documents.answers(documents.run(loci, remove))
    assert [one["id"] for one in newest["memories"]] == [other["id"], added["id"]]
    assert "backend" in {one["name"] for one in listed["spaces"]}
    assert removed == {"status": 204}
