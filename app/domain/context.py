"""The context block: memories as numbered lines of text that go into a model's prompt."""

from collections.abc import Sequence

from app.domain.ranking import RankedMemory

NOTHING_FOUND = "No relevant memories found."


def render(ranked: Sequence[RankedMemory]) -> str:
    """One line per memory, in the given order and the form of the `/v1` contract.

    >>> render([])
    'No relevant memories found.'
    """
    if not ranked:
        return NOTHING_FOUND
    return "\n".join(_line(number, one) for number, one in enumerate(ranked, start=1))


def short_number(value: float) -> str:
    """At most four decimals, without trailing zeros.

    >>> short_number(0.70000), short_number(1.0), short_number(0.90566)
    ('0.7', '1', '0.9057')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _line(number: int, one: RankedMemory) -> str:
    memory = one.memory
    importance, decay = short_number(memory.importance), short_number(one.decay)
    # A line break inside a fact would let it pass as a line of its own.
    fact = " ".join(memory.text.splitlines())
    return f"[{number}] (importance: {importance}, decay: {decay}, source: {memory.source}) {fact}"
