"""An agent that knows its user: it recalls before it answers, and keeps what it has heard."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from loci_client import Conflict, Loci

from examples.language_models.model import LanguageModel, Message
from examples.smara_agent import extraction

_INSTRUCTIONS = """\
You are a helpful assistant that remembers its users.

What you know about this user, the most relevant first:
{context}

Use it where it helps, and do not list it unasked."""
_SOURCE = "conversation-extraction"
_RECALLED = 10
_LONGEST_CONVERSATION = 20
_TOGETHER = "said together"


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact of this turn and what became of it: `stored`, `duplicate` or `replaced`."""

    fact: str
    action: str
    id: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What the agent said, and what it keeps."""

    reply: str
    kept: Sequence[Kept]


class Agent:
    """One user's assistant. Facts of one turn are linked, so that the graph shows what belongs together."""

    def __init__(self, loci: Loci, model: LanguageModel, *, user_id: str, namespace: str) -> None:
        self._loci = loci
        self._model = model
        self._user_id = user_id
        self._namespace = namespace
        self._conversation: list[Message] = []

    def respond(self, message: str) -> Turn:
        """Recall, answer, remember. Raises: LociError, ModelFailed."""
        context = self._loci.context(self._user_id, message, top_n=_RECALLED, namespace=self._namespace)
        conversation = [*self._conversation, Message("user", message)]
        reply = self._model.reply(_INSTRUCTIONS.format(context=context), conversation)
        # Only what was answered becomes part of the conversation: a model that failed is asked afresh.
        self._conversation = [*conversation, Message("assistant", reply)][-_LONGEST_CONVERSATION:]
        kept = [self._keep(fact) for fact in extraction.extract(self._model, message=message, reply=reply)]
        self._link(kept)
        return Turn(reply, kept)

    def _keep(self, fact: extraction.Fact) -> Kept:
        stored = self._loci.store(
            self._user_id,
            fact.text,
            importance=fact.importance,
            source=_SOURCE,
            namespace=self._namespace,
        )
        return Kept(fact.text, stored.action, stored.id)

    def _link(self, kept: Sequence[Kept]) -> None:
        for one, next_one in itertools.pairwise(kept):
            if one.id == next_one.id:
                continue
            try:
                self._loci.connect(one.id, next_one.id, _TOGETHER)
            except Conflict:
                # They were said together before.
                continue
