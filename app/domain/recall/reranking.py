"""A reranker's reading of the best hits, as half of their score."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.models import Memory
from app.domain.recall import fusion
from app.domain.recall.values import Hit

READ = 30
"""How many of the first hits are read; each takes the model some hundredths of a second."""


def text_of(memory: Memory) -> str:
    """What is read of a memory: what it is about, who said it, and its text, a line each."""
    return "\n".join(part for part in (memory.title, memory.speaker, memory.text) if part)


def reranked(hits: Sequence[Hit], scores: Sequence[float]) -> list[Hit]:
    """The hits by the mean of their score and that of the reranker, which read as many as it has scores.

    Those that it did not read count as if it had given 0: so they stay behind the others, as they were,
    and scores go on saying the order.
    """
    read = [
        replace(hit, score=(hit.score + score) / 2, reranked=score)
        for hit, score in zip(hits, scores, strict=False)
    ]
    unread = [replace(hit, score=hit.score / 2) for hit in hits[len(scores) :]]
    return sorted([*read, *unread], key=fusion.order)
