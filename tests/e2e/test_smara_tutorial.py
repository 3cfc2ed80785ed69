"""The guide "Building AI Agents with Persistent Memory", run with only the base URL and the key changed.

Its listings are pasted at one Python prompt, and all of them a second time at another, as somebody would who
comes back to it. The language model is a server of the test. Names of tests begin with those of the
acceptance checks.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import model_server
from tests.e2e.command import LociProcess
from tests.e2e.listings import Pasted, Reader
from tests.e2e.model_server import ModelServer, Prompt

Run = dict[str, Pasted]

_PARTS = (
    *("client", "store", "importance", "deduplication", "search", "context"),
    *("names", "agents", "graph", "namespaces", "teams", "agent_loop", "turns"),
)
# What the guide leaves to its reader; many write an address with a slash at its end.
_NAMES = 'BASE, HEADERS = "{url}/", {{"Authorization": "Bearer {key}"}}'
# After the guide: its loop is called, and its search is given something to find the second time.
_TURNS = """
agent_respond("dana/new user", "I write TypeScript, please keep it short")
agent_respond("dana/new user", "Which language do I write?")
client.store("user-123", "Wants to migrate from AWS to GCP", namespace="infrastructure")
client.context("user-123", "food and allergies", namespace="work")
"""
_EXTRACTED = "Writes TypeScript | 0.8\nhere is a line without a number\nPrefers short answers | 1.5"


def _reply(prompt: Prompt) -> str:
    return _EXTRACTED if prompt.system.startswith("Extract discrete facts") else "Understood."


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with model_server.serving(_reply) as model:
        yield model


@pytest.fixture(scope="module")
def runs(loci: LociProcess, model: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """What became of every listing, the first time and the second."""
    reader = _reader(tmp_path_factory.mktemp("guide"), loci, model)
    return reader.paste(*_PARTS), reader.paste(*_PARTS)


@pytest.fixture(scope="module")
def first(runs: tuple[Run, Run]) -> Run:
    return runs[0]


@pytest.fixture(scope="module")
def second(runs: tuple[Run, Run]) -> Run:
    return runs[1]


def _reader(folder: Path, loci: LociProcess, model: ModelServer) -> Reader:
    assert loci.api_key is not None
    reader = Reader(folder=folder, variables=model.environment)
    changes = {"smara_your_api_key_here": loci.api_key, "smara_...": loci.api_key}
    reader.save("smara", changes | {"https://api.smara.io": loci.base_url})
    reader.write("names", _NAMES.format(url=loci.base_url, key=loci.api_key))
    reader.write("turns", _TURNS)
    return reader


def _ids(shown: list[Any]) -> set[str]:
    return {one["id"] for one in shown}


def test_m3_a_stored_fact_prints_as_a_dictionary(first: Run) -> None:
    result = first["store"].variables["result"]
    assert result["action"] == "stored"
    assert first["store"].printed == f"{result}\n"


def test_m4_three_facts_of_different_importance_are_stored(first: Run) -> None:
    shown = first["importance"].shown
    assert [one["action"] for one in shown] == ["stored"] * 3
    assert len(_ids(shown)) == 3


def test_m6_a_city_is_stored(first: Run) -> None:
    assert first["deduplication"].shown[0]["action"] == "stored"


def test_m7_the_same_city_more_fully_is_a_duplicate(first: Run) -> None:
    city, more_fully, _ = first["deduplication"].shown
    assert more_fully == {"action": "duplicate", "id": city["id"]}


def test_m8_another_city_replaces_the_first(first: Run) -> None:
    city, _, other = first["deduplication"].shown
    assert (other["action"], other["replaced_id"]) == ("replaced", city["id"])


def test_m12_a_namespace_without_memories_finds_nothing(first: Run) -> None:
    assert first["search"].variables["results"] == []
    assert first["search"].printed == ""


def test_m12_m13_a_result_prints_its_score_and_its_parts(second: Run) -> None:
    (row,) = second["search"].variables["results"]
    assert second["search"].printed == (
        f"[{row['score']:.3f}] Wants to migrate from AWS to GCP\n"
        f"  similarity: {row['similarity']}, decay: {row['decay_score']}\n"
    )


def test_m15_the_context_reaches_the_model_as_it_came(first: Run, model: ModelServer) -> None:
    context = first["context"].variables["memory_context"]
    assert "Prefers Python over JavaScript" in context
    assert len(context.splitlines()) == 5
    assert context in model.prompts[0].system


def test_m16_an_agent_is_registered(first: Run) -> None:
    agent = first["agents"].variables["agent"]
    assert agent["id"]
    assert (agent["name"], agent["owner_id"]) == ("CodeAssist", "developer-sri")


def test_m17_the_agent_finds_what_it_stored(first: Run) -> None:
    (stored,) = first["agents"].shown
    assert (stored["status"], stored["body"]["action"]) == (201, "stored")
    facts = [row["fact"] for row in first["agents"].variables["results"]["results"]]
    assert facts == ["Prefers functional programming patterns"]


def test_m20_three_memories_have_ids_of_their_own(first: Run) -> None:
    variables = first["graph"].variables
    assert len(_ids([variables[name] for name in ("mem1", "mem2", "mem3")])) == 3


def test_m21_two_memories_are_connected(first: Run) -> None:
    (edge,) = first["graph"].shown
    assert edge["status"] == 201
    assert edge["body"]["id"]
    assert (edge["body"]["relationship_type"], edge["body"]["weight"]) == ("context_for", 0.9)


def test_m22_the_walk_prints_the_connected_memory_and_no_other(first: Run) -> None:
    (node,) = first["graph"].variables["graph"]["nodes"]
    assert node["memory_id"] == first["graph"].variables["mem2"]["id"]
    assert node["edge"]["relationship_type"] == "context_for"
    assert first["graph"].printed == f"[depth 1] {node['fact']}\n"
    assert "payment reconciliation service" in node["fact"]


def test_m24_a_namespace_finds_only_its_own(first: Run) -> None:
    assert [one["action"] for one in first["namespaces"].shown] == ["stored"] * 3
    found = first["namespaces"].variables["work_results"]
    assert [row["fact"] for row in found] == ["Sprint 42 ends Friday"]


def test_m24_an_allergy_stays_out_of_the_context_of_work(first: Run) -> None:
    assert "shellfish" not in first["turns"].shown[-1]


def test_m25_m26_a_team_is_founded_and_told_a_fact(first: Run) -> None:
    team = first["teams"].variables["team"]
    assert (team["name"], team["slug"]) == ("Engineering", "engineering")
    (stored,) = first["teams"].shown
    assert stored["status"] == 201
    assert stored["body"]["team_id"] == team["id"]


def test_m28_the_registered_agent_finds_what_the_team_knows(first: Run) -> None:
    results = first["teams"].variables["results"]["results"]
    assert results[0]["fact"] == "The API migration deadline is May 15"


def test_m31_the_loop_answers_and_knows_a_new_user_from_the_second_turn(
    first: Run, model: ModelServer
) -> None:
    assert first["turns"].shown[:2] == ["Understood."] * 2
    turns = [one.system for one in model.prompts if "Known facts" in one.system]
    assert turns[0].endswith("No relevant memories found.")
    assert "(importance: 0.8, decay: 1, source: conversation-extraction) Writes TypeScript" in turns[1]
    assert "(importance: 1, decay: 1, source: conversation-extraction) Prefers short answers" in turns[1]


def test_m35_the_second_time_what_is_known_is_a_duplicate(first: Run, second: Run) -> None:
    assert second["store"].variables["result"]["action"] == "duplicate"
    assert [one["action"] for one in second["importance"].shown] == ["duplicate"] * 3
    assert _ids(second["importance"].shown) == _ids(first["importance"].shown)


def test_m35_the_second_time_an_agent_is_registered_again(first: Run, second: Run) -> None:
    assert second["agents"].variables["agent"]["id"] != first["agents"].variables["agent"]["id"]
    (stored,) = second["agents"].shown
    assert (stored["status"], stored["body"]["action"]) == (201, "stored")


def test_m35_the_second_time_the_edge_is_there(first: Run, second: Run) -> None:
    (made,), (again,) = first["graph"].shown, second["graph"].shown
    assert (again["status"], again["body"]["id"]) == (409, made["body"]["id"])
    assert second["graph"].printed == first["graph"].printed


def test_m35_the_second_time_the_team_is_the_first_one(first: Run, second: Run) -> None:
    assert second["teams"].variables["team"]["status"] == 409
    assert second["teams"].variables["team"]["id"] == first["teams"].variables["team"]["id"]
    results = second["teams"].variables["results"]["results"]
    assert results[0]["fact"] == "The API migration deadline is May 15"
