"""States one is in one at a time: single or married, vegan or eating fish, out of work or employed."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from app.domain.judge import lexicon
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import About, Pair
from app.domain.judge.reading import Mode, Statement
from app.domain.judge.sameness import Finding
from app.domain.judge.verbs import lexicon_verb


@dataclass(frozen=True, slots=True, eq=False)
class _Family:
    name: str
    states: tuple[tuple[str, re.Pattern[str]], ...]
    replaces: frozenset[str]


@cache
def _families() -> Sequence[_Family]:
    text = resources.files("app.domain.judge").joinpath("states.toml").read_text(encoding="utf-8")
    return tuple(
        _Family(
            one["name"],
            tuple((name, re.compile(pattern)) for name, pattern in one["states"]),
            frozenset(one["replaces"]),
        )
        for one in tomllib.loads(text)["family"]
    )


def left_behind(pair: Pair) -> Finding | None:
    """Whether the new statement puts its subject into a state that excludes the one told by the old."""
    old, new = pair.old, pair.new
    if (
        pair.about is not About.SAME
        or {old.mode, new.mode} & {Mode.REPORT, Mode.WISH}
        or old.past
        or old.closed
        or new.closed
    ):
        return None
    for family in _families():
        before, after = _states(family, old), _states(family, new)
        if before & after:
            continue
        for pair_of_states in family.replaces:
            for one in before:
                for other in after:
                    if f"{one} {other}" == pair_of_states:
                        return Verdict.REPLACES, f"{family.name}: {other}, no longer {one}"
    return None


def told_already(pair: Pair) -> Finding | None:
    """Whether the new statement only names a state that the old one tells."""
    old, new = pair.old, pair.new
    if (
        pair.about is not About.SAME
        or old.past
        or new.past
        or old.closed
        or new.closed
        or old.mode != new.mode
    ):
        return None
    for family in _families():
        whole = {name for name, pattern in family.states if pattern.fullmatch(_phrase(new))}
        if whole & _states(family, old):
            return Verdict.COVERED, "the stored fact says this already"
    return None


@lru_cache(maxsize=20_000)
def _states(family: _Family, one: Statement) -> frozenset[str]:
    said = _phrase(one)
    return frozenset(name for name, pattern in family.states if pattern.search(said))


_BARE = frozenset(
    "now currently again also just finally recently still already since officially was been".split()
)


@lru_cache(maxsize=8192)
def _phrase(one: Statement) -> str:
    """The words behind the subject in dictionary form: verbs as verbs, the others in the singular."""
    behind = [t for t in one.tokens if t not in one.subject and t.key not in _BARE]
    found: list[str] = []
    for place, token in enumerate(behind):
        if place == 0 or (
            found
            and found[-1]
            in ("not", "be", "have", "do", "never", "to", "stop", "quit", "start", "and", "longer", "up")
        ):
            found.append(lexicon_verb(token.key) if "v" in lexicon.parts(token.key) else token.key)
        else:
            nouns = lexicon.lemmas(token.key, "n")
            found.append(min(nouns, key=len) if nouns and token.key.endswith("s") else token.key)
    said = " ".join(found)
    if "been" in one.keys[:3]:
        said = re.sub("^have ", "be ", said)
    said = re.sub(r"^(have|be) (been )?(?=(married|engaged|retired|divorced|separated)\b)", "be ", said)
    if behind and one.verb == "be" and "v" not in lexicon.parts(behind[0].key):
        said = "be " + said
    return said
