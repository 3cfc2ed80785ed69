"""Where someone lives, works, and as what: told in many words, and one at a time."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from app.domain.judge import alignment, lexicon
from app.domain.judge.alignment import Likeness
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import Pair, is_passing, is_person, weighty
from app.domain.judge.reading import Mode, Statement, content
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    name: str
    pattern: re.Pattern[str]
    named: bool
    explicit: bool


@cache
def _slots() -> Sequence[_Slot]:
    text = resources.files("app.domain.judge").joinpath("slots.toml").read_text(encoding="utf-8")
    return tuple(
        _Slot(
            name=one["name"],
            pattern=re.compile("^(?:" + "|".join(one["phrases"]).replace("...", "") + ")(?P<value>.+)"),
            named=one.get("named", False),
            explicit=one.get("explicit", True),
        )
        for one in tomllib.loads(text)["slot"]
    )


_STOPS = {"occupation": frozenset({"at", "in"}), "employer": frozenset({"in", "as"})}
_END = words("ends_value", table="single")


@dataclass(frozen=True, slots=True)
class _Filled:
    slot: str
    value: tuple[Token, ...]
    explicit: bool


def moved_on(pair: Pair) -> Finding | None:
    """Whether the new statement names another home, employer or occupation of the same person."""
    old, new = pair.old, pair.new
    if any(one.negated or one.closed or one.mode is not Mode.FACT for one in (old, new)):
        return None
    if _owner(old) is None or _owner(new) is None or not _same_owner(_owner(old) or (), _owner(new) or ()):
        return None
    if (
        (old.past and old.verb not in ("move", "join", "settle", "start", "relocate"))
        or _beside(old)
        or _beside(new)
    ):
        return None
    if new.past and new.verb not in (
        "move",
        "join",
        "settle",
        "start",
        "relocate",
        "become",
        "promote",
        "get",
        "take",
        "find",
        "accept",
        "hire",
    ):
        return None
    for before in _filled(old):
        for after in _filled(new):
            if before.slot == after.slot and _exclude(before, after):
                return Verdict.REPLACES, f"another {before.slot}: {_text(after)}, not {_text(before)}"
    return None


def same_slot(pair: Pair) -> Finding | None:
    """Whether both name the same home, or the new one only says again whom one works for."""
    old, new = pair.old, pair.new
    if any(one.negated or one.closed or one.past or one.mode is not Mode.FACT for one in (old, new)):
        return None
    if _owner(old) is None or _owner(new) is None or not _same_owner(_owner(old) or (), _owner(new) or ()):
        return None
    for before in _filled(old):
        for after in _filled(new):
            if before.slot != after.slot:
                continue
            both = alignment.align(before.value, after.value)
            slot_words = [
                t
                for t in weighty(new.said)
                if t not in after.value
                and not is_passing(t)
                and t.key not in _SLOT_NOUNS
                and t.key not in _SLOT_VERBS
            ]
            if (
                both.pairs
                and not weighty(both.new)
                and not slot_words
                and (after.slot == "occupation" or any(t.kind is Kind.NAME for t in after.value))
            ):
                return (
                    (Verdict.COVERED, "the stored fact says this already")
                    if weighty(pair.extra_old)
                    else (Verdict.SAME, "the same in other words")
                )
    return None


_SLOT_VERBS = words("slot_verbs", table="single")


def _text(filled: _Filled) -> str:
    return " ".join(t.text for t in filled.value)


def _beside(one: Statement) -> bool:
    """Whether it tells of something held beside another: a second home, a side job, a stay."""
    return bool(set(one.keys) & words("beside", table="single"))


_SLOT_NOUNS = words("slot_nouns", table="single")


def _owner(one: Statement) -> tuple[Token, ...] | None:
    """Whose slot is told of; None where a thing is the subject."""
    owner = tuple(t for t in one.subject if t.key not in _SLOT_NOUNS)
    if owner and not (is_person(owner[-1]) or owner[-1].kind is Kind.NAME):
        return None
    return owner


def _same_owner(one: Sequence[Token], other: Sequence[Token]) -> bool:
    both = alignment.align(one, other)
    return not weighty(both.old) and not weighty(both.new)


@lru_cache(maxsize=8192)
def _filled(one: Statement) -> list[_Filled]:
    owner = _owner(one) or ()
    tokens = [
        t
        for t in one.tokens
        if t not in owner and t.key not in ("'s", "my", "her", "his", "their", "our", "currently", "still")
    ]
    if tokens and tokens[0].key in ("at", "based", "located", "employed"):
        tokens = [Token("is", "is", Kind.WORD, -1), *tokens]
    said = " ".join(t.key for t in tokens)
    found: list[_Filled] = []
    for slot in _slots():
        match = slot.pattern.search(said)
        if match is None:
            continue
        start = said[: match.start("value")].count(" ")
        value = _value(tokens[start:], slot.name)
        if value and not _unfit(value, slot, one):
            found.append(_Filled(slot.name, value, explicit=slot.explicit))
    return found


def _value(tokens: Sequence[Token], slot: str) -> tuple[Token, ...]:
    stops = _END | _STOPS.get(slot, frozenset())
    kept: list[Token] = []
    for token in tokens:
        if token.key in stops and kept:
            break
        kept.append(token)
    return tuple(t for t in weighty(content(kept)) if not is_passing(t) and t.key not in ("new", "now"))


def _unfit(value: Sequence[Token], slot: _Slot, one: Statement) -> bool:
    if slot.name == "occupation":
        head = value[-1]
        return (
            (not slot.explicit and not is_person(head) and head.kind is not Kind.NAME)
            or head.key in words("not_jobs", table="single")
            or bool(lexicon.lemmas(head.key) & words("not_jobs", table="single"))
        )
    named = any(t.kind is Kind.NAME for t in value)
    return (slot.named and not named) or any(
        t.key in ("home", "night", "nights", "once", "least", "first") for t in value[:1]
    )


def _exclude(old: _Filled, new: _Filled) -> bool:
    """Whether one can't have both values at a time."""
    if old.slot == "occupation":
        return _other_job(old, new)
    named = [tuple(t for t in one.value if t.kind is Kind.NAME) for one in (old, new)]
    if bool(named[0]) != bool(named[1]):
        return False
    one, other = (named[0], named[1]) if named[0] else (old.value, new.value)
    return not alignment.align(one, other, least=Likeness.NARROWER).pairs


def _other_job(old: _Filled, new: _Filled) -> bool:
    """Whether two occupations exclude each other, of which one at least is told of as the job."""
    both = alignment.align(old.value, new.value)
    if not (both.old and both.new):
        return False
    if (old.explicit and new.explicit) or alignment.alike(old.value[-1], new.value[-1]) is Likeness.EQUAL:
        return True
    heads = (old.value[-1], new.value[-1])
    return (
        (old.explicit or new.explicit)
        and alignment.alike(*heads) is Likeness.NONE
        and all(map(is_person, heads))
    )
