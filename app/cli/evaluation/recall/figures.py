"""From answers to figures: shares by category, what must not change, time and tokens. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.cli.evaluation import scoring
from app.cli.evaluation.recall import bootstrap, metrics
from app.cli.evaluation.recall.bootstrap import Estimate
from app.cli.evaluation.recall.runs import Asked, StoredCorpus
from app.cli.evaluation.scoring import Count

OVERALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The metrics, by name, of so many questions."""

    questions: int
    metrics: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The median and the 95th percentile of a quantity."""

    p50: float
    p95: float


def of_question(asked: Asked) -> Mapping[str, float]:
    """Every metric of one answer, by name."""
    question, stored = asked.question, asked.stored
    # Two texts that count as one are one memory, which is wanted once.
    gold = frozenset(stored.ids[key] for key in question.gold - stored.lost)
    lost = len(question.gold & stored.lost)
    found = dict(metrics.measured(metrics.ranking(asked.answer.ids, gold=gold, lost=lost)))
    if question.old:
        (new,) = question.gold
        old_ids = frozenset(stored.ids[key] for key in question.old)
        is_first = scoring.comes_first(asked.answer.ids, new_id=stored.ids[new], old_ids=old_ids)
        found[metrics.NEW_ABOVE_OLD] = float(is_first)
    return found


def by_category(answers: Sequence[Asked]) -> Mapping[str, Figures]:
    """The figures of each category in the order of their names, then of all questions under `all`."""
    names = sorted({one.question.category for one in answers})
    groups = {name: [one for one in answers if one.question.category == name] for name in names}
    return {name: _figures(group) for name, group in groups.items() if len(groups) > 1} | {
        OVERALL: _figures(answers)
    }


def lost(corpora: Iterable[StoredCorpus]) -> Count:
    """Evidence that can no longer be recalled as it was said, of all evidence."""
    each = [(len(one.lost), len(_gold_keys(one))) for one in corpora]
    return Count(count=sum(count for count, _ in each), of=sum(of for _, of in each))


def foreign(answers: Iterable[Asked]) -> int:
    """How many results are no memories of the user who was asked about."""
    return sum(len(frozenset(one.answer.ids).difference(one.stored.ids.values())) for one in answers)


def changed(before: Sequence[Asked], after: Sequence[Asked]) -> Count:
    """How many questions got other ids, or the same in another order."""
    pairs = zip(before, after, strict=True)
    return Count(
        count=sum(list(one.answer.ids) != list(other.answer.ids) for one, other in pairs), of=len(before)
    )


def with_lane_left_out(answers: Iterable[Asked]) -> int:
    """How many answers had to do without a lane that failed or was late."""
    return sum(one.answer.left_out > 0 for one in answers)


def milliseconds(answers: Iterable[Asked]) -> Spread:
    """How long an answer took."""
    return _spread([one.answer.milliseconds for one in answers])


def tokens(answers: Iterable[Asked]) -> Spread | None:
    """How many tokens a context had; None where none was rendered."""
    counted = [one.answer.tokens for one in answers if one.answer.tokens is not None]
    return _spread(counted) if counted else None


def _figures(answers: Sequence[Asked]) -> Figures:
    values = [of_question(one) for one in answers]
    clusters = [one.question.cluster for one in answers]
    return Figures(
        questions=len(answers),
        metrics={
            name: bootstrap.estimate([one[name] for one in values], clusters=clusters) for name in values[0]
        },
    )


def _gold_keys(stored: StoredCorpus) -> frozenset[str]:
    return frozenset(key for question in stored.corpus.questions for key in question.gold)


def _spread(values: Sequence[float]) -> Spread:
    p50, p95 = (float(one) for one in np.percentile(values, (50, 95)))
    return Spread(p50=p50, p95=p95)
