"""The tutorial "Add Persistent Memory to a Python AI Agent", run with only the base URL and the key changed.

Its listings are pasted at a Python prompt or run as the programs they are; the language model is a server of
the test. Names of tests begin with those of the acceptance checks.
"""

from collections.abc import Iterator

import pytest

from tests.e2e import model_server
from tests.e2e.command import LociProcess
from tests.e2e.listings import Pasted, Reader
from tests.e2e.model_server import ModelServer, Prompt

_POSTGRES = (
    "The company's production database is PostgreSQL 16 running on RDS in us-east-1. "
    "Connection pooling uses PgBouncer."
)
_PREFERENCES = (
    "User prefers concise answers with code examples. They work primarily in Python and deploy to AWS Lambda."
)
_LONG = "Ω 🙂 [a] b]\nsecond line " * 20

# What a reader tries between the listings, with the names that those leave behind.
_REFUSED = """
import requests
def refused(call, *arguments):
    try:
        call(*arguments)
    except requests.HTTPError as error:
        return [error.response.status_code, error.response.headers["Content-Type"]]
    return "accepted"
"""
_TRIED = {
    "nobody": """
from memory_client import MemoryClient
MemoryClient("wrong key", space="research-agent")
stranger = MemoryClient("wrong key", space="research-agent")
[refused(call, "1") for call in (stranger.store, stranger.search, stranger.list_all, stranger.delete)]
""",
    "never_written": """
nothing = MemoryClient(os.environ["PERSISTMEMORY_API_KEY"], space="never-written")
(nothing.search("database"), nothing.list_all())
""",
    "more": f"""
memory.search("database setup")
memory.search("database setup", limit=1)
memory.store({_PREFERENCES!r})
memory.list_all(limit=20)
""",
    "isolation": """
work_memory.search("authentication migration", limit=100)
personal_memory.search("dinner recommendations", limit=100)
""",
    "deletion": """
space = memory.list_all()[0]["space_id"]
print(memory.delete(space), memory.search("database"), memory.list_all())
print(refused(memory.delete, space), refused(memory.delete, "research-agent"))
memory.store("Uses PostgreSQL")
memory.delete("research-agent")
(memory.list_all(), len(work_memory.list_all()))
""",
}
_PARTS = (
    "refused store_memories nobody never_written search_memories more namespaces isolation deletion".split()
)


def _reply(prompt: Prompt) -> str:
    return "Sure. [REMEMBER: User's name is Dana]" if "I am Dana" in prompt.user else "Understood."


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with model_server.serving(_reply) as model:
        yield model


@pytest.fixture(scope="module")
def reader(loci: LociProcess, model: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    assert loci.api_key is not None
    variables = model.environment | {"PERSISTMEMORY_API_KEY": loci.api_key}
    reader = Reader(folder=tmp_path_factory.mktemp("tutorial"), variables=variables)
    reader.save("persistmemory", {"https://backend.persistmemory.com": loci.base_url})
    for name, code in {"refused": _REFUSED, **_TRIED}.items():
        reader.write(name, code)
    return reader


@pytest.fixture(scope="module")
def pasted(reader: Reader) -> dict[str, Pasted]:
    return reader.paste(*_PARTS)


@pytest.fixture(scope="module")
def talk(reader: Reader) -> str:
    """What the agent of step 5 printed in a first conversation."""
    return reader.run("agent.py", said="I am Dana\nI am Dana\nwhat is my name?\nquit\n")


@pytest.fixture(scope="module")
def after(reader: Reader, talk: str) -> dict[str, Pasted]:
    """What a second conversation finds."""
    assert talk
    reader.write("asked", "import agent\nagent.build_context('what is my name?')\nagent.memory.list_all()")
    reader.write("long", f"agent.chat({_LONG!r})\nagent.memory.list_all(limit=1)")
    return reader.paste("asked", "long")


def test_p3_each_call_is_refused_without_a_good_key(pasted: dict[str, Pasted]) -> None:
    (_, refusals) = pasted["nobody"].shown
    assert refusals == [[401, "application/problem+json"]] * 4


def test_p4_p5_p6_two_observations_are_stored_whole(pasted: dict[str, Pasted]) -> None:
    first, second = pasted["store_memories"].shown
    assert first["id"] != second["id"]
    assert first["space"] == second["space"] == "research-agent"
    for stored, text in ((first, _PREFERENCES), (second, _POSTGRES)):
        assert stored["content"] == stored["text"] == text
        assert stored["title"] == text[:60] + "..."


def test_p8_p9_step_4_prints_the_best_match_first_with_its_whole_text(pasted: dict[str, Pasted]) -> None:
    first, second = pasted["search_memories"].variables["results"]
    lines = pasted["search_memories"].printed.splitlines()
    assert lines[0] == f"Score: {first['score']:.3f}"
    assert lines[1] == f"Content: {_POSTGRES}"
    assert lines[2:4] == ["Metadata: {}", "---"]
    assert lines[5] == f"Content: {_PREFERENCES}"
    assert 1 >= first["score"] > 0.8
    assert 0.6 > second["score"] >= 0


def test_p11_p12_the_database_is_found_by_meaning(pasted: dict[str, Pasted]) -> None:
    both, one, _, _ = pasted["more"].shown
    assert [found["content"] for found in both] == [_POSTGRES, _PREFERENCES]
    assert [found["content"] for found in one] == [_POSTGRES]


def test_p7_p13_the_same_text_again_is_listed_once_newest_first(pasted: dict[str, Pasted]) -> None:
    _, _, again, listed = pasted["more"].shown
    first, second = pasted["store_memories"].shown
    assert (again["id"], again["created_at"]) == (first["id"], first["created_at"])
    assert [one["id"] for one in listed] == [second["id"], first["id"]]


def test_p14_p15_a_space_never_written_holds_nothing(pasted: dict[str, Pasted]) -> None:
    assert pasted["never_written"].shown == [[[], []]]


def test_p19_spaces_are_invisible_to_each_other(pasted: dict[str, Pasted]) -> None:
    work, personal = pasted["isolation"].shown
    assert [one["content"] for one in work] == ["Sprint 14 goal: migrate auth service to OAuth 2.1"]
    assert [one["content"] for one in personal] == ["User's favorite restaurant is Sushi Nakazawa"]
    assert pasted["namespaces"].variables["results"] == personal
    assert work[0]["score"] > 0.6
    assert personal[0]["score"] > 0.6


def test_p22_a_space_is_deleted_by_id_and_by_name_and_comes_back_as_another(
    pasted: dict[str, Pasted],
) -> None:
    deleted, unknown = pasted["deletion"].printed.splitlines()
    assert deleted == "None [] []"
    assert unknown == "[404, 'application/problem+json'] [404, 'application/problem+json']"
    again, after = pasted["deletion"].shown
    assert again["space_id"] != pasted["deletion"].variables["space"]
    assert after == [[], 1]


def test_p14_the_first_turn_knows_nothing(talk: str, model: ModelServer) -> None:
    assert talk.startswith("Agent ready. Type 'quit' to exit.\n")
    assert model.prompts[0].system.endswith("No relevant memories found.")


def test_p16_the_loop_prints_each_reply_and_remembers_the_name(talk: str, model: ModelServer) -> None:
    assert talk.count("Agent: Sure. [REMEMBER: User's name is Dana]\n") == 2
    assert "- User's name is Dana" in model.prompts[2].system.splitlines()


def test_p16_p17_what_was_said_twice_is_remembered_once(after: dict[str, Pasted]) -> None:
    context, listed = after["asked"].shown
    assert "- User's name is Dana" in context.splitlines()
    assert [one["content"] for one in listed] == [
        "User asked: what is my name?",
        "User asked: I am Dana",
        "User's name is Dana",
    ]


def test_p18_a_long_message_with_odd_characters_is_kept_as_it_was_sent(after: dict[str, Pasted]) -> None:
    reply, (newest,) = after["long"].shown
    assert reply == "Understood."
    assert newest["content"] == f"User asked: {_LONG[:200]}"
