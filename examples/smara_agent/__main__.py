"""Talk to the agent in a terminal: `python -m examples.smara_agent --user dana`."""

import argparse

from loci_client import Loci, LociError

from examples.language_models import choice
from examples.language_models.model import ModelFailed
from examples.smara_agent.agent import Agent
from examples.terminal import Terminal


class Conversation:
    """What the lines of the user do."""

    def __init__(self, terminal: Terminal, loci: Loci, agent: Agent, *, user_id: str, namespace: str) -> None:
        self._terminal = terminal
        self._loci = loci
        self._agent = agent
        self._user_id = user_id
        self._namespace = namespace

    def answer(self, message: str) -> None:
        """Answers a message."""
        turn = self._agent.respond(message)
        self._terminal.say("Agent", turn.reply)
        for kept in turn.kept:
            self._terminal.note(f"{kept.action}: {kept.fact}")

    def memories(self, query: str) -> None:
        """Lists what it knows about you, the newest first; with words after it, what they bring to mind."""
        for number, fact in enumerate(self._facts(query), start=1):
            self._terminal.note(f"{number}. {fact}")

    def forget(self, number: str) -> None:
        """Forgets the memory of this number in the list of all."""
        memories = list(self._loci.list_all(self._user_id, namespace=self._namespace))
        if not number.isdecimal() or not 1 <= int(number) <= len(memories):
            self._terminal.note(f"Say /forget with a number from 1 to {len(memories)}.")
            return
        memory = memories[int(number) - 1]
        self._loci.delete(memory.id)
        self._terminal.note(f"forgotten: {memory.fact}")

    def _facts(self, query: str) -> list[str]:
        if not query:
            return [one.fact for one in self._loci.list_all(self._user_id, namespace=self._namespace)]
        found = self._loci.search(self._user_id, query, namespace=self._namespace)
        return [f"{one.fact} (score {one.score:.2f})" for one in found]


def main() -> None:
    """Hold the conversation; LOCI_URL and LOCI_API_KEY say where the memories are."""
    parser = argparse.ArgumentParser(prog="python -m examples.smara_agent", description=__doc__)
    parser.add_argument("--user", default="me", help="whose memories these are")
    parser.add_argument("--namespace", default="default", help="which of their memories, for example 'work'")
    options = parser.parse_args()
    terminal = Terminal(failures=(LociError, ModelFailed))
    model = choice.from_environment()
    terminal.note(f"The model is {model.name}.")
    with _loci(parser) as loci:
        agent = Agent(loci, model, user_id=options.user, namespace=options.namespace)
        talk = Conversation(terminal, loci, agent, user_id=options.user, namespace=options.namespace)
        terminal.talk(talk.answer, {"memories": talk.memories, "forget": talk.forget})


def _loci(parser: argparse.ArgumentParser) -> Loci:
    try:
        return Loci()
    except ValueError as lack:
        parser.error(str(lack))


if __name__ == "__main__":
    main()
