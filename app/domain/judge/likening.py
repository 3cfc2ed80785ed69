"""Small questions about words and statements that several rules ask."""

from collections.abc import Sequence

from app.domain.judge import lexicon
from app.domain.judge.pairing import (
    Pair,
)
from app.domain.judge.reading import Mode, Statement
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words

EVENTS = words("events", table="single")
"""Verbs of what happens again and again, each time another."""

ONCE = words("once", table="single")
"""Verbs of what happens once."""


def text_of(tokens: Sequence[Token]) -> str:
    """The words as they were written."""
    return " ".join(t.text for t in tokens)


def both_hold(pair: Pair) -> bool:
    """Whether both tell of the present, or of what comes once, and in the same manner."""
    old, new = pair.old, pair.new
    if old.negated != new.negated or old.mode != new.mode or old.mode is Mode.REPORT:
        return False
    return not (
        old.closed
        or new.closed
        or (old.past and old.verb not in ONCE | {"be"})
        or (new.past and new.verb not in ONCE | {"be"})
    )


def is_figure(token: Token) -> bool:
    """Whether a word is part of an amount or a time: a number, a unit, "evening"."""
    return (
        token.is_figure
        or token.key in words("times")
        or token.key in words("units")
        or bool(lexicon.lemmas(token.key) & (words("units") | words("times")))
        or token.key in ("mid", "early", "late", "end", "beginning")
    )


def one_stretch(tokens: Sequence[Token], one: Statement) -> bool:
    """Whether the words stand next to each other, save for small words."""
    first, last = tokens[0].place, tokens[-1].place
    between = [t for t in one.tokens if first < t.place < last and t not in tokens]
    return all(t.key in words("determiners") | {"of", "and"} for t in between)


def only_names(tokens: Sequence[Token]) -> bool:
    """Whether all are names, or words that no dictionary has."""
    return all(t.kind is Kind.NAME or (t.kind is Kind.WORD and not lexicon.known(t.key)) for t in tokens)
