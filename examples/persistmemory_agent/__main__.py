"""Talk to the agent in a terminal: `python -m examples.persistmemory_agent --space assistant`."""

import argparse
import contextlib
import os

from examples.language_models import choice
from examples.language_models.model import LanguageModel, ModelFailed
from examples.persistmemory_agent.agent import Agent
from examples.persistmemory_agent.memory import Memory, MemoryFailed
from examples.terminal import Terminal


class Conversation:
    """What the lines of the user do."""

    def __init__(self, terminal: Terminal, memory: Memory, model: LanguageModel) -> None:
        self._terminal = terminal
        self._memory = memory
        self._agent = Agent(memory, model)

    def answer(self, message: str) -> None:
        """Answers a message."""
        turn = self._agent.respond(message)
        self._terminal.say("Agent", turn.reply)
        for text in turn.learnt:
            self._terminal.note(f"remembered: {text}")

    def memories(self, _: str) -> None:
        """Lists the newest memories of this space."""
        for text in self._memory.newest():
            self._terminal.note(f"- {text}")

    def spaces(self, _: str) -> None:
        """Lists all spaces with the number of their memories."""
        for name, count in self._memory.spaces().items():
            self._terminal.note(f"{name}: {count}")

    def forget(self, _: str) -> None:
        """Deletes this space with all its memories."""
        self._memory.forget_all()
        self._terminal.note(f"forgotten: all of {self._memory.space}")


def main() -> None:
    """Hold the conversation; LOCI_URL and LOCI_API_KEY say where the memories are."""
    parser = argparse.ArgumentParser(prog="python -m examples.persistmemory_agent", description=__doc__)
    parser.add_argument("--space", default="assistant", help="the name under which the memories are kept")
    options = parser.parse_args()
    if not (api_key := _variable("LOCI_API_KEY", "")):
        parser.error("Set LOCI_API_KEY to the key that `./loci serve` printed.")
    terminal = Terminal(failures=(MemoryFailed, ModelFailed))
    model = choice.from_environment()
    terminal.note(f"The model is {model.name}.")
    memory = Memory(
        base_url=_variable("LOCI_URL", "http://127.0.0.1:3010"), api_key=api_key, space=options.space
    )
    with contextlib.closing(memory):
        talk = Conversation(terminal, memory, model)
        terminal.talk(talk.answer, {"memories": talk.memories, "spaces": talk.spaces, "forget": talk.forget})


def _variable(name: str, default: str) -> str:
    return os.environ.get(name) or default  # noqa: TID251  # a program of its own, with settings of its own


if __name__ == "__main__":
    main()
