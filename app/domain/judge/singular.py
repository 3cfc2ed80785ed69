"""What one has one of at a time: a home, a price, a favourite, a tool for a purpose."""

from collections.abc import Sequence

from app.domain.judge import alignment, lexicon, likening
from app.domain.judge.pairing import (
    Pair,
    is_person,
    preposition,
    weighty,
)
from app.domain.judge.reading import Statement
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words


def one_valued(pair: Pair, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether what differs, `old` and `new`, are values of what can have only one."""
    one = pair.old
    if not pair.verbs_agree:
        return False
    if "instead" in pair.new.keys and likening.only_names(old) and likening.only_names(new):
        return _same_preposition(pair, old, new)
    if one.verb == "be":
        return _one_valued_being(pair, old, new)
    if one.verb in ("prefer", "want"):
        return _one_preferred(pair, old, new)
    if one.verb == "use":
        return _used_for(pair, old, new)
    if pair.old.subject and not is_someone(pair.old):
        return one.verb in words("thing", table="single") and _same_preposition(pair, old, new)
    return _one_of_a_person(pair, old, new)


def _one_preferred(pair: Pair, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether two preferences exclude each other: the language of replies, one choice over the same other."""
    named = likening.only_names((*old, *new))
    if preposition(pair.old, old[0]) in ("in", "by", "via") and named and len(pair.common) > 1:
        return _same_preposition(pair, old, new)
    against = alignment.align(pair.old.instead, pair.new.instead)
    if against.pairs and not weighty((*against.old, *against.new)):
        return True
    return len(old) == len(new) == 1 and lexicon.opposites(old[0].key, new[0].key) and bool(pair.common)


def _one_of_a_person(pair: Pair, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether a person has one of it at a time: a favourite, a bank, a car to drive."""
    if any(t.key in words("only", table="single") for t, _, _ in pair.bodies.pairs):
        return True
    single = pair.old.verb in words("person", table="single")
    return single and _same_preposition(pair, old, new) and _alike_in_kind(old, new)


def is_someone(one: Statement) -> bool:
    """Whether the subject is a person: a brother, Nadia, the client."""
    return bool(one.subject) and (any(map(is_person, one.subject)) or one.subject[0].kind is Kind.NAME)


def _alike_in_kind(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether both name something, or both describe it."""
    return any(t.kind is Kind.NAME for t in old) == any(t.kind is Kind.NAME for t in new)


def _used_for(pair: Pair, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Of "Uses X for Y": one X for each Y."""
    for one, left in ((pair.old, old), (pair.new, new)):
        keys = one.keys
        cuts = [i for i, key in enumerate(keys) if key in ("for", "as", "to")]
        if not cuts or any(t.place > one.tokens[cuts[0]].place for t in left):
            return False
    purpose = [o for o, _, _ in pair.bodies.pairs if weighty((o,))]
    return bool(purpose)


def _same_preposition(pair: Pair, old: Sequence[Token], new: Sequence[Token]) -> bool:
    return preposition(pair.old, old[0]) == preposition(pair.new, new[0])


def _one_valued_being(pair: Pair, old: Sequence[Token], new: Sequence[Token]) -> bool:
    subject = pair.old.subject
    if not subject:
        return False
    if preposition(pair.old, old[0]) != preposition(pair.new, new[0]):
        return False
    if any(t.key in words("only", table="single") for t in subject):
        return True
    statuses = words("statuses", table="single")
    head = _head(pair.old)
    named = all(
        t.kind in (Kind.NAME, Kind.NUMBER, Kind.TIME, Kind.SIGN) or not lexicon.known(t.key)
        for t in (old[0], new[0])
    )
    if is_person(head) or head.kind is Kind.NAME:
        return named and head.kind is not Kind.NAME and not preposition(pair.old, old[0])
    if named or lexicon.lemmas(head.key) & words("qualities", table="single"):
        return True
    statuses = words("statuses", table="single")
    if any(t.key in statuses for t in old) and any(t.key in statuses for t in new):
        return True
    return preposition(pair.old, old[0]) in ("in", "on", "at", "with", "by", "to") or (
        _determined(pair.old, old[0]) and _determined(pair.new, new[0])
    )


def _determined(one: Statement, token: Token) -> bool:
    before = next((t for t in one.tokens if t.place == token.place - 1), None)
    return before is not None and before.key in words("articles")


def _head(one: Statement) -> Token:
    """The main word of the subject: the last before "of", "for" or "in"."""
    head = one.subject[0]
    for token in one.tokens:
        if (token.key in words("prepositions") and token.place > head.place) or token.place > one.subject[
            -1
        ].place:
            break
        if token in one.subject and not token.is_figure:
            head = token
    return head
