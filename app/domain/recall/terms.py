"""The terms of texts and questions: words cut to their stems, without those that say nothing.

They are cut as the analyser `english` of the full-text index cuts them, so that what is found is also scored.
Scripts that are written without blanks give pairs of neighbouring signs.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, cast

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]  # untyped

MOST_TERMS = 64
"""Of a longer question, the first terms say what it is about."""

STOP_WORDS = frozenset(
    """
    a an the and or but if then else of to in on at by for with from as into onto about than so
    is are was were be been being am do does did done doing has have had having
    can could will would shall should may might must
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    this that these those there here who whom whose which what when where why how
    not no nor too very just also any some such own same
    s t d m ll re ve don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn
    """.split()
)
"""English function words; those of other languages weigh little, since nearly every text holds them."""

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("([\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)")
"""Chinese signs and Hiragana: written without blanks, and taken one by one by the index."""
_WORD_WITH_POSSESSIVE = re.compile(r"[^\W_]+(?:['’]s\b)?")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # the library's name


_STEMMER = cast(_Stemmer, snowballstemmer.stemmer("porter"))  # pyright: ignore[reportUnknownMemberType]  # untyped


def of_text(text: str) -> list[str]:
    """The terms of a text in order, as often as they occur.

    >>> of_text("Caroline's paintings, and her painting")
    ['carolin', 'paint', 'paint']
    """
    return [term for term in map(_term, _words(text)) if term]


def of_question(text: str) -> dict[str, str]:
    """The terms of a question, at most `MOST_TERMS`, each with the word to look it up by, in order.

    >>> of_question("What did Jon’s families say? 東京に")
    {'jon': 'jon', 'famili': 'families', 'sai': 'say', '東京': '東京', '京に': '京に'}
    """
    terms: dict[str, str] = {}
    for word in _words(text):
        if term := _term(word):
            terms.setdefault(term, word)
        if len(terms) == MOST_TERMS:
            break
    return terms


def without(text: str, terms: Collection[str]) -> str:
    """The text without the words that have these terms; the text itself where nothing would be left.

    >>> without("When did Caroline's sister visit Melanie?", {"carolin", "melani"})
    'When did sister visit ?'
    >>> without("And Caroline?", {"carolin"})
    'And Caroline?'
    """
    if not terms:
        return text
    kept = _WORD_WITH_POSSESSIVE.sub(
        lambda found: "" if _has_term(found.group(), terms) else found.group(), text
    )
    return " ".join(kept.split()) if of_text(kept) else text


def _has_term(word: str, terms: Collection[str]) -> bool:
    return any(term in terms for term in of_text(word))


def _words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.lower())
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [part for word in _WORD.findall(folded) for part in _parts(word)]


def _parts(word: str) -> Iterator[str]:
    for part in filter(None, _UNSPACED.split(word)):
        if len(part) > 1 and _UNSPACED.match(part):
            yield from ("".join(pair) for pair in pairwise(part))
        else:
            yield part


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """The stem of a word; empty for a stop word."""
    if word in STOP_WORDS:
        return ""
    return _STEMMER.stemWord(word) if word.isascii() else word
