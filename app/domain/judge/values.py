"""When two statements agree in all but the value of what can have only one: a number, a date, a name."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain.judge import lexicon, likening, singular
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import (
    About,
    Pair,
    is_passing,
    preposition,
    weighty,
)
from app.domain.judge.reading import Statement
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words

_VALUE_GLUE = frozenset(
    "per a an about around roughly exactly at least most under over up down to from of".split()
)


def another_value(pair: Pair) -> Finding | None:
    """Whether the two agree in all but the value of what can have only one."""
    if not likening.both_hold(pair) or pair.about is not About.SAME or not pair.directed_alike:
        return None
    verbs = (*old_verbs(pair), *new_verbs(pair))
    if not (pair.old.definite and pair.new.definite):
        return None
    old = tuple(t for t in weighty(pair.bodies.old) if t not in verbs)
    new = tuple(t for t in weighty(pair.bodies.new) if t not in verbs)
    old, new = _without_moment(old, new)
    if not old or not new:
        return None
    if all(map(likening.is_figure, old)) and all(map(likening.is_figure, new)):
        told_when = any(t.is_figure for t in (*old, *new)) or bool(preposition(pair.new, new[0]))
        return _other_figure(pair) if told_when and _measured_alike(old, new) else None
    if not likening.one_stretch(old, pair.old) or not likening.one_stretch(new, pair.new):
        return None
    if any(t.is_figure for t in (*old, *new)) and not singular.one_valued(pair, old, new):
        return None
    if singular.one_valued(pair, old, new):
        return Verdict.REPLACES, f"another value: {likening.text_of(new)}, not {likening.text_of(old)}"
    return None


def old_verbs(pair: Pair) -> tuple[Token, ...]:
    """The verb of the old one where the new one's means the same."""
    return pair.old.verb_tokens if pair.verbs_agree else ()


def new_verbs(pair: Pair) -> tuple[Token, ...]:
    """The verb of the new one where the old one's means the same."""
    return pair.new.verb_tokens if pair.verbs_agree else ()


def _without_moment(
    old: Sequence[Token], new: Sequence[Token]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Without the words on one side only that say when it came about."""
    if (any(not is_passing(t) for t in old) and all(map(is_passing, new))) or not old:
        return tuple(old), tuple(new)
    passing = words("passing") - words("times") - words("months") - words("weekdays")
    return tuple(t for t in old if t.key not in passing), tuple(t for t in new if t.key not in passing)


def _other_figure(pair: Pair) -> Finding | None:
    """Another number or date for the same thing, unless both are events of a series."""
    old = pair.old
    if old.verb in likening.EVENTS and old.past:
        return None
    if (
        not weighty(tuple(o for o, _, _ in pair.bags.pairs))
        and old.verb in words("light")
        and not old.subject
    ):
        return None
    if _is_counted_thing(pair) or (not old.subject and _times_only(pair) and not _once_in_time(pair)):
        return None
    return Verdict.REPLACES, "another number or date for the same"


def _times_only(pair: Pair) -> bool:
    """Whether only weekdays or times of the day differ: one can be away on Monday and on Tuesday."""
    return all(
        (t.is_figure and t.kind is Kind.TIME) or t.key in words("times")
        for t in (*pair.extra_old, *pair.extra_new)
    )


def _once_in_time(pair: Pair) -> bool:
    """Whether it comes once: a shift that starts, a day one wakes, a routine told of by its time."""
    return pair.old.verb in words("once_a_day", table="single") or (
        pair.old.verb == "have" and len(pair.common) > 1
    )


def _measured_alike(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether both tell a time, or both a number of the same unit."""
    timely = words("times")
    both = [
        any(t.is_figure for t in one) and any(lexicon.lemmas(t.key) & timely for t in one)
        for one in (old, new)
    ]
    if all(both):
        return False
    timed = [any(t.kind is Kind.TIME or t.key in words("times") for t in one) for one in (old, new)]
    numbered = [any(t.kind is Kind.NUMBER for t in one) for one in (old, new)]
    measures = [[t for t in one if not t.is_figure and t.key not in words("times")] for one in (old, new)]
    if bool(measures[0]) != bool(measures[1]) and all(numbered):
        return False
    return timed[0] == timed[1] or numbered[0] == numbered[1]


def _is_counted_thing(pair: Pair) -> bool:
    """Whether the number tells which thing is meant: question 4, sprint 42."""
    return any(
        _counts(one, before, number)
        for one in (pair.old, pair.new)
        for before, number in pairwise(one.tokens)
        if not one.subject or one.verb not in ("be", "set", "pin", "cost", "weigh")
    )


def _counts(one: Statement, before: Token, number: Token) -> bool:
    """Whether a noun is followed by its number, and not by an amount: "chapter 5", not "costs 5 euros"."""
    if number.kind is not Kind.NUMBER or not number.key.isdigit() or before.kind is not Kind.WORD:
        return False
    if before not in one.body or "n" not in lexicon.parts(before.key) or is_passing(before):
        return False
    following = next((t for t in one.tokens if t.place == number.place + 1), None)
    measured = following is not None and bool(
        ({following.key} | lexicon.lemmas(following.key)) & words("units")
    )
    return not measured and before.key not in words("qualities", table="single")
