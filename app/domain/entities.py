"""Named things: which names there are, and whether a text mentions one.

A name is known by its key, so that spellings of it that differ in case and punctuation are one thing. Texts
are read in words; scripts that are written without blanks are read sign by sign.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple

from app.domain.recall.terms import STOP_WORDS

MOST_WORDS = 6
"""Longer names are those of works and events, which texts seldom spell out; a sign counts as half a word."""
MOST_QUESTION_KEYS = 200
"""All of a question of some thirty words; of a longer one the beginning says what it is about."""
_MOST_CHARACTERS = 500
"""What is longer is no name, and would outgrow what an index takes as a key."""

_SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese, and Korean, where endings are written onto a name."""
_TRAILING_PARENTHESIS = re.compile(r"\([^()]*\)\s*$")


class _Word(NamedTuple):
    folded: str
    capital: bool
    sign: bool


class _Phrase(NamedTuple):
    key: str
    capital: bool
    words: int


def key(name: str) -> str:
    """What a name is known by; empty for what is no name: function words, or fewer than two characters.

    >>> key("Ed Wood (film)"), key("ED-WOOD"), key("東京 タワー"), key("The")
    ('ed wood', 'ed wood', '東京タワー', '')
    """
    words = _name(name)
    joined = "".join(_with_blanks(words))
    says_something = any(map(str.isalnum, joined)) and not {word.folded for word in words} <= STOP_WORDS
    return joined if says_something and 2 <= len(joined) <= _MOST_CHARACTERS else ""


def spelling(name: str) -> str:
    """A name without a parenthesis at its end, unless there is nothing else, in NFKC.

    >>> spelling("Ed Wood (film)"), spelling("(film)")
    ('Ed Wood', '(film)')
    """
    normalised = unicodedata.normalize("NFKC", name).strip()
    before = _TRAILING_PARENTHESIS.sub("", normalised).strip()
    return before if any(map(str.isalnum, before)) else normalised


def is_looked_for(name: str) -> bool:
    """Whether mentions of a name are looked for in texts, which its length decides.

    >>> is_looked_for("Ed Wood (film)"), is_looked_for("What we said of the weather and the harvest")
    (True, False)
    """
    return bool(key(name)) and sum(_half_words(word) for word in _name(name)) <= 2 * MOST_WORDS


def keys_in(text: str, *, most: int | None = MOST_QUESTION_KEYS) -> list[str]:
    """The keys of all names that a text may mention, in whatever case, in order; at most `most`.

    >>> keys_in("who is ed wood?")
    ['who is ed', 'who is ed wood', 'is ed', 'is ed wood', 'ed', 'ed wood', 'wood']
    """
    told = dict.fromkeys(phrase.key for phrase in _phrases(text))
    return list(islice((one for one in told if len(one) > 1 and not set(one.split()) <= STOP_WORDS), most))


def mentions(text: str, name: str) -> bool:
    """Whether a text has the name in it, as whole words.

    A name of one word is only meant by a word with the same case of its first letter. Names that are not
    looked for are not found.

    >>> mentions("Met Ed Wood's brother.", "Ed Wood (film)"), mentions("may come", "May Day")
    (True, False)
    >>> mentions("It will bloom", "Bloom"), mentions("Asked Bloom", "Bloom")
    (False, True)
    >>> mentions("去年去了東京塔參觀", "東京塔")
    True
    """
    return bool(Names({key(name): name}).mentioned_in(text))


class Names:
    """Known names by their keys, ready to be looked for in many texts."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._beginnings = frozenset(words[0].folded for name in names.values() if (words := _name(name)))

    def mentioned_in(self, text: str) -> set[str]:
        """The keys of those that the text mentions.

        >>> Names({"oslo": "Oslo", "melanie": "melanie"}).mentioned_in("Melanie paints in Oslo")
        {'oslo'}
        """
        found = (one for one in _phrases(text, beginnings=self._beginnings) if one.key in self._names)
        return {one.key for one in found if _is_meant(one, self._names[one.key])}


def _is_meant(phrase: _Phrase, name: str) -> bool:
    return phrase.words > 1 or phrase.capital == _name(name)[0].capital


def _name(name: str) -> list[_Word]:
    return list(_words(spelling(name)))


def _phrases(text: str, *, beginnings: Container[str] | None = None) -> Iterator[_Phrase]:
    """Every run of words that may be a name, in the order of their beginnings, shorter ones first.

    With `beginnings`, only those that begin with one of these words.
    """
    words = list(_words(unicodedata.normalize("NFKC", text)))
    parts = list(_with_blanks(words))
    for start, (joined, capital, _) in enumerate(words):
        if beginnings is not None and joined not in beginnings:
            continue
        yield _Phrase(joined, capital, 1)
        room = 2 * MOST_WORDS - _half_words(words[start])
        for end in range(start + 1, len(words)):
            room -= _half_words(words[end])
            if room < 0:
                break
            joined += parts[end]
            yield _Phrase(joined, capital, end - start + 1)


def _with_blanks(words: list[_Word]) -> Iterator[str]:
    """The words as they are joined: with a blank before each but the first, and none between signs."""
    before: _Word | None = None
    for word in words:
        unspaced = before is None or (before.sign and word.sign)
        yield word.folded if unspaced else f" {word.folded}"
        before = word


def _half_words(word: _Word) -> int:
    return 1 if word.sign else 2


def _words(spelled: str) -> Iterator[_Word]:
    for found in _word_pattern().finditer(spelled):
        word = found.group()
        yield _Word(_folded(word), word[0].isupper(), found.lastgroup == "sign")


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word.casefold())


@cache
def _word_pattern() -> re.Pattern[str]:
    # Vowel signs belong to their words, but `re` has no name for them; those of living scripts lie here.
    codes = range(0x300, 0xAC00)
    marks = "".join(chr(code) for code in codes if unicodedata.category(chr(code)) in ("Mn", "Mc"))
    letter = rf"[^\W_{_SIGNS}]"
    return re.compile(rf"(?P<sign>(?=[\w{marks}])[{_SIGNS}])|{letter}(?:{letter}|[{marks}])*")
