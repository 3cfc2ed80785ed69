"""What a sentence encoder cannot tell apart: numbers, negations, and who a sentence is about.

"Deploys on port 8080" and "… 8081" differ by one token and lie closer together than most paraphrases.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[.,:/'’-][^\W_]+)*")
_ARTICLES = frozenset({"the", "a", "an"})
_NEGATIONS = frozenset(
    """
    no not never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent
    wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt stopped quit former formerly
    """.split()
)
_NUMBER_WORDS = frozenset(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion first second third fourth fifth half twice once monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """.split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Essentials:
    """The parts of a sentence that must agree before two sentences can be one fact."""

    numbers: Counter[str]
    negations: int
    subject: str
    names: frozenset[str]
    unread: str


def essentials(text: str) -> Essentials:
    """Numbers and dates, negations, the first word, the capitalised words after it, and the rest.

    `unread` holds what an English encoder reads as one and the same unknown sign: letters of other
    scripts, emoji, symbols.

    >>> essentials("Sprint 42 ends Friday") == essentials("Sprint 43 ends Friday")
    False
    """
    words = _words(text)
    folded = [word.casefold() for word in words]
    return Essentials(
        numbers=Counter(word for word in folded if _is_number(word)),
        negations=sum(map(_is_negation, folded)),
        subject=folded[0] if folded else "",
        names=frozenset(word for word in words[1:] if word[0].isupper()),
        unread="".join(filter(_is_unread, unicodedata.normalize("NFKD", text.casefold()))),
    )


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    return words[1:] if words and words[0].casefold() in _ARTICLES else words


def _is_number(word: str) -> bool:
    return any(character.isdigit() for character in word) or word in _NUMBER_WORDS


def _is_negation(word: str) -> bool:
    plain = word.replace("'", "").replace("’", "")
    return plain in _NEGATIONS


def _is_unread(character: str) -> bool:
    # Accents are combining marks after NFKD; the encoder drops them and reads the letter.
    return not character.isascii() and not unicodedata.combining(character)
