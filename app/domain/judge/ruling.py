"""The decision over all candidates: keep the new fact, merge it into a stored one, or supersede some."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from app.domain import text as texts
from app.domain.judge import comparing, comparison, likening, pairing, story
from app.domain.judge.decision import Comparison, Evidence, Keep, Merge, Ruling, Supersede, Verdict
from app.domain.judge.duplicate import JudgePolicy
from app.domain.judge.pairing import About, Pair
from app.domain.judge.reading import statement
from app.domain.models import Neighbour

Opinion: TypeAlias = Callable[[str, str], tuple[Verdict, str]]
"""What a new text (second) is to a stored one (first), and why."""

_COSINE_DECIMALS = 6
"""Thresholds apply to rounded cosines, so that single precision does not decide (decay contract, 4)."""

_DUPLICATES = (Verdict.SAME, Verdict.COVERED, Verdict.FULLER)
_SUSPICIOUS = (Verdict.SUSPICIOUS, "much alike, and perhaps at odds")


def no_opinion(stored: str, new: str) -> tuple[Verdict, str]:
    """The opinion of a judge that has none, so that cosines alone decide.

    >>> no_opinion("Likes tea", "Likes coffee")[0].value
    'unread'
    """
    return Verdict.UNREAD, "no opinion"


def decide(
    text: str,
    *,
    among: Sequence[Neighbour],
    policy: JudgePolicy,
    opinion: Opinion = comparing.compare,
) -> Ruling:
    """What `text` means beside the active memories of its scope. The order of `among` does not matter.

    >>> decide("Likes tea", among=[], policy=JudgePolicy())
    Keep(reason='nothing in this scope says the same or the contrary', suspects=[])
    """
    compared = compare_all(text, among=among, policy=policy, opinion=opinion)
    for verdict in _DUPLICATES:
        same = [one for one in compared if one.verdict is verdict]
        if same:
            return Merge(into=same[0].memory_id, reason=same[0].reason, evidence=same[0].evidence)
    targets = [one for one in compared if one.verdict is Verdict.REPLACES]
    if targets:
        return Supersede(targets=targets, reason=targets[0].reason)
    suspects = [one for one in compared if one.verdict is Verdict.SUSPICIOUS]
    return Keep(reason="nothing in this scope says the same or the contrary", suspects=suspects)


def compare_all(
    text: str,
    *,
    among: Sequence[Neighbour],
    policy: JudgePolicy,
    opinion: Opinion = comparing.compare,
) -> list[Comparison]:
    """The new text beside each stored memory; nearest first, ties by id."""
    ordered = sorted(among, key=lambda one: (-one.cosine, one.memory.id))
    compared = [_compared(text, one, policy, opinion) for one in ordered]
    if compared and compared[0].verdict is Verdict.UNREAD:
        compared[0] = _by_cosine(text, ordered[0], compared[0], policy)
    short = [
        place for place, one in enumerate(compared) if one.verdict in (Verdict.DIFFERENT, Verdict.SUSPICIOUS)
    ]
    if len(short) == len(compared) and len(text) <= policy.longest_paraphrase_characters:
        _tell_story(text, ordered, compared)
    return compared


def _compared(text: str, one: Neighbour, policy: JudgePolicy, opinion: Opinion) -> Comparison:
    stored = one.memory.text
    found = Comparison(
        memory_id=one.memory.id, verdict=Verdict.SAME, reason="the same words", cosine=one.cosine
    )
    if one.memory.content_hash == texts.content_hash(text):
        return found
    if max(len(text), len(stored)) > policy.longest_paraphrase_characters:
        return replace(found, verdict=Verdict.DIFFERENT, reason="too long to compare but word by word")
    verdict, reason = opinion(stored, text)
    if verdict is Verdict.DIFFERENT and one.cosine < policy.suspicious_cosine:
        # Most candidates: nothing rests on what they have in common.
        return replace(found, verdict=verdict, reason=reason)
    pair = pairing.pair(statement(stored), statement(text))
    if verdict is Verdict.DIFFERENT and one.cosine >= policy.suspicious_cosine and _at_odds(pair):
        verdict, reason = _SUSPICIOUS
    evidence = Evidence(
        common=tuple(t.text for t in pair.common),
        only_stored=tuple(t.text for t in pair.extra_old),
        only_new=tuple(t.text for t in pair.extra_new),
    )
    return replace(found, verdict=verdict, reason=reason, evidence=evidence)


def _at_odds(pair: Pair) -> bool:
    """Whether two statements about the same agree but for one stretch of words."""
    left = (pair.extra_old, pair.extra_new)
    alike = pair.about is About.SAME and pair.verbs_agree and likening.both_hold(pair) and all(left)
    return alike and likening.one_stretch(left[0], pair.old) and likening.one_stretch(left[1], pair.new)


def _by_cosine(text: str, one: Neighbour, compared: Comparison, policy: JudgePolicy) -> Comparison:
    """The bands of the `/v1` contract: the cosine to the nearest memory alone decides."""
    cosine = round(one.cosine, _COSINE_DECIMALS)
    if cosine < policy.replace_cosine:
        return replace(compared, verdict=Verdict.DIFFERENT, reason=f"no opinion, and cosine {cosine:.4f}")
    same = cosine >= policy.duplicate_cosine and comparison.no_essential_differs(one.memory.text, text)
    verdict = Verdict.SAME if same else Verdict.REPLACES
    return replace(compared, verdict=verdict, reason=f"no opinion, but cosine {cosine:.4f}")


def _tell_story(text: str, ordered: Sequence[Neighbour], compared: list[Comparison]) -> None:
    new = statement(text)
    if not story.is_story(new):
        return
    pairs = [pairing.pair(statement(one.memory.text), new) for one in ordered]
    told = story.contradicted(pairs, [one.cosine for one in ordered])
    if told is not None:
        compared[told] = replace(
            compared[told], verdict=Verdict.REPLACES, reason="the same story told otherwise"
        )
