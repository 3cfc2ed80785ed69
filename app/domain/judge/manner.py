"""How something is said: as a fact, a wish or a task, of now or of the past, and instead of what."""

from collections.abc import Sequence
from enum import StrEnum

from app.domain.judge.tokens import Token
from app.domain.judge.verbs import is_past_form, lexicon_verb
from app.domain.judge.words import words


class Mode(StrEnum):
    """How a statement relates to the world."""

    FACT = "fact"
    PENDING = "pending"
    WISH = "wish"
    REPORT = "report"


def contrast(rest: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """What is said, and what it turns away from: "tea, not coffee"."""
    keys = [t.key for t in rest]
    for at, key in enumerate(keys):
        if at and key == "not" and keys[at - 1] not in words("auxiliaries"):
            return tuple(rest[:at]), tuple(rest[at:])
        if key in ("over", "than") and not (at and _compares(rest, at)):
            continue
        start = _opening(keys, at)
        if start:
            end = _phrase_end(keys, start)
            return tuple(rest[:at]) + tuple(rest[end:]), tuple(rest[start:end])
    return tuple(rest), ()


def _opening(keys: Sequence[str], at: int) -> int:
    """Where what is turned away from begins, if words that say so stand here, else 0."""
    if tuple(keys[at : at + 2]) in (("instead", "of"), ("rather", "than")):
        return at + 2
    return at + 1 if keys[at] in ("over", "than") else 0


def _compares(rest: Sequence[Token], at: int) -> bool:
    """Whether "over" or "than" puts one thing before another: not "over 15 countries"."""
    return rest[at - 1].key != "all" and at + 1 < len(rest) and not rest[at + 1].is_figure


def _phrase_end(keys: Sequence[str], start: int) -> int:
    for at in range(start, len(keys)):
        if at > start and keys[at] in words("prepositions") | words("conjunctions") - {"of", "and"}:
            return at
    return len(keys)


def mode_of(keys: Sequence[str], start: int) -> Mode:
    """The mode, by the words from the verb on, which is at `start`."""
    opening = keys[start : start + 4]
    if "would" in opening and {"over", "than"} & set(keys):
        return Mode.FACT
    if any(key in words("reports") for key in opening[:2]):
        return Mode.REPORT
    if opening[:2] in (["has", "to"], ["have", "to"]) or any(key in words("pending") for key in opening[:3]):
        return Mode.PENDING
    if _asks_for(keys, start):
        return Mode.FACT
    if any(key in words("wishes") for key in opening[:3]) and "prefer" not in opening:
        return Mode.WISH
    return Mode.FACT


def _asks_for(keys: Sequence[str], start: int) -> bool:
    """Whether a want is a lasting preference ("wants replies in French")."""
    opening = keys[start : start + 4]
    wants = bool({"want", "wants"} & set(opening[:3])) and len(keys) > 2
    return wants and "to" not in opening[1:] and keys[start + 1 : start + 2] != ["a"]


def negations(tokens: Sequence[Token]) -> int:
    """How many negations there are; "any more" is one where it is alone."""
    keys = {t.key for t in tokens}
    alone = "anymore" in keys and not keys & {"not", "no", "never"}
    return sum(t.key in words("negations") for t in tokens) + alone


def is_past(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the verb from `start` to `end` tells of the past, or of what is finished."""
    keys = [t.key for t in tokens[start:end]]
    if not keys:
        return False
    if keys[0] in ("has", "have"):
        lasting = "since" in [t.key for t in tokens] or "never" in keys or keys[-1] in words("stative")
        finished = is_past_form(keys[-1]) and lexicon_verb(keys[-1]) not in ("be", "have")
        return not lasting and len(keys) > 1 and finished
    if keys[0] in words("present"):
        return False
    return keys[0] in words("past") or is_past_form(keys[0]) or (keys[0] == "used" and tokens[end:][:1] != ())


def is_closed(keys: Sequence[str]) -> bool:
    """Whether it is told of as over: "used to", "formerly"."""
    return "used to" in " ".join(keys) or bool(words("former") & set(keys))
