"""An agent that lets the model decide what is worth remembering, and searches before it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from examples.language_models.model import LanguageModel, Message
from examples.persistmemory_agent import tags
from examples.persistmemory_agent.memory import Memory

_INSTRUCTIONS = """\
You are a helpful assistant with a memory that outlasts this conversation.
When you learn something about the user or their projects that is worth knowing next time, write it at the
end of your answer as one full sentence in a tag: [REMEMBER: ...]. The user does not see the tags.

{context}"""
_NOTHING = "You remember nothing that has to do with this."
_RELEVANT_SCORE = 0.6
_RECALLED = 5
_LONGEST_CONVERSATION = 20
_OBSERVATION = {"type": "agent_observation", "source": "chat"}
_LOG = {"type": "interaction_log"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What the agent said, and what of it is new in its memory."""

    reply: str
    learnt: Sequence[str]


class Agent:
    """An assistant whose memory is one space. It recalls observations only, not the log of what was asked."""

    def __init__(self, memory: Memory, model: LanguageModel) -> None:
        self._memory = memory
        self._model = model
        self._conversation: list[Message] = []

    def respond(self, message: str) -> Turn:
        """Search, answer, remember. Raises: MemoryFailed, ModelFailed."""
        instructions = _INSTRUCTIONS.format(context=self._context(message))
        conversation = [*self._conversation, Message("user", message)]
        said = self._model.reply(instructions, conversation)
        # Only what was answered becomes part of the conversation: a model that failed is asked afresh.
        self._conversation = [*conversation, Message("assistant", said)][-_LONGEST_CONVERSATION:]
        reply, marked = tags.split(said)
        learnt = [text for text in marked if self._memory.store(text, metadata=_OBSERVATION)]
        self._memory.store(f"User asked: {message}", metadata=_LOG)
        return Turn(reply, learnt)

    def _context(self, message: str) -> str:
        found = self._memory.search(message, limit=_RECALLED, only=_OBSERVATION)
        lines = [f"- {one.text}" for one in found if one.score > _RELEVANT_SCORE]
        return "\n".join(["You remember:", *lines]) if lines else _NOTHING
