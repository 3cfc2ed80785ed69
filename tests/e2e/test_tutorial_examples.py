"""The agents in `examples/`: their pages run as written, and with providers replaced from outside."""

import sys

import pytest

from tests.e2e import documents, model_server
from tests.e2e.command import LociProcess
from tests.e2e.model_server import Prompt

_SMARA, _PERSISTMEMORY = "examples/smara_agent/README.md", "examples/persistmemory_agent/README.md"
_NO_KEYS = {"OPENAI_API_KEY": "", "ANTHROPIC_API_KEY": ""}
_PROVIDERS = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"]


def _run(loci: LociProcess, code: str, *interpreter: str, **variables: str) -> str:
    assert loci.api_key is not None
    return documents.run(loci, code, *interpreter, **_NO_KEYS | {"LOCI_API_KEY": loci.api_key} | variables)


def _talk(loci: LociProcess, agent: str, *options: str, said: str, **variables: str) -> str:
    return _run(
        loci,
        said,
        *(sys.executable, "-m", f"examples.{agent}", *options),
        **variables,
    )


@pytest.mark.parametrize("page", [_SMARA, _PERSISTMEMORY])
def test_an_agent_starts_as_its_page_says_and_ends_with_its_input(loci: LociProcess, page: str) -> None:
    (code,) = documents.blocks(page, "run")
    assert "/quit: Ends the conversation." in _run(loci, code)


@pytest.mark.parametrize("page", [_SMARA, _PERSISTMEMORY])
def test_the_conversation_of_the_page_prints_what_it_shows(loci: LociProcess, page: str) -> None:
    (code,), (printed,) = documents.blocks(page, "talk"), documents.blocks(page, "printed")
    assert _run(loci, code) == printed


def test_a_smara_agent_remembers_in_the_next_conversation_and_in_its_namespace_only(
    loci: LociProcess,
) -> None:
    _talk(loci, "smara_agent", "--user", "bo", "--namespace", "work", said="I work on the ledger.\n")
    elsewhere = _talk(loci, "smara_agent", "--user", "bo", said="What is my work?\n")
    assert "Agent: I know nothing about that yet." in elsewhere
    again = _talk(
        loci,
        "smara_agent",
        "--user",
        "bo",
        "--namespace",
        "work",
        said="What is my work?\n/memories ledger\n",
    )
    assert "Agent: As far as I remember: Works on the ledger.\n" in again
    assert "1. Works on the ledger (score " in again


def test_a_persistmemory_agent_remembers_in_the_next_conversation_until_it_forgets(
    loci: LociProcess,
) -> None:
    _talk(loci, "persistmemory_agent", "--space", "bo's", said="My name is Bo.\n")
    again = _talk(
        loci, "persistmemory_agent", "--space", "bo's", said="What is my name?\n/forget\nWhat is my name?\n"
    )
    assert again.count("Agent: As far as I remember: User's name is Bo.\n") == 1
    assert "forgotten: all of bo's" in again
    assert again.count("Agent: I know nothing about that yet.") == 1


@pytest.mark.parametrize("provider", _PROVIDERS)
def test_a_provider_gives_replies_and_facts_to_a_smara_agent(loci: LociProcess, provider: str) -> None:
    def reply(prompt: Prompt) -> str:
        return "- Likes rain | 0.8\nas well" if "| importance" in prompt.system else "I see."

    with model_server.serving(reply) as model:
        chosen = {**model.environment, **_NO_KEYS, provider: "key-of-no-provider"}
        said = "rain makes me happy\nwhat makes me happy?\n"
        printed = _talk(loci, "smara_agent", "--user", provider, said=said, **chosen)
    assert printed.count("Agent: I see.\n") == 2
    assert "stored: Likes rain\n" in printed
    assert "duplicate: Likes rain\n" in printed
    assert (
        "(importance: 0.8, decay: 1, source: conversation-extraction) Likes rain" in model.prompts[2].system
    )


@pytest.mark.parametrize("provider", _PROVIDERS)
def test_a_provider_gives_replies_and_tags_to_a_persistmemory_agent(loci: LociProcess, provider: str) -> None:
    with model_server.serving(lambda _: "I see. [REMEMBER: User likes rain]") as model:
        chosen = {**model.environment, **_NO_KEYS, provider: "key-of-no-provider"}
        said = "rain makes me happy\ndoes the user like rain?\n"
        printed = _talk(loci, "persistmemory_agent", "--space", provider, said=said, **chosen)
    assert printed.count("Agent: I see.\n") == 2
    assert printed.count("remembered: User likes rain\n") == 1
    assert "- User likes rain" in model.prompts[1].system.splitlines()


@pytest.mark.parametrize("agent", ["smara_agent", "persistmemory_agent"])
def test_what_fails_is_said_and_the_conversation_goes_on(loci: LociProcess, agent: str) -> None:
    printed = _talk(loci, agent, said="Hello\nHello\n", LOCI_API_KEY="wrong")
    assert printed.count("Invalid API key") == 2
