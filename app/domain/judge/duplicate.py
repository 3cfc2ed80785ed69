"""When two texts are one fact: literally the same, or all but the same and alike in what matters.

A refused write that looks like a stored one loses the user's data, so in doubt both are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import text as texts
from app.domain.judge import comparison
from app.domain.judge.decision import Decision, Keep, Merge
from app.domain.models import Neighbour

_COSINE_DECIMALS = 6
"""Thresholds apply to rounded cosines, so that single precision does not decide (decay contract, 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgePolicy:
    """Thresholds of the judge. 0.985 is the duplicate bound that the `/v1` contract prints.

    The encoder reads 256 word pieces and ignores the rest, so texts longer than
    `longest_paraphrase_characters` (a word piece holds about two characters at worst) are one fact
    only where their words are the same. From `replace_cosine` on, the `/v1` contract replaces where the judge
    has no opinion at all. Pairs from `suspicious_cosine` on that differ in one phrase, and that no rule
    decides, are kept and reported: a policy, not a measured optimum. A text that says the same more fully
    is the same fact where `merges_fuller`; where each text is kept as it was given, it is not.
    """

    duplicate_cosine: float = 0.985
    longest_paraphrase_characters: int = 500
    replace_cosine: float = 0.94
    suspicious_cosine: float = 0.9
    merges_fuller: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.duplicate_cosine <= 1:
            raise ValueError("the duplicate cosine must be in (0, 1]")
        if not 0 < self.replace_cosine <= self.duplicate_cosine:
            raise ValueError("the replacing cosine must be in (0, the duplicate cosine]")


def judge(text: str, *, among: Sequence[Neighbour], policy: JudgePolicy) -> Decision:
    """What `text` means beside the active memories of its scope; nearest first, ties by id.

    >>> judge("Likes tea", among=[], policy=JudgePolicy())
    Keep(reason='nothing in this scope says the same', suspects=())
    """
    digest = texts.content_hash(text)
    ordered = sorted(among, key=lambda one: (-one.cosine, one.memory.id))
    for one in ordered:
        if one.memory.content_hash == digest:
            return Merge(into=one.memory.id, reason="the same words")
    for one in ordered:
        if _is_paraphrase(text, one, policy):
            return Merge(into=one.memory.id, reason=f"the same statement, cosine {one.cosine:.4f}")
    return Keep(reason="nothing in this scope says the same")


def _is_paraphrase(text: str, one: Neighbour, policy: JudgePolicy) -> bool:
    if round(one.cosine, _COSINE_DECIMALS) < policy.duplicate_cosine:
        return False
    if max(len(text), len(one.memory.text)) > policy.longest_paraphrase_characters:
        return False
    if not policy.merges_fuller and comparison.adds_words(text, to=one.memory.text):
        return False
    return comparison.agree(text, one.memory.text)
