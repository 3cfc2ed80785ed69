"""Of two facts about the same thing the newer comes first, if both answer the question about as well.

The judge makes a fact history only where it is sure. Where it is not, both stay, and whoever asks wants
what was said last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.recall import fusion
from app.domain.recall.values import Hit, Likeness, RecallPolicy

COMPARED = 30
"""How many of the first hits are compared with each other."""


def newer_first(hits: Sequence[Hit], likenesses: Iterable[Likeness], *, policy: RecallPolicy) -> list[Hit]:
    """The hits with newer look-alikes lifted to just above the older ones, by score.

    A hit is lifted by at most `alike_gap`, so one that answers much worse stays where it is.
    """
    by_id = {hit.memory.id: hit for hit in hits}
    lifted = dict(by_id)
    for one in likenesses:
        older, newer = by_id.get(one.one_id), by_id.get(one.other_id)
        if older is None or newer is None or one.cosine < policy.alike_cosine:
            continue
        if newer.memory.valid_from < older.memory.valid_from:
            older, newer = newer, older
        if _is_lifted(newer, older, policy) and older.score >= lifted[newer.memory.id].score:
            lifted[newer.memory.id] = replace(newer, score=older.score, above=older.memory.id)
    return sorted(lifted.values(), key=fusion.order)


def may_be_alike(hits: Sequence[Hit], *, policy: RecallPolicy) -> Sequence[str]:
    """The ids of the first hits of which one may be lifted above another; none if there is no such pair."""
    facts = [hit for hit in hits[:COMPARED] if hit.memory.conversation_id is None]
    pairs = [
        (older.memory.id, newer.memory.id)
        for rank, older in enumerate(facts)
        for newer in facts[rank + 1 :]
        if _is_lifted(newer, older, policy)
    ]
    return list(dict.fromkeys(one for pair in pairs for one in pair))


def _is_lifted(newer: Hit, older: Hit, policy: RecallPolicy) -> bool:
    same_subject = newer.memory.title == older.memory.title
    is_newer = newer.memory.valid_from > older.memory.valid_from
    return same_subject and is_newer and 0 <= older.score - newer.score <= policy.alike_gap
