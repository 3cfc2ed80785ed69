"""The word lists of the judge, as `words.toml` beside this module holds them, ready for look-ups."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("app.domain.judge").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words(name: str, *, table: str = "reading") -> frozenset[str]:
    """One list of words, by its name in `words.toml`.

    >>> "an" in words("articles")
    True
    """
    return frozenset(_tables()[table][name].split())


@cache
def numbers() -> Mapping[str, str]:
    """Number words and the digits they stand for; ordinals carry a `#`.

    >>> numbers()["seven"]
    '7'
    """
    return _tables()["numbers"]


@cache
def groups(table: str) -> Mapping[str, frozenset[int]]:
    """The groups, by number, in which each word of a table of groups stands.

    >>> bool(groups("aliases")["k8s"] & groups("aliases")["kubernetes"])
    True
    """
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_tables()[table]["groups"].strip().splitlines()):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(members) for word, members in found.items()}


@cache
def sides() -> Mapping[str, frozenset[tuple[int, int]]]:
    """In which opposition, and on which side of it, each word stands."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, line in enumerate(phrases("sides", table="opposites")):
        for side, members in enumerate(line.split("|")):
            for word in members.split():
                found.setdefault(word, set()).add((number, side))
    return {word: frozenset(places) for word, places in found.items()}


@cache
def phrases(name: str, *, table: str) -> tuple[str, ...]:
    """The lines of one list of phrases or patterns."""
    return tuple(line.strip() for line in _tables()[table][name].strip().splitlines() if line.strip())
