"""When a statement is told again in another build, with one name or number changed."""

from app.domain.judge import lexicon, likening
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import About, Pair, covered, is_passing, preposition, weighty
from app.domain.judge.reading import Mode, Statement
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind
from app.domain.judge.words import words


def another_figure(pair: Pair) -> Finding | None:
    """Whether sentences built otherwise agree but for one number: "charges 85 an hour", "rate is 95"."""
    old, new = pair.old, pair.new
    if not likening.both_hold(pair) or old.negated or old.mode is not Mode.FACT or not pair.directed_alike:
        return None
    if pair.about is About.OTHER and not (weighty(old.subject) and covered(old.subject, new.said)):
        return None
    verbs = (*old.verb_tokens, *new.verb_tokens)
    left = [[t for t in side if t not in verbs] for side in (pair.extra_old, pair.left_new)]
    if not all(left) or not all(t.kind is Kind.NUMBER for t in (*left[0], *left[1])):
        return None
    things = [t for t in pair.common if not t.is_figure and not is_passing(t) and t not in verbs]
    measures = [t for t in things if lexicon.lemmas(t.key) & words("units")]
    led = preposition(old, left[0][0]) == preposition(new, left[1][0])
    enough = (bool(measures) and len(things) >= 2) or (
        led and bool(old.subject) and any(t.kind is Kind.NAME for t in things)
    )
    if enough and not (pair.about is About.SAME and old.verb != new.verb and not old.subject):
        return Verdict.REPLACES, "another number for the same"
    return None


def told_otherwise(pair: Pair) -> Finding | None:
    """Whether a long statement is told again with one stretch changed: so much in common is one event."""
    old, new = pair.old, pair.new
    if old.negated != new.negated or old.mode != new.mode or old.mode is Mode.REPORT or old.past != new.past:
        return None
    if not old.subject or not new.subject or not pair.directed_alike or old.closed != new.closed:
        return None
    if not (old.definite and new.definite):
        return None
    shared = [t for t in pair.common if t not in old.subject]
    if pair.about is About.SAME:
        left = [pair.extra_old, pair.left_new]
        if (
            len(shared) >= _MUCH - 1
            and all(left)
            and likening.one_stretch(left[0], old)
            and likening.one_stretch(left[1], new)
        ):
            return (
                Verdict.REPLACES,
                f"the same told with {likening.text_of(left[1])}, not {likening.text_of(left[0])}",
            )
        return None
    if not (old.past and new.past) or not _persons(old) or not _persons(new) or len(shared) < _MUCH:
        return None
    behind = [t for t in (*pair.extra_old, *pair.extra_new) if t not in old.subject and t not in new.subject]
    if not behind:
        return Verdict.REPLACES, "the same deed is told of another"
    return None


_MUCH = 4
"""Words in common from which on two sentences tell of one event rather than of two alike."""


def _persons(one: Statement) -> bool:
    return bool(one.subject) and all(t.kind is Kind.NAME for t in one.subject)


def another_name(pair: Pair) -> Finding | None:
    """Whether sentences built otherwise agree but for one name: "the laptop runs", "runs on the laptop"."""
    old, new = pair.old, pair.new
    if (
        not likening.both_hold(pair)
        or old.negated
        or (pair.about is About.SAME and not (set(new.keys) & _NOW))
    ):
        return None
    verbs = (*old.verb_tokens, *new.verb_tokens)
    left_old = tuple(t for t in pair.extra_old if t not in verbs)
    left_new = tuple(t for t in pair.left_new if t not in verbs)
    if not left_old or not left_new or not (likening.only_names(left_old) and likening.only_names(left_new)):
        return None
    subject_names = [t for t in (*left_old, *left_new) if t in (*old.subject, *new.subject)]
    things = [t for t in pair.common if not likening.is_figure(t) and t.kind is Kind.WORD]
    if subject_names or not things or pair.about is About.OTHER:
        return None
    if (old.verb == new.verb and old.verb in words("thing", table="single")) or (
        pair.about is About.SAME and old.subject and _uses(old) and _uses(new)
    ):
        return (
            Verdict.REPLACES,
            f"another value: {likening.text_of(left_new)}, not {likening.text_of(left_old)}",
        )
    return None


_NOW = frozenset("now nowadays days henceforth onwards".split())


def _uses(one: Statement) -> bool:
    return one.verb in ("use", "work", "run", "rely", "practice", "practise", "follow", "employ")
