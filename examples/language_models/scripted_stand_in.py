"""Stands in for a language model where no key is set, so that the agents can be tried at once.

It understands nothing: a few patterns find statements of the user, and its replies are put together from them
and from the memories in its instructions. That is enough to see what an agent remembers, and always the same.
"""

import re
from collections.abc import Sequence

from examples.language_models.model import Message

_END = r"(?=\s+(?:and|but)\s+(?:I|my|we)\b|[.!?,;\n]|$)"
_STATEMENTS: tuple[tuple[str, str, float], ...] = (
    (r"\bmy name is (.+?)", "User's name is {}", 1.0),
    (r"\bI live in (.+?)", "Lives in {}", 0.9),
    (r"\bI work (.+?)", "Works {}", 0.9),
    (r"\bI am allergic to (.+?)", "Is allergic to {}", 1.0),
    (r"\bI (?:like|love|prefer) (.+?)", "Likes {}", 0.7),
    (r"\b(?:I|we) use (.+?)", "Uses {}", 0.6),
)
_MEMORY = re.compile(r"^(?:- |\[\d+\] \(.*?\) )(.+)$", re.MULTILINE)


class ScriptedModel:
    """Replies by a script; whatever it is asked, it needs no network."""

    name = "a scripted stand-in, no language model"

    def reply(self, instructions: str, conversation: Sequence[Message]) -> str:
        """Answer the last message."""
        said = conversation[-1].text
        facts = _facts(said)
        if "| importance" in instructions:
            return "\n".join(f"{fact} | {importance}" for fact, importance in facts)
        tags = [f"[REMEMBER: {fact}]" for fact, _ in facts] if "[REMEMBER:" in instructions else []
        return "\n".join([_answer(facts, _MEMORY.findall(instructions)), *tags])


def _facts(said: str) -> list[tuple[str, float]]:
    """Statements of the user as facts with their importance, in the order of the patterns."""
    return [
        (form.format(found), importance)
        for pattern, form, importance in _STATEMENTS
        for found in re.findall(pattern + _END, said, re.IGNORECASE)
    ]


def _answer(facts: Sequence[tuple[str, float]], memories: Sequence[str]) -> str:
    if facts:
        return "Good to know."
    if memories:
        return f"As far as I remember: {memories[0]}."
    return "I know nothing about that yet. Tell me something, for example: I live in Lisbon."
