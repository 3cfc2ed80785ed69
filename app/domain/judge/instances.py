"""Numbers and codes that tell which of many is meant: fact 4 and fact 5 are two facts, and both stay."""

import re
from functools import lru_cache

_RECORDS = "case|document|entry|example|fact|item|memory|message|note|question|record|row|sample|test"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|other"
_LABEL = re.compile(
    rf"\b(?:number|no\.?|nr\.?)\s*(\d+|(?:{_WORDS})\b)"
    rf"|#\s*(\d+)\b"
    rf"|\b(?:{_RECORDS})\s*[-_]?\s*((?=[\w-]*\d)[\w-]+|(?:{_WORDS})\b)"
    rf"|\b(\d+(?:st|nd|rd|th)|{_ORDINALS})\s+(?:{_RECORDS})\b",
    re.IGNORECASE,
)


def are_two(old: str, new: str) -> bool:
    """Whether two texts number what they speak of, and number it differently.

    >>> are_two("Owns book number 4", "Owns book number 5"), are_two("The number is 4", "The number is 5")
    (True, False)
    """
    one, other = labels(old), labels(new)
    return bool(one and other) and one != other


@lru_cache(maxsize=8192)
def labels(text: str) -> frozenset[str]:
    """The numbers, ordinals and codes in a text that name one of many.

    >>> sorted(labels("Question 12, the third entry, fact a1b2 and ticket #7 cost 5 euros"))
    ['12', '7', 'a1b2', 'third']
    """
    return frozenset(next(filter(None, match.groups())).casefold() for match in _LABEL.finditer(text))
