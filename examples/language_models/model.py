"""What an agent asks of a language model: a reply to a conversation, under instructions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """Something that was said."""

    role: Literal["user", "assistant"]
    text: str


class ModelFailed(Exception):
    """The model gave no answer that can be used; the message says why."""


class LanguageModel(Protocol):
    """Anything that continues a conversation."""

    @property
    def name(self) -> str:
        """What it is called, for people."""
        ...

    def reply(self, instructions: str, conversation: Sequence[Message]) -> str:
        """Answer the last message. Raises: ModelFailed."""
        ...
