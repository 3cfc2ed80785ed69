"""One notation for contractions, amounts, clock times, dates and common idioms of lower-case English."""

import calendar
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from app.domain.judge.words import numbers, phrases

_Rewriting: TypeAlias = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_CURRENCY = {"€": "euro", "$": "dollar", "£": "pound", "¥": "yen"}


def plain(text: str) -> str:
    """The text with everything in one notation.

    >>> plain("it's at 2 pm, on 2027-03-09, for $12")
    'it is at 14:00, on 9 march 2027, for 12 dollar'
    """
    for pattern, meaning in _CONTRACTIONS:
        text = pattern.sub(meaning, text)
    for pattern, meaning in _idioms():
        text = pattern.sub(meaning + (" " if pattern.pattern.endswith(("?", ")")) else ""), text)
    for pattern, meaning in _NOTATION:
        text = pattern.sub(meaning, text)
    return text


@cache
def _idioms() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (line.split("=>") for line in phrases("pairs", table="idioms"))
    return tuple((re.compile(pattern.strip()), meaning.strip()) for pattern, meaning in pairs)


def _day(day: str, month: str, year: str) -> str:
    """A date in digits with its month in letters, or as it was where there is no such month."""
    if not 1 <= int(month) <= 12:
        return f"{day}.{month}.{year}"
    return f"{int(day)} {calendar.month_name[int(month)].lower()} {year}"


def _clock(match: re.Match[str]) -> str:
    hour, minutes = int(match[1]), match[2] or "00"
    if (match[3] == "p" or match[4] in ("afternoon", "evening")) and hour < 12:
        hour += 12
    return f"{hour}:{minutes}"


_CONTRACTIONS: Sequence[_Rewriting] = (
    (
        re.compile(r"\b(ca|wo|sha)n'?t\b"),
        lambda m: {"ca": "can", "wo": "will", "sha": "shall"}[m[1]] + " not",
    ),
    (re.compile(r"\bcannot\b"), lambda m: "can not"),
    (
        re.compile(r"\b(do|does|did|is|are|was|were|have|has|had|would|could|should|must|need)n'?t\b"),
        lambda m: m[1] + " not",
    ),
    (re.compile(r"\b(i)'m\b"), lambda m: m[1] + " am"),
    (re.compile(r"\b(i|you|we|they)'(ve|re|ll|d)\b"), lambda m: m[1]),
    (re.compile(r"\b(she|he|it|that|there)'s\b"), lambda m: m[1] + " is"),
)
_NOTATION: Sequence[_Rewriting] = (
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b"), lambda m: _day(m[3], m[2], m[1])),
    (re.compile(r"\b(\d\d?)\.(\d\d?)\.(\d{4})\b"), lambda m: _day(m[1], m[2], m[3])),
    (re.compile(r"\bhalf past (\w+)"), lambda m: numbers().get(m[1], m[1]) + ":30"),
    (re.compile(r"([€$£¥])\s?(\d[\d.]*k?m?)"), lambda m: m[2] + " " + _CURRENCY[m[1]]),
    (re.compile(r"(\d[\d.]*)\s?([€$£¥])"), lambda m: m[1] + " " + _CURRENCY[m[2]]),
    (re.compile(r"\b(\d+(?:\.\d+)?)k\b"), lambda m: f"{float(m[1]) * 1000:g}"),
    (
        re.compile(r"\b(\d+(?:\.\d+)?)\s?(?:m|million)\b(?!\s?(?:tall|long|deep|wide|high))"),
        lambda m: f"{float(m[1]) * 1e6:.0f}" if "million" in m[0] else m[0],
    ),
    (re.compile(r"(?<=\d)\s?%"), " percent"),
    (re.compile(r"(?<=\d)\s?°\s?(?=[cf]\b)"), " degree "),
    (
        re.compile(
            r"\b(\d{1,2})(?::(\d\d))?\s?(?:([ap])\.?m\b\.?|in the (morning|afternoon|evening)|o'clock)"
        ),
        _clock,
    ),
    (re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b"), r"\1"),
    (re.compile(r"\bmid-(?=[a-z])"), "mid "),
    (re.compile(r"\b([a-z])-(?=[a-z]{4,})"), r"\1"),
    (re.compile(r"\bany ?more\b|\bany longer\b"), "anymore"),
)
