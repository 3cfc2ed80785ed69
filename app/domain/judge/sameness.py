"""When two statements say the same, or one says the other and more."""

from collections.abc import Sequence

from app.domain.judge import alignment, lexicon
from app.domain.judge.alignment import Likeness
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import LINKING, About, Pair, figures, is_passing, is_person, weighty
from app.domain.judge.reading import Statement
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words

Finding = tuple[Verdict, str]

_HARMLESS = frozenset("fc ag inc ltd gmbh llc plc sa co corp company city proper".split())
_WEEKDAYS = words("weekdays")
_CONVERSE = frozenset(
    "go send collect receive handle get take run host contain include store keep answer".split()
)
_UNLIMITED = frozenset("usually often always still currently only just".split())


def spelled_otherwise(pair: Pair) -> Finding | None:
    """Whether every word of the one is, in order, a word of the other or a slip or an alias of it."""
    old = [t for t in pair.old.tokens if t.key not in words("articles")]
    new = [t for t in pair.new.tokens if t.key not in words("articles")]
    if len(old) != len(new) or (pair.old.subject and not pair.new.subject and pair.new.named_user):
        return None
    if all(
        alignment.alike(o, n) >= Likeness.ALIAS and _same_form(o, n) for o, n in zip(old, new, strict=True)
    ):
        return Verdict.SAME, "the same words, spelled otherwise"
    return None


def _same_form(old: Token, new: Token) -> bool:
    """Whether two words are the same in time and number: "is" is not "was"."""
    verbs = words("auxiliaries") | words("negations")
    return old.key == new.key or not {old.key, new.key} & verbs


def said_again(pair: Pair) -> Finding | None:
    """Whether the new statement adds nothing to the old one, or next to nothing."""
    if not _comparable(pair):
        return None
    old, new = _left(pair)
    if not old and not new:
        return Verdict.SAME, "the same statement in other words"
    if not new and _may_say_less(pair, old):
        return Verdict.COVERED, "the stored fact says this already"
    if not old and _small_gain(pair, new):
        return Verdict.FULLER, "the same statement, spelled out"
    return None


def _left(pair: Pair) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """What only either says, once wider words in the new one are allowed for: a collie is a dog."""
    old, new = [t for t in pair.extra_old if not _repeated(t, pair.new)], list[Token]()
    for token in (t for t in pair.extra_new if not _repeated(t, pair.old)):
        wider = next((o for o in old if alignment.alike(o, token) is Likeness.WIDER), None)
        if wider is None:
            new.append(token)
        elif not any(t in old for t in pair.old.tokens if t is not wider):
            old.remove(wider)
    return tuple(old), tuple(new)


def _repeated(token: Token, other: Statement) -> bool:
    """Whether the other statement says this too, in a word already paired: a doctor, Dr. Okafor."""
    return token.kind is Kind.WORD and any(alignment.alike(t, token) >= Likeness.ALIAS for t in other.said)


def _comparable(pair: Pair) -> bool:
    old, new = pair.old, pair.new
    if (
        old.negations != new.negations
        or old.mode != new.mode
        or old.closed != new.closed
        or old.past != new.past
    ):
        return False
    if not (pair.common or _wider_only(pair)) or not _same_people(pair) or not pair.verbs_agree:
        return False
    if _linked_otherwise(pair):
        return False
    if (
        _directions(old) != _directions(new)
        or not set(figures(new.said)) <= set(figures(old.said)) | _WEEKDAYS
    ):
        return False
    if _limits(new) != _limits(old) and (_limits(new) or pair.extra_new):
        return False
    return pair.directed_alike and _same_instead(pair) and _same_status(pair) and _same_order(pair)


def _wider_only(pair: Pair) -> bool:
    return any(alignment.alike(o, n) is Likeness.WIDER for o in pair.extra_old for n in pair.extra_new)


def _directions(one: Statement) -> tuple[str, ...]:
    return tuple(
        sorted(
            t.key
            for t in one.tokens
            if t.key in words("directions") and t not in one.instead and not (t.key == "over" and one.instead)
        )
    )


def _linked_otherwise(pair: Pair) -> bool:
    """Whether one is what the other has: a piano teacher; or a value is only a synonym of the other."""
    likenesses = [likeness for old, _, likeness in pair.bags.pairs if weighty((old,))]
    if not pair.old.subject and {pair.old.verb, pair.new.verb} == {"be", "have"}:
        return all(one is Likeness.EQUAL for one in likenesses)
    valued = pair.old.subject and pair.old.verb == pair.new.verb == "be"
    return bool(valued) and any(
        n in pair.new.body and one is Likeness.SYNONYM for _, n, one in pair.bags.pairs
    )


def _same_status(pair: Pair) -> bool:
    """Whether no state is told by the one only: "is done" is a filler elsewhere."""
    statuses = words("statuses", table="single")
    return not any(
        t.key in statuses
        and lexicon.parts(t.key) & {"a", "v"}
        and t.key not in pair.old.keys
        and one.tokens[-1] is t
        for one in (pair.new,)
        for t in one.tokens
        if t.key not in words("directions")
    )


def _same_instead(pair: Pair) -> bool:
    both = alignment.align(pair.old.instead, pair.new.instead)
    return not weighty(both.old) and not weighty(both.new)


def _limits(one: Statement) -> tuple[str, ...]:
    return tuple(sorted(key for key in one.keys if key in words("limits") and key not in _UNLIMITED))


def _same_people(pair: Pair) -> bool:
    """Whether the same people are spoken of: a wife's allergy is not the user's."""
    return not any(
        (t.kind is Kind.NAME or is_person(t)) and t in extra
        for one, extra in ((pair.old, pair.extra_old), (pair.new, pair.extra_new))
        for t in one.subject
    )


def _same_order(pair: Pair) -> bool:
    """Whether the common words stand in one order, or in one where nobody has changed places."""
    common = [(o, n) for o, n, _ in pair.bags.pairs if weighty((o,))]
    moving = [(o, n) for o, n in common if not (o.is_figure or is_passing(o))]
    places = [n.place for _, n in moving]
    if places == sorted(places):
        return True
    if not (pair.old.definite and pair.new.definite) or not _same_phrases(pair) or not _same_doer(pair):
        return False
    return not _exchangeable(pair) or pair.old.passive != pair.new.passive


def _same_phrases(pair: Pair) -> bool:
    """Whether neighbouring words stay neighbours: a word that moved has moved with its phrase."""
    partner = {o.place: n for o, n, _ in pair.bags.pairs}
    for a, b in zip(pair.old.said, pair.old.said[1:], strict=False):
        if b.place != a.place + 1 or a.place not in partner or b.place not in partner:
            continue
        if _verbal(pair, a) or _verbal(pair, b):
            continue
        if abs(partner[a.place].place - partner[b.place].place) > 3:
            return False
    return True


def _verbal(pair: Pair, token: Token) -> bool:
    return bool(lexicon.lemmas(token.key, "v") & {pair.old.verb, pair.new.verb}) or is_passing(token)


def _passive(one: Statement) -> bool:
    return "by" in one.keys


def _doer(one: Statement) -> tuple[Token, ...]:
    """Who does it: the subject, or what follows "by"."""
    if one.passive and not _passive(one):
        return ()
    if not _passive(one):
        return tuple(t for t in one.subject if not is_passing(t))
    place = next(t.place for t in one.tokens if t.key == "by")
    return tuple(t for t in one.body if t.place > place and not is_passing(t))


def _same_doer(pair: Pair) -> bool:
    """Whether the same one does it, where the verb has a direction of its own: who calls whom."""
    if pair.old.verb in LINKING or pair.new.verb in LINKING:
        return True
    if pair.old.verb != pair.new.verb and {pair.old.verb, pair.new.verb} <= _CONVERSE:
        return True
    if pair.old.passive != pair.new.passive and not (_doer(pair.old) and _doer(pair.new)):
        return True
    both = alignment.align(_doer(pair.old), _doer(pair.new))
    return bool(both.pairs) and not weighty(both.old) and not weighty(both.new)


def _exchangeable(pair: Pair) -> bool:
    """Whether two people or two numbers of the sentence may have changed places."""
    directed = frozenset("over than to from before after for versus above against until".split())
    if set(pair.old.keys) & directed and set(pair.new.keys) & directed and pair.old.verb == pair.new.verb:
        return True
    people = [o for o, _, _ in pair.bags.pairs if o.kind is Kind.NAME or is_person(o)]
    return len(people) > 1 and pair.about is not About.CROSS


def _may_say_less(pair: Pair, left: Sequence[Token]) -> bool:
    """Whether what the old one says besides only narrows it, and does not make it another statement."""
    if _limits(pair.old) and not {"until", "since"} & set(pair.old.keys):
        return False
    if not (pair.old.definite and pair.new.definite) or not _has_verb(pair.new):
        return False
    if pair.new.negated or {"if", "when", "unless"} & set(pair.old.keys):
        return False
    if pair.about is About.OTHER or (pair.about is About.CROSS and any(t in pair.old.subject for t in left)):
        return False
    return not _head_lost(pair, left)


def _has_verb(one: Statement) -> bool:
    return (
        len(one.said) <= 3
        or bool(one.subject)
        or one.verb != "be"
        or any(t.key in words("auxiliaries") for t in one.tokens)
    )


def _head_lost(pair: Pair, left: Sequence[Token]) -> bool:
    """Whether a word of the new one only modifies another in the old one: coffee is not a coffee machine."""
    for o, n, _ in pair.bags.pairs:
        following = next((t for t in pair.old.tokens if t.place == o.place + 1), None)
        if following is None or following not in left or o.is_figure or not weighty((o,)):
            continue
        if following.kind is o.kind is Kind.WORD and _noun(following) and _noun(o) and not _verbal(pair, o):
            after = next((t for t in pair.new.tokens if t.place == n.place + 1), None)
            if after is None or after.key != following.key:
                return True
    return False


def _noun(token: Token) -> bool:
    return "n" in lexicon.parts(token.key) and not is_passing(token) and "r" not in lexicon.parts(token.key)


def _small_gain(pair: Pair, gained: Sequence[Token]) -> bool:
    """Whether the new one only spells out what everybody knows: a city's country, a firm's legal form."""
    if pair.about is not About.SAME:
        return False
    if all(t.kind is Kind.TIME and t.key in words("weekdays") for t in gained):
        return any(o.key in words("months") for o, _, _ in pair.bags.pairs)
    if figures(gained):
        return False
    return all(t.key in _HARMLESS for t in gained) or _appended_place(pair, gained)


def _appended_place(pair: Pair, gained: Sequence[Token]) -> bool:
    """Whether a place is followed by the larger one it lies in: "Toronto, Canada"."""
    tail = pair.new.tokens[-len(gained) - 2 :]
    if not all(t in tail for t in gained) or len(gained) > 2:
        return False
    last = next((n for _, n, _ in reversed(pair.bags.pairs)), None)
    if last is None or last.kind is not Kind.NAME:
        return False
    first = min(gained, key=lambda t: t.place)
    between = [t.key for t in pair.new.tokens if last.place < t.place < first.place]
    dwelling = pair.new.verb in ("live", "be", "reside", "come", "base", "work")
    return dwelling and between in ([], ["in"], ["in", "the"]) and any(t.kind is Kind.NAME for t in gained)
