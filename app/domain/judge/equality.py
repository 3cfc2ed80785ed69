"""What stands in for the judge where it is off: every fact is kept, and only equal words are one fact."""

from collections.abc import Sequence

from app.domain import text as texts
from app.domain.judge.decision import Comparison, Keep, Merge, Verdict
from app.domain.models import Neighbour


def decide_by_words(text: str, *, among: Sequence[Neighbour]) -> Keep | Merge:
    """Merge what says the same word by word, keep everything else. The order of `among` does not matter.

    >>> decide_by_words("Likes tea", among=[])
    Keep(reason='the judge is off, and nothing in this scope has the same words', suspects=())
    """
    for one in compare_words(text, among=among):
        if one.verdict is Verdict.SAME:
            return Merge(into=one.memory_id, reason=one.reason)
    return Keep(reason="the judge is off, and nothing in this scope has the same words")


def compare_words(text: str, *, among: Sequence[Neighbour]) -> list[Comparison]:
    """The new text beside each stored memory, the same or different; nearest first, ties by id."""
    content_hash = texts.content_hash(text)
    ordered = sorted(among, key=lambda one: (-one.cosine, one.memory.id))
    return [_compared(one, is_same=one.memory.content_hash == content_hash) for one in ordered]


def _compared(one: Neighbour, *, is_same: bool) -> Comparison:
    return Comparison(
        memory_id=one.memory.id,
        verdict=Verdict.SAME if is_same else Verdict.DIFFERENT,
        reason="the same words" if is_same else "the judge is off",
        cosine=one.cosine,
    )
