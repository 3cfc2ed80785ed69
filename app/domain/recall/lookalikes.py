"""Of two facts about the same thing the newer comes first, if both answer the question about as well.

The judge makes a fact history only where it is sure. Where it is not, both stay, and whoever asks wants
what was said last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.models import Memory
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


def may_be_alike(hits: Sequence[Hit]) -> Sequence[str]:
    """The ids of the first hits that another one could be a newer form of; none where there is no pair."""
    facts = [hit.memory for hit in hits[:COMPARED] if hit.memory.conversation_id is None]
    titles: Mapping[str, int] = _counted(facts)
    ids = [one.id for one in facts if titles[one.title] > 1]
    return ids if len({one.valid_from for one in facts}) > 1 else []


def _is_lifted(newer: Hit, older: Hit, policy: RecallPolicy) -> bool:
    same_subject = newer.memory.title == older.memory.title
    is_newer = newer.memory.valid_from > older.memory.valid_from
    return same_subject and is_newer and 0 <= older.score - newer.score <= policy.alike_gap


def _counted(memories: Iterable[Memory]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in memories:
        counts[one.title] = counts.get(one.title, 0) + 1
    return counts
