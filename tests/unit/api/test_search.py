"""The routes that find memories."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.unit.api.edge import Edge, assert_problem, opened

FACT = "Prefers Python over JavaScript for backend work"
ROW = set("id fact importance decay_score similarity score source namespace created_at metadata".split())
TEAM_WITH_FLAG = [("true", 404), ("1", 404), ("false", 200), ("yes", 200), ("", 200)]


async def test_a_search_answers_rows_in_the_shape_of_the_contract() -> None:
    edge = Edge()
    async with opened(edge) as client:
        sent = {"user_id": "u", "fact": FACT, "importance": 0.7, "metadata": {"a": 0.123456}}
        await client.post("/v1/memories", json=sent)
        edge.clock.move(timedelta(days=1))
        answer = await client.get("/v1/memories/search", params={"user_id": "u", "q": FACT})
    (row,) = answer.json()["results"]
    assert row == {
        "id": row["id"],
        "fact": FACT,
        "importance": 0.7,
        "decay_score": 0.9057,
        "similarity": 1.0,
        "score": 0.9717,
        "source": "api",
        "namespace": "default",
        "created_at": "2026-05-01T09:30:00.000Z",
        "metadata": {"a": 0.123456},
    }
    assert set(answer.json()) == {"results"}


async def test_a_search_by_post_names_its_rows_twice_and_their_text_too() -> None:
    async with opened() as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})
        answer = (await client.post("/v1/memories/search", json={"userId": "u", "query": FACT})).json()
    (row,) = answer["results"]
    assert set(row) == ROW | {"content"}
    assert row["content"] == FACT
    assert answer["memories"] == answer["results"]


async def test_a_search_finds_nothing_for_an_unknown_user_or_namespace() -> None:
    async with opened() as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})
        for wanted in (
            {"user_id": "x"},
            {"user_id": "u", "namespace": "work"},
            {"user_id": "u", "source": "x"},
        ):
            answer = await client.get("/v1/memories/search", params={"q": FACT, **wanted})
            assert (answer.status_code, answer.json()) == (200, {"results": []})


@pytest.mark.parametrize(("name", "value"), [("limit", 1), ("limit", "1"), ("top_n", "1"), ("limit", 0)])
async def test_a_search_answers_at_most_as_many_rows_as_asked(name: str, value: object) -> None:
    async with opened() as client:
        for fact in ("Likes tea", "Owns a boat"):
            await client.post("/v1/memories", json={"user_id": "u", "fact": fact})
        sent = {"user_id": "u", "q": "tea", name: value}
        answer = (await client.post("/v1/memories/search", json=sent)).json()
    assert len(answer["results"]) == 1


async def test_the_documented_name_of_the_limit_wins() -> None:
    async with opened() as client:
        for fact in ("Likes tea", "Owns a boat"):
            await client.post("/v1/memories", json={"user_id": "u", "fact": fact})
        sent = {"user_id": "u", "q": "tea", "top_n": 2, "limit": 1}
        answer = (await client.post("/v1/memories/search", json=sent)).json()
    assert len(answer["results"]) == 1


@pytest.mark.parametrize(("flag", "status"), TEAM_WITH_FLAG)
async def test_a_team_counts_only_with_the_flag_on(flag: str, status: int) -> None:
    async with opened() as client:
        wanted = {"user_id": "u", "q": "x", "team_id": "t", "include_team": flag}
        searched = await client.get("/v1/memories/search", params=wanted)
        contexted = await client.get("/v1/users/u/context", params=wanted)
        alone = await client.get("/v1/memories/search", params={**wanted, "include_team": "0"})
    assert (searched.status_code, contexted.status_code, alone.status_code) == (status, status, 200)


@pytest.mark.parametrize(("flag", "status"), [(True, 404), (1, 404), (False, 200), (2, 200), (None, 200)])
async def test_a_flag_may_be_a_json_value(flag: object, status: int) -> None:
    async with opened() as client:
        sent = {"user_id": "u", "q": "x", "team_id": "t", "include_team": flag}
        answer = await client.post("/v1/memories/search", json=sent)
    assert answer.status_code == status


async def test_a_context_is_numbered_text_with_its_rows() -> None:
    async with opened() as client:
        sent = {"user_id": "u", "fact": "Prefers\nPython", "importance": 0.7}
        await client.post("/v1/memories", json=sent)
        answer = (await client.get("/v1/users/u/context?q=python")).json()
    assert answer["context"] == "[1] (importance: 0.7, decay: 1, source: api) Prefers Python"
    assert [(one["fact"], set(one)) for one in answer["memories"]] == [("Prefers\nPython", ROW)]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20"])
async def test_a_context_without_a_query_is_ordered_by_decay(query: str) -> None:
    async with opened() as client:
        await client.post(
            "/v1/memories", json={"user_id": "u", "fact": "Old", "created_at": "2026-04-01T00:00:00Z"}
        )
        await client.post("/v1/memories", json={"user_id": "u", "fact": "New"})
        rows = (await client.get(f"/v1/users/u/context{query}")).json()["memories"]
    assert [one["fact"] for one in rows] == ["New", "Old"]
    assert [one["similarity"] for one in rows] == [1.0, 1.0]
    assert [one["score"] for one in rows] == [one["decay_score"] for one in rows]


async def test_an_unknown_user_has_an_empty_context() -> None:
    async with opened() as client:
        answer = await client.get("/v1/users/nobody/context?q=x&top_n=5")
    assert answer.json() == {"context": "No relevant memories found.", "memories": []}


@pytest.mark.parametrize(
    "user_id", ["a@b.c", "team/ann", "ann lee", "Ünï/🦊", "a//b", "context", "a/context", "%41", "..x"]
)
async def test_any_user_id_works_in_bodies_queries_and_paths(user_id: str) -> None:
    async with opened() as client:
        await client.post("/v1/memories", json={"user_id": user_id, "fact": FACT})
        searched = await client.get("/v1/memories/search", params={"user_id": user_id, "q": FACT})
        encoded = await client.get(f"/v1/users/{quote(user_id, safe='')}/context")
        bare = await client.get(f"/v1/users/{quote(user_id, safe='/@')}/context")
    for answer, name in ((searched, "results"), (encoded, "memories"), (bare, "memories")):
        assert [one["fact"] for one in answer.json()[name]] == [FACT]


async def test_a_doubled_slash_at_the_beginning_of_an_address_does_no_harm() -> None:
    async with opened() as client:
        await client.post("http://loci//v1/memories", json={"user_id": "u", "fact": FACT})
        answer = await client.get("http://loci//v1/memories/search?user_id=u&q=x")
    assert [one["fact"] for one in answer.json()["results"]] == [FACT]


async def test_a_user_id_in_the_path_that_is_not_utf_8_is_refused() -> None:
    async with opened() as client:
        answer = await client.get("/v1/users/%ff/context")
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {
        "user_id": "must be UTF-8, percent-encoded"
    }
