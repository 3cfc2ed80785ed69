"""Facts about the user, taken out of a conversation by a language model."""

from collections.abc import Sequence
from dataclasses import dataclass

from examples.language_models.model import LanguageModel, Message

_INSTRUCTIONS = """\
List what this conversation tells about the user that is worth knowing in later conversations: who they are,
what they like, what they are working on. Leave out what the assistant supposes. Answer with one line for each
fact and nothing else, each in the form

fact | importance

where importance is a number from 0.0 (a passing mention) to 1.0 (who they are). Answer with no line where
there is nothing to know."""
_LONGEST_FACT = 2000


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about the user; importance is in [0, 1]."""

    text: str
    importance: float


def extract(model: LanguageModel, *, message: str, reply: str) -> Sequence[Fact]:
    """The facts in one turn of a conversation. Raises: ModelFailed."""
    turn = Message("user", f"User: {message}\nAssistant: {reply}")
    lines = model.reply(_INSTRUCTIONS, [turn]).splitlines()
    return [fact for fact in map(parse, lines) if fact is not None]


def parse(line: str) -> Fact | None:
    """The fact of a line `fact | importance`; None where the model wrote something else.

    >>> parse("- Lives in Lisbon | 1.5")
    Fact(text='Lives in Lisbon', importance=1.0)
    >>> parse("Here are the facts:")
    >>> parse("Likes rain | nan")
    """
    text, bar, number = line.strip().lstrip("-*• ").rpartition("|")
    try:
        importance = float(number)
    except ValueError:
        return None
    text = text.strip()[:_LONGEST_FACT]
    # Every comparison with NaN is false.
    if not (bar and text and importance == importance):
        return None
    return Fact(text, min(max(importance, 0.0), 1.0))
