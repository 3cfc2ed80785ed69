"""When a new statement says that what an old one tells is over: stopped, sold, broken up."""

from collections.abc import Sequence
from functools import lru_cache

from app.domain.judge import alignment, lexicon
from app.domain.judge.alignment import Likeness
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import (
    Pair,
    covered,
    figures,
    is_passing,
    is_person,
    weighty,
)
from app.domain.judge.reading import Mode, Statement, content
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.verbs import is_past_form, lexicon_verb
from app.domain.judge.words import phrases, words

_ATTITUDES = (
    words("likes", table="change")
    | words("dislikes", table="change")
    | frozenset(
        "know speak complain worry fear miss dream remember think believe allergic visit meet".split()
    )
)


def ended(pair: Pair) -> Finding | None:
    """Whether the new one says that what the old one tells is over."""
    over = _over(pair.new)
    if over is None or not is_ongoing(pair) or pair.new.mode is not Mode.FACT:
        return None
    each = [tuple(t for t in one if not is_passing(t)) for one in _each(over, pair.new)]
    fitting = [one for one in each if one and _names_all(one, pair.old)]
    if not fitting or not same_persons(pair):
        return None
    if not any(set(figures(one)) <= set(figures(pair.old.said)) for one in fitting):
        return None
    return Verdict.REPLACES, "what the stored fact tells is over"


@lru_cache(maxsize=1024)
def _over(new: Statement) -> tuple[Token, ...] | None:
    """What the statement says is over, or None."""
    if new.negated:
        return None
    at = _ending(new)
    if at is None:
        return None
    end = at[1]
    behind = _until_reason(new.tokens[end:])
    said = content(behind)
    return weighty(new.subject) + weighty(said) if new.subject else weighty(said)


def _each(over: Sequence[Token], new: Statement) -> list[tuple[Token, ...]]:
    """What is over, thing by thing: "sold both the car and the boat"."""
    places = [
        t.place for t in new.tokens if t.key == "and" and over and over[0].place < t.place < over[-1].place
    ]
    if not places:
        return [tuple(over)]
    return [tuple(t for t in over if t.place < places[0]), tuple(t for t in over if t.place > places[0])]


def _ending(new: Statement) -> tuple[int, int] | None:
    """Where the words stand that say that something is over."""
    verbs = [lexicon_verb(t.key) for t in new.tokens]
    for start, token in enumerate(new.tokens):
        if token in new.subject or (
            "v" not in lexicon.parts(token.key) and token.key not in words("auxiliaries")
        ):
            continue
        told = is_past_form(token.key) or token.key in words("copulas")
        end = _with_particle(new, verbs, start) if told else None
        if end is not None:
            return start, end
        if told and verbs[start] in words("ends", table="change") and verbs[start] == new.verb:
            return start, start + 1
        if token.key not in words("auxiliaries"):
            return None
    return None


def _with_particle(new: Statement, verbs: Sequence[str], start: int) -> int | None:
    for phrase in phrases("ends_with", table="change"):
        first, second = phrase.split()
        for at in range(start + 1, min(start + 4, len(verbs))):
            if verbs[start] == first and second in (new.tokens[at].key, verbs[at]):
                return at + 1
    return None


def _until_reason(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words up to a reason, a purpose or a place where it happened."""
    stops = ("because", "since", "after", "due", "as", "when", "but", "so", "which", "until", "while")
    for at, token in enumerate(tokens):
        if at and token.key in stops:
            return tuple(tokens[:at])
    return tuple(tokens)


def is_ongoing(pair: Pair) -> bool:
    """Whether the old one tells of something that still holds, and can end."""
    old = pair.old
    if old.mode is Mode.PENDING and not {"waiting", "looking", "expecting", "stuck", "needs"} & set(old.keys):
        return False
    return (
        not (old.past or old.closed or old.negated or old.mode is Mode.REPORT) and old.verb not in _ATTITUDES
    )


def _names_all(over: Sequence[Token], old: Statement) -> bool:
    """Whether all that is over is named in the old one, and its main word among it."""
    if not covered(over, old.said, least=Likeness.SYNONYM):
        return False
    focus = focus_of(old)
    matched = [t for t in old.said if any(alignment.alike(t, one) >= Likeness.SYNONYM for one in over)]
    return focus is None or focus in matched or len([t for t in matched if not t.is_figure]) >= 2


def focus_of(one: Statement) -> Token | None:
    """The main word of what is said: the last of the first phrase behind the verb, else of the subject."""
    behind = [t for t in one.tokens if t not in one.subject]
    found: Token | None = None
    for token in behind:
        if token.key in words("prepositions") | words("conjunctions") and found is not None:
            break
        if token in one.body and token.kind in (Kind.WORD, Kind.NAME) and not is_passing(token):
            found = token
    return found or (one.subject[-1] if one.subject else None)


def same_persons(pair: Pair) -> bool:
    """Whether no person is the subject of one and absent from the other."""
    for one, other in ((pair.old, pair.new), (pair.new, pair.old)):
        people = [t for t in one.subject if is_person(t) or t.kind is Kind.NAME]
        if not covered(people, other.said):
            return False
    return not (pair.old.subject and not pair.new.subject and any(map(is_person, pair.old.subject)))
