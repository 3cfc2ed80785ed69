"""A text as the judge reads it: words, names, numbers and times, in one notation."""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeAlias

from app.domain.judge import lexicon, notation
from app.domain.judge.words import groups, numbers, words

_TOKEN = re.compile(
    r"(?P<code>[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[^\W_]+(?:-[^\W_]+)*-\d\w*|[^\W\d_]+\d[\w.-]*|\w+_\w+|\d+[^\W\d_]\w*)|(?P<number>-?\d+(?:[.:/]\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)(?P<sign>\+\+|#|[+\-](?!\w))?|(?P<other>[^\s\w.,:;!?'\"()\[\]{}-])",
)
_BULLET = re.compile(r"^\s*(?:[-*•·>]\s+|\d+[.)]\s+)+")


_AMBIGUOUS_TIMES = frozenset("may mays march marches mar sun suns mon sat wed".split())
"""Months and days only where they are capitalised."""


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    TIME = "time"
    SIGN = "sign"


Word: TypeAlias = tuple[str, Kind, bool]
"""All of a token that matters to what it is like: its key, its kind, and whether it stood behind another."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: as it is matched (`key`), as it was written (`text`), and where it stood (`place`)."""

    key: str
    text: str
    kind: Kind
    place: int
    word: Word = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Compared a hundred times for each pair of statements: made once, so that looking it up is quick.
        object.__setattr__(self, "word", (self.key, self.kind, self.place > 0))

    @property
    def is_figure(self) -> bool:
        """Whether this is a number, a time or a date."""
        return self.kind in (Kind.NUMBER, Kind.TIME)


@lru_cache(maxsize=8192)
def read(text: str) -> tuple[Token, ...]:
    """The tokens of one text, in order.

    >>> [token.key for token in read("The grant is worth €25k")]
    ['the', 'grant', 'is', 'worth', '25000', 'euro']
    """
    written = clean(text)
    lowered = written.casefold()
    if len(lowered) != len(written):
        written = lowered
    capitals = {
        m.group().casefold()
        for m in re.finditer(r"(?:(?<=[\w,;:] )|(?<=[DM][rs]\. ))[^\W\d_][\w'-]*", written)
        if m.group()[0].isupper()
    }
    first = re.match(r"\W*([^\W\d_][\w'-]*)", written)
    if first and first[1][:1].isupper() and not is_word(first[1].casefold()):
        capitals.add(first[1].casefold())
    if sum(c.isupper() for c in written) > 0.6 * sum(c.isalpha() for c in written):
        capitals = set[str]()
    plain = notation.plain(lowered)
    found: list[Token] = []
    for match in _TOKEN.finditer(plain):
        for token in _tokens(match, capitals, len(found)):
            found.append(token)
    return tuple(_dated(found))


def _dated(found: list[Token]) -> list[Token]:
    """The tokens, with the day of the month beside its month read as a time."""
    months = words("months")
    dated: list[Token] = []
    for at, token in enumerate(found):
        beside = {found[i].key for i in (at - 1, at + 1) if 0 <= i < len(found)}
        at_clock = at > 0 and found[at - 1].key in ("at", "before", "until", "till") and _is_hour(found, at)
        day = token.kind is Kind.NUMBER and (
            (beside & months and token.key.isdigit()) or ":" in token.key or at_clock
        )
        dated.append(Token(token.key, token.text, Kind.TIME, token.place) if day else token)
    return dated


def _is_hour(found: list[Token], at: int) -> bool:
    """Whether a number can only be the hour of a day: "opens at 6 on weekdays"."""
    following = found[at + 1].key if at + 1 < len(found) else "."
    return (
        found[at].key.isdigit()
        and int(found[at].key) <= 24
        and (following in words("prepositions") or following == ".")
    )


def is_word(word: str) -> bool:
    """Whether a lower-case word is known: by the dictionary, or by the lists of the judge.

    >>> is_word("frontend"), is_word("xyzzy")
    (True, False)
    """
    return (
        lexicon.known(word)
        or word in words("modern")
        or word in groups("aliases")
        or word in groups("synonyms")
    )


def clean(text: str) -> str:
    """The text without bullet, quotes around it, odd spaces, dashes and apostrophes."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub("[‘’ʼ`´]", "'", plain)
    plain = re.sub("[‐‑‒–−]", "-", plain).replace("—", ", ")
    plain = _BULLET.sub("", plain).strip('"“”„«» ')
    return re.sub(r"\s+", " ", plain)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word without accents.

    >>> fold("zürich")
    'zurich'
    """
    plain = unicodedata.normalize(
        "NFKD", word.replace("ł", "l").replace("ø", "o").replace("ß", "ss").replace("æ", "ae")
    )
    return "".join(c for c in plain if not unicodedata.combining(c))


def _tokens(match: re.Match[str], capitals: set[str], place: int) -> list[Token]:
    text = match.group()
    if match["number"]:
        key = text.lstrip("0") or "0" if text.isdigit() else text
        return [Token(key, text, Kind.NUMBER, place)]
    if match["code"]:
        return [Token(text, text, Kind.NUMBER, place)]
    if match["other"]:
        return [Token(text, text, Kind.SIGN, place)]
    word, owned = (match["word"][:-2], True) if match["word"].endswith("'s") else (match["word"], False)
    word = word.replace("'", "")
    sign = match["sign"] or ""
    kind = Kind.NAME if word in capitals or match["word"] in capitals else Kind.WORD
    key = fold(word)
    if key in numbers() and not sign:
        return [Token(numbers()[key], text, Kind.NUMBER, place)]
    if key in _time_names() and (kind is Kind.NAME or key not in _AMBIGUOUS_TIMES):
        return [Token(_time_names()[key], text, Kind.TIME, place)]
    token = Token(key + sign, text, kind, place)
    return [token, Token("'s", "'s", Kind.WORD, place + 1)] if owned else [token]


@cache
def _time_names() -> Mapping[str, str]:
    """Months and weekdays, in full, in three letters, and in the plural."""
    full = [*calendar.month_name[1:], *calendar.day_name]
    names = {"sept": "september", "tues": "tuesday", "thurs": "thursday", "thur": "thursday"}
    for name in map(str.lower, full):
        names |= {name: name, name[:3]: name, name + "s": name}
    return names
