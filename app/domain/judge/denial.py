"""When one statement denies the other: a negation, an opposite, or a past told of what was said to hold."""

from app.domain.judge import alignment, lexicon
from app.domain.judge.alignment import Likeness
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import About, Pair, covered, is_passing, predicate, weighty
from app.domain.judge.reading import Mode, Statement
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import sides, words

_CUES = frozenset("until before formerly former previously ex".split())


def denied(pair: Pair) -> Finding | None:
    """Whether one says what the other denies, and denies it at least as widely.

    "Drinks no tea in the evening" leaves "Drinks tea" alone; "Drinks no tea" does not.
    """
    if pair.about is not About.SAME or _polarity(pair.old) == _polarity(pair.new):
        return None
    if pair.old.mode != pair.new.mode or pair.old.closed or pair.new.closed:
        return None
    if pair.old.past != pair.new.past or (pair.old.instead and pair.new.instead):
        return None
    no, yes = (pair.new, pair.old) if _polarity(pair.new) else (pair.old, pair.new)
    if not _verbs_agree(no, yes):
        return None
    scope = [t for t in _core(no) if not (_now(t) and no is pair.new)]
    if not all(any(_within(t, other) for other in yes.said) for t in scope):
        return None
    if not scope and (no.verb in words("light") or no.verb != yes.verb):
        return None
    if _mentioned_only(scope, yes):
        return None
    return Verdict.REPLACES, "one says what the other denies"


def _now(token: Token) -> bool:
    """Whether a word only dates the denial to the present: "these days", "this year"."""
    return bool({token.key, *lexicon.lemmas(token.key, "n")} & words("present_again"))


def _mentioned_only(scope: list[Token], yes: Statement) -> bool:
    """Whether what is denied is but a part of another thing: no tea, and a tea plantation."""
    nouns = [t for t in scope if "n" in lexicon.parts(t.key) or t.kind is Kind.NAME]
    for noun in nouns:
        place = next((t.place for t in yes.said if _within(noun, t)), None)
        following = next((t for t in yes.said if place is not None and t.place == place + 1), None)
        if (
            following is not None
            and following.kind is Kind.WORD
            and "n" in lexicon.parts(following.key)
            and not any(_within(t, following) for t in scope)
            and not {"r", "v"} & lexicon.parts(following.key)
            and not is_passing(following)
        ):
            return yes.verb != "have" or not lexicon.is_a(following.key, "animal")
    return False


def _core(one: Statement) -> list[Token]:
    return [
        t
        for t in weighty(predicate(one))
        if t.key not in words("dislikes", table="change")
        and t.key not in words("likes", table="change")
        and t.key not in ("anymore", "longer", "more")
    ]


def _within(denied_word: Token, said: Token) -> bool:
    likeness = alignment.alike(said, denied_word)
    if likeness >= Likeness.SYNONYM or likeness is Likeness.WIDER:
        return True
    return denied_word.key in ("pets", "pet") and lexicon.is_a(said.key, "animal")


def _polarity(one: Statement) -> bool:
    """Whether it denies; a dislike is a like denied."""
    return one.negated != (one.verb in words("dislikes", table="change"))


def _verbs_agree(one: Statement, other: Statement) -> bool:
    if one.verb == other.verb or lexicon.synonyms(one.verb, other.verb):
        return True
    if other.verb in words("likes", table="change") and any(
        one.verb in lexicon.lemmas(t.key, "v") for t in other.body[:1]
    ):
        return True
    likes = words("likes", table="change") | words("dislikes", table="change")
    if one.verb in likes and other.verb in likes:
        return True
    owning = {"have", "own", "keep", "possess", "get"}
    return {one.verb, other.verb} <= owning


def opposed(pair: Pair) -> Finding | None:
    """Whether the two differ by an opposite alone: on and off, willing and unwilling."""
    if pair.about is not About.SAME or pair.old.negated != pair.new.negated or pair.old.mode != pair.new.mode:
        return None
    if pair.old.past or pair.old.closed:
        return None
    if _other_status(pair):
        return Verdict.REPLACES, "another status"
    if pair.new.past:
        return None
    if _turned_round(pair):
        return Verdict.REPLACES, "the preference is turned round"
    old, new = _differing(pair)
    if len(old) == len(new) == 1 and _opposite(old[0].key, new[0].key) and (pair.common or pair.old.subject):
        return Verdict.REPLACES, f"{old[0].key} and {new[0].key} exclude each other"
    return None


def _other_status(pair: Pair) -> bool:
    """Whether a thing is said to be in two states that exclude each other: on hold, and confirmed."""
    if not pair.old.subject:
        return False
    old, new = _predicate_word(pair.old), _predicate_word(pair.new)
    if old is None or new is None or alignment.alike(old, new) >= Likeness.SYNONYM:
        return False
    status = words("statuses", table="single")
    return (old.key in status and new.key in status) or _opposite(old.key, new.key)


def told_of_status(pair: Pair) -> Finding | None:
    """Whether what one has in some state is now said to be in another: a paper under review, accepted."""
    old, new = pair.old, pair.new
    status = words("statuses", table="single")
    if (
        pair.about is not About.CROSS
        or not new.subject
        or old.negated
        or new.negated
        or not covered(new.subject, old.said)
    ):
        return None
    before = [t for t in old.tokens if t.key in status and t not in old.verb_tokens and t.place > 1]
    after = _predicate_word(new)
    if not before or after is None or after.key not in status or after.key in old.keys or old.past:
        return None
    return Verdict.REPLACES, f"{after.key}, no longer {before[-1].key}"


def _predicate_word(one: Statement) -> Token | None:
    """What follows "is", with a preposition passed over: "on hold"."""
    copula = next((t.place for t in one.tokens if t.key in words("copulas") and t not in one.subject), None)
    if copula is None:
        return None
    behind = [t for t in one.tokens if t.place > copula and t.key not in words("adverbs")]
    if (
        behind
        and behind[0].key in ("on", "in", "off", "up", "down", "out")
        and len(behind) > 1
        and behind[1].key in words("statuses", table="single")
    ):
        return behind[1]
    return behind[0] if behind else None


def _differing(pair: Pair) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """What differs, with words like "on" and "off" counted, that are fillers elsewhere."""
    status = words("statuses", table="single")
    old = [t for t in pair.extra_old if not is_passing(t)]
    new = [t for t in pair.extra_new if not is_passing(t)]
    if not old and not new:
        old = [t for t in pair.old.tokens if t.key in status and t.key not in pair.new.keys]
        new = [t for t in pair.new.tokens if t.key in status and t.key not in pair.old.keys]
    return tuple(old), tuple(new)


def _opposite(one: str, other: str) -> bool:
    if lexicon.opposites(one, other) or any(
        (number, 1 - side) in sides().get(other, ()) for number, side in sides().get(one, ())
    ):
        return True
    return any(one == prefix + other or other == prefix + one for prefix in ("un", "in", "im", "dis", "non"))


def _turned_round(pair: Pair) -> bool:
    if not pair.old.instead or not pair.new.instead or pair.old.verb != pair.new.verb:
        return False
    crossed = alignment.align(pair.old.instead, predicate(pair.new))
    back = alignment.align(pair.new.instead, predicate(pair.old))
    return not weighty(crossed.old) and not weighty(back.old)


def lacking(pair: Pair) -> Finding | None:
    """Whether the new one tells of the very thing that the old one says there is none of."""
    old, new = pair.old, pair.new
    if (
        not old.negated
        or new.negated
        or old.past
        or old.closed
        or new.mode is not Mode.FACT
        or old.mode is not Mode.FACT
    ):
        return None
    if old.verb not in ("have", "own", "use", "keep", "possess") or not covered(old.subject, new.said):
        return None
    if not old.subject and (
        new.subject
        or new.verb not in words("gains", table="change") | {"have", "own", "drive", "use", "keep"}
    ):
        return None
    missing = weighty(old.body)
    if len(missing) == 1 and any(_supplied(t, missing[0], new) for t in new.body):
        return Verdict.REPLACES, f"there is {missing[0].text} now"
    return None


def _supplied(token: Token, missing: Token, new: Statement) -> bool:
    if alignment.alike(token, missing) in (Likeness.NONE, Likeness.NARROWER):
        return False
    following = next((t for t in new.said if t.place == token.place + 1), None)
    return (
        following is None
        or following.kind is not Kind.WORD
        or is_passing(following)
        or "n" not in lexicon.parts(following.key)
    )


def former(pair: Pair) -> Finding | None:
    """Whether the new one tells as past what the old one says of now: "was a smoker until spring"."""
    if (
        pair.about is not About.SAME
        or pair.old.past
        or pair.old.closed
        or pair.old.negated
        or pair.new.negated
    ):
        return None
    if pair.old.mode is not Mode.FACT or not (pair.new.past or pair.new.closed):
        return None
    if not (set(pair.new.keys) & _CUES or "used to" in " ".join(pair.new.keys)):
        return None
    if covered(weighty(predicate(pair.old)), pair.new.said) and pair.common:
        return Verdict.REPLACES, "what held is told as past"
    return None
