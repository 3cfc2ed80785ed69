"""Who holds the one place there is: the captain of a team, the owner of a pipeline; and who is above whom."""

from collections.abc import Sequence

from app.domain.judge import alignment, lexicon, likening
from app.domain.judge.alignment import Likeness
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import (
    Pair,
    is_light,
    is_passing,
    is_person,
    predicate,
    preposition,
    weighty,
)
from app.domain.judge.reading import Mode, Statement
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words


def turned_round(pair: Pair) -> Finding | None:
    """Whether two have changed places in what can only be one way: who reports to whom."""
    old, new = pair.old, pair.new
    if old.verb != new.verb or old.negated or old.passive or new.passive or not likening.both_hold(pair):
        return None
    behind = [
        [t for t in predicate(one) if t not in one.verb_tokens and not is_light(t)] for one in (old, new)
    ]
    if old.verb not in words("asymmetric", table="single") and "than" not in old.keys:
        return None
    forth, back = alignment.align(old.subject, behind[1]), alignment.align(behind[0], new.subject)
    whole = not weighty((*forth.old, *forth.new, *back.old, *back.new))
    if old.subject and new.subject and whole and forth.pairs and back.pairs:
        return Verdict.REPLACES, "the two have changed places"
    return None


def role_taken(pair: Pair) -> Finding | None:
    """Whether both say who or what holds the one place: "the captain of the team"."""
    if any(one.past or one.negated for one in (pair.old, pair.new)):
        return None
    for place, holder in _role(pair.old):
        for other_place, other_holder in _role(pair.new):
            if _same_place(place, other_place) and _others(holder, other_holder):
                now = likening.text_of(other_holder) or "the user"
                return Verdict.REPLACES, f"{likening.text_of(other_place)}: {now} now"
    return None


def _role(one: Statement) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """The readings of a statement as a place and its holder. An empty holder is the user."""
    if one.mode is not Mode.FACT:
        return []
    behind = [t for t in one.tokens if t not in one.subject and t.key not in words("adverbs")]
    keys = [t.key for t in behind]
    found: list[tuple[tuple[Token, ...], tuple[Token, ...]]] = []
    if one.verb in ("have", "get"):
        found += _held_as(one)
    found += _made_with(one)
    owned = _owned(one)
    found += [owned] if owned else []
    if one.verb == "be":
        rest = weighty(tuple(t for t in one.core if t in one.body and not is_passing(t)))
        copula = next((i for i, k in enumerate(keys) if k in words("copulas")), None)
        if copula is not None and keys[copula + 1 : copula + 2] == ["the"]:
            found.append((rest, one.subject))
        if one.subject and rest and all(t.kind is Kind.NAME for t in rest):
            found.append((one.subject, rest))
    return found


def _held_as(one: Statement) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Of "Has Dr. Brandt as the new GP"."""
    keys = list(one.keys)
    if "as" not in keys or one.subject:
        return []
    cut = keys.index("as")
    holder = tuple(t for t in one.body if t.place < one.tokens[cut].place)
    role = tuple(t for t in weighty(one.body) if t.place > one.tokens[cut].place and t.key != "new")
    return [(role, holder)] if role and any(t.kind is Kind.NAME for t in holder) else []


def _made_with(one: Statement) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Of "The repo is linted with Biome" makes Biome the linter of the repo."""
    verb = next((t for t in one.tokens if one.verb in lexicon.lemmas(t.key) and t not in one.subject), None)
    holder = tuple(t for t in one.core if verb is not None and t.place > verb.place and not is_passing(t))
    led = bool(holder) and preposition(one, holder[0]) in ("with", "by")
    if verb is None or not led or not one.subject or not all(t.kind is Kind.NAME for t in holder):
        return []
    return [((verb, *one.subject), holder)]


def _owned(one: Statement) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """Of "Pavel owns the pipeline" makes Pavel the owner of the pipeline."""
    leading = ("own", "lead", "manage", "maintain", "head", "run", "chair", "coach", "coordinate")
    if one.verb not in leading or one.past or len(one.subject) != 1:
        return None
    verb = next(
        (t for t in one.tokens if one.verb in lexicon.lemmas(t.key, "v") and t not in one.subject), None
    )
    return None if verb is None else ((verb, *weighty(one.body)), one.subject)


def _same_place(one: Sequence[Token], other: Sequence[Token]) -> bool:
    both = alignment.align(one, other, least=Likeness.SYNONYM)
    return bool(both.pairs) and not weighty(both.old) and not weighty(both.new)


def _others(one: Sequence[Token], other: Sequence[Token]) -> bool:
    if one and other and not any(t.kind is Kind.NAME for t in (*one, *other)):
        return False
    names = [
        tuple(t for t in each if t.kind is Kind.NAME and not is_person(t)) or tuple(each)
        for each in (one, other)
    ]
    return not alignment.align(names[0], names[1]).pairs and (bool(one) or bool(other))
