"""Which words of two statements say the same, and which stand alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from app.domain.judge import lexicon
from app.domain.judge.tokens import Kind, Token, fold
from app.domain.judge.words import groups, words


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
    found: list[tuple[Likeness, int, int, int]] = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            likeness = alike(one, other)
            if likeness >= least:
                found.append((likeness, -abs(i - j), -i, -j))
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


def _acronyms(
    old: Sequence[Token], new: Sequence[Token], left_old: Sequence[int], left_new: Sequence[int]
) -> list[tuple[Token, Token, Likeness]]:
    for short, long in (
        ([old[i] for i in left_old], [new[j] for j in left_new]),
        ([new[j] for j in left_new], [old[i] for i in left_old]),
    ):
        for token in short:
            if not (token.kind is Kind.NAME and 2 <= len(token.key) <= 5):
                continue
            for start in range(len(long)):
                run = long[start : start + len(token.key)]
                if len(run) == len(token.key) and "".join(t.key[0] for t in run) == token.key:
                    pairs = [(token, t, Likeness.ALIAS) for t in run]
                    return (
                        pairs
                        if short and short[0] in [old[i] for i in left_old]
                        else [(b, a, c) for a, b, c in pairs]
                    )
    return []


def alike(old: Token, new: Token) -> Likeness:
    """How an old and a new word agree; `NARROWER` says that the new one says more.

    >>> from app.domain.judge.tokens import read
    >>> [alike(*read(pair)).name for pair in ("wife husband", "k8s kubernetes", "collie dog")]
    ['NONE', 'ALIAS', 'WIDER']
    """
    if old.key == new.key:
        return Likeness.EQUAL
    return _likeness(old.key, old.kind, old.place > 0, new.key, new.kind, new.place > 0)


@lru_cache(maxsize=200_000)
def _likeness(one: str, kind: Kind, inner: bool, other: str, other_kind: Kind, other_inner: bool) -> Likeness:
    """The likeness of two words, by all of their tokens that matters to it."""
    if _grouped("aliases", one, other):
        return Likeness.ALIAS
    old, new = Token(one, one, kind, int(inner)), Token(other, other, other_kind, int(other_inner))
    if old.is_figure or new.is_figure or Kind.SIGN in (kind, other_kind):
        return Likeness.NONE
    return _spelled(old, new) or _made(one, other) or _meant(old, new)


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
