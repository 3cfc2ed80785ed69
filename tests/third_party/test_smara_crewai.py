"""smara-crewai 0.1.0, unmodified, with only its base URL set (acceptance check M38)."""

# The package is in the environment of this test only.
# pyright: basic, reportMissingImports=false

import httpx
import pytest
from crewai import Agent, Crew, Task
from crewai.llms.base_llm import BaseLLM
from crewai.memory.external.external_memory import ExternalMemory
from smara_crewai import SmaraMemory, SmaraSearchTool, SmaraStoreTool
from smara_crewai.client import SmaraClient

FACTS = ("Prefers Python over JavaScript", "Owns a red bicycle", "Is allergic to peanuts")


class ScriptedModel(BaseLLM):
    """A language model that says the given texts, one at each call."""

    def __init__(self, *replies: str) -> None:
        super().__init__(model="scripted")
        self.replies = list(replies)
        self.prompts: list[str] = []

    def call(self, messages: object, *_: object, **__: object) -> str:
        """Say the next text."""
        self.prompts.append(str(messages))
        return self.replies.pop(0)


@pytest.fixture
def client(base_url: str, api_key: str, monkeypatch: pytest.MonkeyPatch) -> SmaraClient:
    """A client that finds everything in the environment."""
    monkeypatch.setenv("SMARA_API_KEY", api_key)
    monkeypatch.setenv("SMARA_API_URL", f"{base_url}/")
    return SmaraClient()


@pytest.fixture
def memory(base_url: str, api_key: str, user: str) -> SmaraMemory:
    return SmaraMemory(api_key=api_key, base_url=base_url, user_id=user)


def test_a_fact_is_stored_and_the_second_time_a_duplicate(client: SmaraClient, user: str) -> None:
    stored = client.store(user_id=user, fact=FACTS[0], importance=0.7)
    assert stored["action"] == "stored"
    assert client.store(user_id=user, fact=FACTS[0]) == {"action": "duplicate", "id": stored["id"]}


def test_a_search_answers_rows_best_first(client: SmaraClient, user: str) -> None:
    assert client.search(user_id=user, query="anything") == []
    for fact in FACTS:
        client.store(user_id=user, fact=fact)
    rows = client.search(user_id=user, query="Which food is dangerous?", limit=2)
    assert [rows[0]["fact"], len(rows)] == [FACTS[2], 2]


def test_the_context_needs_no_query(client: SmaraClient, user: str) -> None:
    for fact in FACTS:
        client.store(user_id=user, fact=fact)
    found = client.get_context(user_id=user)
    assert {one["fact"] for one in found["memories"]} == set(FACTS)
    assert all(fact in found["context"] for fact in FACTS)


def test_a_memory_is_deleted_once(client: SmaraClient, user: str) -> None:
    memory_id = client.store(user_id=user, fact=FACTS[0])["id"]
    assert client.delete(memory_id=memory_id) is None
    with pytest.raises(httpx.HTTPStatusError):
        client.delete(memory_id=memory_id)


def test_the_memory_saves_and_finds(memory: SmaraMemory) -> None:
    memory.save(FACTS[1])
    memory.save({"said": "Likes tea"}, {"importance": 1})
    (found,) = memory.search("transport", limit=1)
    assert found["context"] == FACTS[1]
    assert found["metadata"]["importance"] == 0.5
    texts = {one["context"]: one["metadata"]["importance"] for one in memory.search("everything")}
    assert texts == {FACTS[1]: 0.5, "{'said': 'Likes tea'}": 1}


def test_the_memory_leaves_out_what_scores_too_little(memory: SmaraMemory) -> None:
    for fact in FACTS:
        memory.save(fact)
    scores = [one["score"] for one in memory.search("Which food is dangerous?")]
    best = memory.search("Which food is dangerous?", score_threshold=sum(scores[:2]) / 2)
    assert [one["context"] for one in best] == [FACTS[2]]


def test_the_tools_store_and_find(base_url: str, api_key: str, user: str) -> None:
    where = {"api_key": api_key, "base_url": base_url, "user_id": user}
    search = SmaraSearchTool(**where)
    assert search.run(query="bicycle") == "No relevant memories found."
    stored = SmaraStoreTool(**where).run(fact=FACTS[1], importance=0.8)
    (row,) = SmaraClient(api_key=api_key, base_url=base_url).search(user_id=user, query="bicycle")
    assert stored == f"Memory stored (id={row['id']})."
    assert search.run(query="bicycle") == f"1. [{row['score']}] {FACTS[1]}"


def test_an_external_memory_of_crewai_stores_through_it(memory: SmaraMemory) -> None:
    external = ExternalMemory(storage=memory)
    external.save(FACTS[1], metadata={"importance": 0.9})
    (found,) = external.search("Owns a bicycle", limit=1, score_threshold=0.1)
    assert (found["context"], found["metadata"]["importance"]) == (FACTS[1], 0.9)


def test_an_agent_of_a_crew_uses_the_tool(
    memory: SmaraMemory, base_url: str, api_key: str, user: str
) -> None:
    model = ScriptedModel(
        'Thought: worth keeping\nAction: smara_store_memory\nAction Input: {"fact": "Owns a red bicycle"}',
        "Thought: I now know the final answer\nFinal Answer: It is stored.",
    )
    tools = [SmaraStoreTool(api_key=api_key, base_url=base_url, user_id=user)]
    agent = Agent(role="Clerk", goal="Keep facts", backstory="Careful", llm=model, tools=tools)
    task = Task(description="Keep what you were told", expected_output="A sentence", agent=agent)
    assert Crew(agents=[agent], tasks=[task]).kickoff().raw == "It is stored."
    assert [one["context"] for one in memory.search("bicycle")] == [FACTS[1]]
