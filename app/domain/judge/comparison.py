"""What a sentence encoder cannot tell apart: numbers, negations, and who did what to whom.

"Deploys on port 8080" and "… 8081" differ by one token and lie closer together than most paraphrases;
"Prefers tabs over spaces" and "… spaces over tabs" do so as well.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[.,:/'’-][^\W_]+)*")
_SIMPLE_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[<>=+*%$&#@^~|]|(?<!\w)-(?=\d)|(?<=\w)-(?!\w)")
"""What carries meaning outside words: "< 5 ms", "C++", "-5 degrees", "A-"; not a hyphen or a dash."""

_ARTICLES = frozenset({"the", "a", "an"})
_NEGATIONS = frozenset(
    """
    no not never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent
    wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt aint stopped quit former formerly
    rarely seldom hardly barely almost unless except
    """.split()
)
_LIMITS = frozenset(
    """
    only just solely merely mainly mostly partly possibly probably perhaps maybe sometimes usually
    often always temporarily previously originally currently formerly once again still yet until since
    """.split()
)
"""Words that narrow a statement: with one of them it is another fact, however alike the sentences are."""

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
    limits: Counter[str]
    subject: str
    names: frozenset[str]
    signs: Counter[str]
    unread: str


def agree(one: str, other: str) -> bool:
    """Whether two texts can be one fact: the same essentials, and one at most adds words to the other.

    A word in the place of another, or the same words in another order, can make another fact.

    >>> agree("Lives in the New York area", "Lives in New York area")
    True
    >>> agree("Prefers tabs over spaces", "Prefers spaces over tabs")
    False
    """
    if essentials(one) != essentials(other):
        return False
    shorter, longer = sorted((_plain_words(one), _plain_words(other)), key=len)
    return _is_within(shorter, longer)


def adds_words(text: str, *, to: str) -> bool:
    """Whether a text has more words than another, articles aside.

    >>> adds_words("Lives in New York City", to="Lives in New York")
    True
    >>> adds_words("Lives in the New York area", to="Lives in New York area")
    False
    """
    return len(_plain_words(text)) > len(_plain_words(to))


def no_essential_differs(one: str, other: str) -> bool:
    """Whether two texts have the same numbers, dates and negations.

    >>> no_essential_differs("db port is 8080", "db port is 8081")
    False
    """
    first, second = essentials(one), essentials(other)
    return first.numbers == second.numbers and first.negations == second.negations


def essentials(text: str) -> Essentials:
    """Numbers, negations, limits, the first word, capitalised words after it, signs, and the rest.

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
        limits=Counter(word for word in folded if word in _LIMITS),
        subject=folded[0] if folded else "",
        names=frozenset(word for word in words[1:] if word[0].isupper()),
        signs=Counter(_SIGN.findall(text)),
        unread="".join(filter(_is_unread, unicodedata.normalize("NFKD", text.casefold()))),
    )


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    return words[1:] if words and words[0].casefold() in _ARTICLES else words


def _plain_words(text: str) -> list[str]:
    return [word for word in _SIMPLE_WORD.findall(text.casefold()) if word not in _ARTICLES]


def _is_within(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the words of the one all come in the other, in the same order."""
    rest = iter(longer)
    return all(word in rest for word in shorter)


def _is_number(word: str) -> bool:
    return any(character.isdigit() for character in word) or word in _NUMBER_WORDS


def _is_negation(word: str) -> bool:
    plain = word.replace("'", "").replace("’", "")
    return plain in _NEGATIONS


def _is_unread(character: str) -> bool:
    # Accents are combining marks after NFKD; the encoder drops them and reads the letter.
    return not character.isascii() and not unicodedata.combining(character)
