"""Which words of two statements say the same, and which stand alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from app.domain.judge import lexicon
from app.domain.judge.tokens import Kind, Token, Word, fold
from app.domain.judge.words import groups, words

_MOST_STRANGERS = 256
"""Kept of one word; a vocabulary of any size must not fill the memory."""


class Likeness(IntEnum):
    """How two words agree, the closest last."""

    NONE = 0
    NARROWER = 1
    WIDER = 2
    SYNONYM = 3
    RELATED = 4
    ALIAS = 5
    EQUAL = 6


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of words that agree, and what is left on either side, all in order of appearance."""

    pairs: tuple[tuple[Token, Token, Likeness], ...]
    old: tuple[Token, ...]
    new: tuple[Token, ...]


def align(old: Sequence[Token], new: Sequence[Token], *, least: Likeness = Likeness.SYNONYM) -> Alignment:
    """Pair the words of two statements, the closest first; each word is used once."""
    found = [
        (likeness, -abs(i - j), -i, -j)
        for i, one in enumerate(old)
        for j, likeness in _likenesses(one, new)
        if likeness >= least
    ]
    used_old: dict[int, tuple[int, Likeness]] = {}
    used_new: set[int] = set()
    for likeness, _, i, j in sorted(found, reverse=True):
        if -i not in used_old and -j not in used_new:
            used_old[-i] = (-j, likeness)
            used_new.add(-j)
    left_old = [i for i in range(len(old)) if i not in used_old]
    left_new = [j for j in range(len(new)) if j not in used_new]
    acronym = _acronyms(old, new, left_old, left_new)
    pairs = [(old[i], new[j], likeness) for i, (j, likeness) in sorted(used_old.items())] + acronym
    gone = {id(t) for pair in acronym for t in pair[:2]}
    return Alignment(
        tuple(pairs),
        tuple(old[i] for i in left_old if id(old[i]) not in gone),
        tuple(new[j] for j in left_new if id(new[j]) not in gone),
    )


def _likenesses(old: Token, new: Sequence[Token]) -> list[tuple[int, Likeness]]:
    """The places of the new words that an old one is like, with how; most are not, and known not to be."""
    strangers = _strangers(old.word)
    unknown = [(place, other) for place, other in enumerate(new) if other.word not in strangers]
    found: list[tuple[int, Likeness]] = []
    for place, other in unknown:
        likeness = alike(old, other)
        if likeness:
            found.append((place, likeness))
        elif len(strangers) < _MOST_STRANGERS:
            strangers.add(other.word)
    return found


@lru_cache(maxsize=2048)
def _strangers(word: Word) -> set[Word]:
    """Words that this one was found not to be like. It is filled as they are met."""
    del word
    return set()


def _acronyms(
    old: Sequence[Token], new: Sequence[Token], left_old: Sequence[int], left_new: Sequence[int]
) -> list[tuple[Token, Token, Likeness]]:
    """The words that a name stands for by their first letters, on either side."""
    rest_old, rest_new = [old[i] for i in left_old], [new[j] for j in left_new]
    for name, run in _spelled_out(rest_old, rest_new):
        return [(name, one, Likeness.ALIAS) for one in run]
    for name, run in _spelled_out(rest_new, rest_old):
        return [(one, name, Likeness.ALIAS) for one in run]
    return []


def _spelled_out(names: Sequence[Token], long: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Each name of two to five letters with words that begin with them, in a row."""
    for name in names:
        length = len(name.key)
        if name.kind is not Kind.NAME or not 2 <= length <= 5:
            continue
        for start in range(len(long) - length + 1):
            run = long[start : start + length]
            if "".join(one.key[0] for one in run) == name.key:
                yield name, run


def alike(old: Token, new: Token) -> Likeness:
    """How an old and a new word agree; `NARROWER` says that the new one says more.

    >>> from app.domain.judge.tokens import read
    >>> [alike(*read(pair)).name for pair in ("wife husband", "k8s kubernetes", "collie dog")]
    ['NONE', 'ALIAS', 'WIDER']
    """
    if old.key == new.key:
        return Likeness.EQUAL
    return _likeness(old.word, new.word)


@lru_cache(maxsize=200_000)
def _likeness(one: Word, other: Word) -> Likeness:
    """The likeness of two words, by all of their tokens that matters to it."""
    old, new = (Token(key, key, kind, int(inner)) for key, kind, inner in (one, other))
    if _grouped("aliases", old.key, new.key):
        return Likeness.ALIAS
    if old.is_figure or new.is_figure or Kind.SIGN in (old.kind, new.kind):
        return Likeness.NONE
    return _spelled(old, new) or _made(old.key, new.key) or _meant(old, new)


def _spelled(old: Token, new: Token) -> Likeness:
    """Whether two words are forms of one, or one is the other with a slip or another spelling."""
    if old.kind is not Kind.NAME and new.kind is not Kind.NAME and _forms_of_one(old.key, new.key):
        return Likeness.EQUAL
    if _transcribed(old.key) == _transcribed(new.key) or _misspelt(old, new):
        return Likeness.ALIAS
    return Likeness.EQUAL if _forms_of_one(old.key, new.key) else Likeness.NONE


def _forms_of_one(one: str, other: str) -> bool:
    return not lexicon.lemmas(one).isdisjoint(lexicon.lemmas(other))


def _made(one: str, other: str) -> Likeness:
    """Whether one is a make of the other: a Skoda is a car."""
    if other in branded(one):
        return Likeness.NARROWER
    return Likeness.WIDER if one in branded(other) else Likeness.NONE


def _meant(old: Token, new: Token) -> Likeness:
    """What the dictionary says of two words. A name means nothing that a dictionary knows."""
    one, other = old.key, new.key
    if Kind.NAME in (old.kind, new.kind) and not (lexicon.known(one) and lexicon.known(other)):
        return Likeness.NONE
    if lexicon.related(one, other):
        return Likeness.RELATED
    if lexicon.synonyms(one, other) or _grouped("synonyms", one, other):
        return Likeness.SYNONYM
    if not (_is_thing(one) and _is_thing(other)):
        return Likeness.NONE
    if lexicon.is_a(one, other):
        return Likeness.WIDER
    return Likeness.NARROWER if lexicon.is_a(other, one) else Likeness.NONE


_THINGS = frozenset({"noun.animal", "noun.food", "noun.plant", "noun.artifact", "noun.person"})


def _is_thing(word: str) -> bool:
    """Whether a word names things that are one of a kind: a poodle is a dog, but astronomy is not physics."""
    return bool(_THINGS & set(lexicon.kinds(word)[:1]))


@lru_cache(maxsize=50_000)
def branded(word: str) -> frozenset[str]:
    """The makes that stand for a thing: a Skoda for a car."""
    singular = next(iter(lexicon.lemmas(word, "n")), word)
    return words(singular, table="brands") if singular in BRANDED else frozenset()


BRANDED = frozenset("car smartphone laptop phone tablet computer pet".split())


def _grouped(table: str, one: str, other: str) -> bool:
    return not _places(table, one).isdisjoint(_places(table, other))


@lru_cache(maxsize=50_000)
def _places(table: str, word: str) -> frozenset[int]:
    known = groups(table)
    return frozenset(n for lemma in {word} | lexicon.lemmas(word) for n in known.get(lemma, ()))


@lru_cache(maxsize=50_000)
def _transcribed(word: str) -> str:
    return fold(word).replace("ue", "u").replace("oe", "o").replace("ae", "a")


def _misspelt(old: Token, new: Token) -> bool:
    """Whether one is the other with a slip, and no word itself; a name is never a slip of another."""
    if abs(len(old.key) - len(new.key)) > 2 or min(len(old.key), len(new.key)) < 5:
        return False
    if any(t.kind is Kind.NAME and t.place for t in (old, new)):
        return False
    if lexicon.known(old.key) and lexicon.known(new.key):
        return False
    if not (lexicon.known(old.key) or lexicon.known(new.key)):
        return False
    return _distance(old.key, new.key) <= (1 if min(len(old.key), len(new.key)) < 8 else 2)


def _distance(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours between two words (optimal alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
