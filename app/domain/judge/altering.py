"""When a statement tells that a value has changed: "was raised to 75 mg", "slipped to Q4"."""

from collections.abc import Sequence

from app.domain.judge import alignment, lexicon, likening, singular
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import (
    About,
    Pair,
    covered,
    is_passing,
    preposition,
    weighty,
)
from app.domain.judge.reading import Mode, Statement
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.verbs import lexicon_verb
from app.domain.judge.words import words


def altered(pair: Pair) -> Finding | None:
    """Whether the new one tells that a value of the old one has changed: "slipped to Q4"."""
    old, new = pair.old, pair.new
    if not _tells_change(new) or old.mode is Mode.REPORT or new.mode is not Mode.FACT:
        return None
    if old.past or old.closed or old.negated or new.negated:
        return None
    left_new = [t for t in weighty(pair.cores.new) if not _is_verb(t, new)]
    values = [t for t in left_new if likening.is_figure(t)]
    others = [t for t in left_new if t not in values and not is_passing(t) and not _names_quality(t)]
    if _other_of_a_kind(pair) or _other_name(pair):
        return Verdict.REPLACES, "another of the kind now"
    if others and not _by_whom(pair, others):
        return None
    old_values = [t for t in pair.extra_old if likening.is_figure(t)]
    unmatched = [t for t in pair.extra_old if t not in old_values and t not in old.verb_tokens]
    if values and old_values and _kinds_meet(values, old_values) and _enough(pair, unmatched):
        return Verdict.REPLACES, "the value has changed"
    return None


def _tells_change(new: Statement) -> bool:
    again = any("re" + new.verb in lexicon.lemmas(t.key, "v") for t in new.tokens if t not in new.subject)
    return new.verb in words("alters", table="change") or (again and new.past)


def _other_name(pair: Pair) -> bool:
    """Whether a thing that is one has become another: "was changed to Apache", "was rewritten in React"."""
    if pair.about is not About.SAME or not pair.old.subject or singular.is_someone(pair.old):
        return False
    old = weighty(tuple(t for t in pair.extra_old if lexicon_verb(t.key) != pair.old.verb))
    new = tuple(t for t in pair.left_new if not _is_verb(t, pair.new))
    named = all(t.kind is Kind.NAME for t in (*old[:1], *new[:1]))
    return bool(old and new) and named and preposition(pair.new, new[0]) in ("to", "in", "with", "on")


def _names_quality(token: Token) -> bool:
    """Whether a word only names the kind of value: the dose, the price, the date."""
    return bool({token.key, *lexicon.lemmas(token.key, "n")} & words("amounts", table="single"))


def _other_of_a_kind(pair: Pair) -> bool:
    """Whether the new one goes to one of a kind of which the old one names another: plans, floors, shifts."""
    keys = list(pair.new.keys)
    if "to" not in keys or pair.about is not About.SAME:
        return False
    target = _phrase(pair.new, keys.index("to") + 1)
    if len(target) < 2:
        return False
    for o, n, _ in pair.bags.pairs:
        if n is target[-1] and n.kind is Kind.WORD:
            own = [t for t in pair.old.said if t.place < o.place and t.place >= o.place - len(target) + 1]
            return (
                bool(own)
                and not alignment.align(own, target[:-1]).pairs
                and not weighty(
                    [
                        t
                        for t in pair.bags.new
                        if t not in target and not _is_verb(t, pair.new) and t.place < target[0].place
                    ]
                )
            )
    return False


def _phrase(one: Statement, start: int) -> list[Token]:
    """The content words from a place on up to the next small word."""
    found: list[Token] = []
    for token in one.tokens[start:]:
        if token.key in words("articles"):
            continue
        if token not in one.said:
            break
        found.append(token)
    return found


def _by_whom(pair: Pair, others: Sequence[Token]) -> bool:
    """Whether all that is new is who changed it, or a small adjective."""
    return all(
        (t in pair.new.subject and t is pair.new.subject[0])
        or lexicon.parts(t.key) == frozenset("a")
        or t.key in ("new", "personal")
        for t in others
    )


def _is_verb(token: Token, one: Statement) -> bool:
    return one.verb in lexicon.lemmas(token.key, "v") and token not in one.subject


def _kinds_meet(values: Sequence[Token], old: Sequence[Token]) -> bool:
    def kind(tokens: Sequence[Token]) -> bool:
        return any(
            t.kind is Kind.TIME or t.key in words("times") or ":" in t.key or t.key.startswith("q")
            for t in tokens
        )

    return kind(values) == kind(old)


def _enough(pair: Pair, unmatched: Sequence[Token]) -> bool:
    """Whether what is changed is what the old one is about."""
    nouns = [t for t in pair.common if not likening.is_figure(t)]
    if not nouns:
        return False
    return len([t for t in unmatched if "n" in lexicon.parts(t.key) or t.kind is Kind.NAME]) == 0 or (
        covered(weighty(pair.old.subject), pair.new.said) and bool(pair.old.subject)
    )
