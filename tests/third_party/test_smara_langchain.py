"""smara-langchain 0.1.0, unmodified, with only its base URL set (acceptance check M38)."""

# The package is in the environment of this test only.
# pyright: basic, reportMissingImports=false

import asyncio

import httpx
import pytest
from smara_langchain import SmaraClient, SmaraMemory, SmaraRetriever

FACTS = ("Prefers Python over JavaScript", "Owns a red bicycle", "Is allergic to peanuts")


@pytest.fixture
def client(base_url: str, api_key: str) -> SmaraClient:
    return SmaraClient(api_key=api_key, base_url=f"{base_url}/")


@pytest.fixture
def memory(base_url: str, api_key: str, user: str) -> SmaraMemory:
    return SmaraMemory(api_key=api_key, base_url=base_url, user_id=user)


def test_a_fact_is_stored_and_the_second_time_a_duplicate(client: SmaraClient, user: str) -> None:
    stored = client.store(user, FACTS[0], 0.7)
    assert stored["action"] == "stored"
    assert client.store(user_id=user, fact=FACTS[0]) == {"action": "duplicate", "id": stored["id"]}


def test_a_search_answers_rows_best_first(client: SmaraClient, user: str) -> None:
    assert client.search(user, "anything") == []
    ids = {fact: client.store(user, fact)["id"] for fact in FACTS}
    rows = client.search(user, "Which food is dangerous?", limit=2)
    assert [rows[0]["fact"], len(rows)] == [FACTS[2], 2]
    assert rows[0]["id"] == ids[FACTS[2]]
    assert isinstance(rows[0]["score"], float)


def test_the_context_comes_with_its_memories(client: SmaraClient, user: str) -> None:
    assert client.get_context(user, "food")["memories"] == []
    client.store(user, FACTS[1])
    found = client.get_context(user, "transport", top_n=3)
    assert FACTS[1] in found["context"]
    assert [one["fact"] for one in found["memories"]] == [FACTS[1]]


def test_a_memory_is_deleted_once(client: SmaraClient, user: str) -> None:
    memory_id = client.store(user, FACTS[0])["id"]
    assert client.delete(memory_id) is True
    assert client.delete(memory_id) is False
    assert client.search(user, FACTS[0]) == []


def test_the_asynchronous_twins_do_the_same(client: SmaraClient, user: str) -> None:
    async def all_of_them() -> None:
        stored = await client.astore(user, FACTS[0], 1.0)
        assert [row["id"] for row in await client.asearch(user, "languages")] == [stored["id"]]
        assert FACTS[0] in (await client.aget_context(user, "languages"))["context"]
        assert [await client.adelete(stored["id"]) for _ in range(2)] == [True, False]

    asyncio.run(all_of_them())


@pytest.mark.parametrize(("fact", "status"), [("x" * 2001, 400), ("", 400)])
def test_a_refusal_is_an_error_of_the_client(client: SmaraClient, user: str, fact: str, status: int) -> None:
    with pytest.raises(httpx.HTTPStatusError) as refused:
        client.store(user, fact)
    assert refused.value.response.status_code == status


def test_a_wrong_key_is_an_error_of_the_client(base_url: str, user: str) -> None:
    with pytest.raises(httpx.HTTPStatusError) as refused:
        SmaraClient(api_key="sm_wrong", base_url=base_url).search(user, "x")
    assert refused.value.response.status_code == 401


def test_the_memory_keeps_both_sides_of_a_turn(memory: SmaraMemory) -> None:
    memory.save_context({"input": "I love Italian food"}, {"output": "Noted."})
    loaded = memory.load_memory_variables({"input": "What should we eat?"})
    assert memory.memory_variables == ["memory"]
    assert "Human said: I love Italian food" in loaded["memory"]
    assert "AI said: Noted." in loaded["memory"]


def test_the_memory_gives_rows_when_asked_for_them(base_url: str, api_key: str, user: str) -> None:
    memory = SmaraMemory(api_key=api_key, base_url=base_url, user_id=user, return_memories_raw=True, top_k=1)
    asyncio.run(memory.asave_context({"input": "I love Italian food"}, {"output": "Noted."}))
    loaded = asyncio.run(memory.aload_memory_variables({"input": "Which food do I love?"}))
    assert [row["fact"] for row in loaded["memory"]] == ["Human said: I love Italian food"]


def test_a_turn_too_long_for_a_fact_is_an_error(memory: SmaraMemory) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        memory.save_context({"input": "x" * 2000}, {"output": "Noted."})


def test_the_retriever_finds_documents_with_their_scores(
    client: SmaraClient, base_url: str, api_key: str, user: str
) -> None:
    for fact in FACTS:
        client.store(user, fact)
    retriever = SmaraRetriever(api_key=api_key, base_url=base_url, user_id=user, top_k=2)
    found = retriever.invoke("Which food is dangerous?")
    assert [found[0].page_content, len(found)] == [FACTS[2], 2]
    assert set(found[0].metadata) >= {"id", "importance", "decay_score", "similarity", "score", "created_at"}
    assert asyncio.run(retriever.ainvoke("Which food is dangerous?"))[0].metadata == found[0].metadata


def test_the_retriever_leaves_out_what_scores_too_little(
    client: SmaraClient, base_url: str, api_key: str, user: str
) -> None:
    for fact in FACTS:
        client.store(user, fact)
    scores = [row["score"] for row in client.search(user, "Which food is dangerous?")]
    retriever = SmaraRetriever(
        api_key=api_key, base_url=base_url, user_id=user, score_threshold=sum(scores[:2]) / 2
    )
    assert [one.page_content for one in retriever.invoke("Which food is dangerous?")] == [FACTS[2]]
