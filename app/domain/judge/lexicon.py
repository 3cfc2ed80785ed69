"""What English words mean beside each other: their lemmas, synonyms, wider terms, opposites and relatives.

The data are compiled from the Open English WordNet (CC BY 4.0) by `scripts/judge/compile_lexicon.py`.
A word counts by its most frequent senses only. Words of other languages are simply unknown.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_KNOWN_WORDS = 50_000

_ENDINGS = {
    "n": (("ies", "y"), ("ves", "f"), ("ses", "s"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")),
    "v": (
        ("ies", "y"),
        ("ied", "y"),
        ("es", "e"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
    ),
    "a": (("iest", "y"), ("ier", "y"), ("er", "e"), ("er", ""), ("est", "e"), ("est", "")),
    "r": (),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    senses: dict[str, tuple[int, ...]]
    derived: frozenset[str]
    opposites: frozenset[str]


class _Lexicon:
    """The compiled file, taken apart line by line when a word is first asked for."""

    def __init__(self, text: str) -> None:
        head, rest = text.split("\n# words\n")
        words, forms = rest.split("\n# forms\n")
        first, *synsets = head.split("\n")
        self.kinds = first.removeprefix("# lexnames ").split(" ")
        self.synsets = synsets
        self.words = dict(line.split("\t", 1) for line in words.split("\n"))
        self.forms: dict[str, list[tuple[str, str]]] = {}
        for line in forms.split("\n"):
            form, part, lemma = line.split("\t")
            self.forms.setdefault(form, []).append((part, lemma))


@cache
def _lexicon() -> _Lexicon:
    packed = resources.files("app.domain.judge").joinpath("lexicon.tsv.gz").read_bytes()
    return _Lexicon(gzip.decompress(packed).decode())


@lru_cache(maxsize=_KNOWN_WORDS)
def _entry(lemma: str) -> _Entry:
    line = _lexicon().words.get(lemma)
    if line is None:
        return _Entry({}, frozenset(), frozenset())
    senses, derived, opposites = line.split("\t")
    parts = (part.split(":") for part in senses.split(";") if part)
    return _Entry(
        {part: tuple(map(int, ids.split(","))) for part, ids in parts},
        frozenset(filter(None, derived.split(","))),
        frozenset(filter(None, opposites.split(","))),
    )


def known(word: str) -> bool:
    """Whether this is an English word, in any of its forms.

    >>> known("dogs"), known("enginer")
    (True, False)
    """
    return any(lemma in _lexicon().words for _, lemma in _readings(word))


@lru_cache(maxsize=_KNOWN_WORDS)
def lemmas(word: str, part: str = "") -> frozenset[str]:
    """The dictionary forms of a lower-case word, as noun `n`, verb `v`, adjective `a`, or all.

    >>> sorted(lemmas("went")), sorted(lemmas("allergies", "n"))
    (['go'], ['allergy'])
    """
    found = {lemma for read_as, lemma in _readings(word) if part in ("", read_as)}
    if not found and not part:
        return frozenset({word, *(stem for _, stem in _regular(word) if len(stem) > 2)})
    return frozenset(found)


@lru_cache(maxsize=_KNOWN_WORDS)
def _readings(word: str) -> tuple[tuple[str, str], ...]:
    found = {(part, word) for part in _entry(word).senses}
    found |= set(_lexicon().forms.get(word, []))
    found |= {(part, lemma) for part, lemma in _regular(word) if part in _entry(lemma).senses}
    return tuple(sorted(found))


def _regular(word: str) -> Iterator[tuple[str, str]]:
    for part, endings in _ENDINGS.items():
        for ending, instead in endings:
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 2:
                continue
            yield part, stem + instead
            if len(stem) > 3 and stem[-1] == stem[-2] and not instead and part != "n":
                yield part, stem[:-1]


@lru_cache(maxsize=_KNOWN_WORDS)
def _senses(word: str, part: str, most: int) -> frozenset[int]:
    every = (_entry(lemma).senses.get(part, ())[:most] for lemma in lemmas(word, part))
    return frozenset(sense for senses in every for sense in senses)


def synonyms(one: str, other: str) -> bool:
    """Whether two words share a frequent sense, or are adjectives next to each other in meaning.

    >>> synonyms("afraid", "scared"), synonyms("buy", "purchase"), synonyms("dog", "cat")
    (True, True, False)
    """
    if not _meanings(one).isdisjoint(_meanings(other)):
        return True
    ones, others = _senses(one, "a", 1), _senses(other, "a", 1)
    return bool(ones and others) and bool(_above(ones) & others or ones & _above(others))


@lru_cache(maxsize=_KNOWN_WORDS)
def _meanings(word: str) -> frozenset[int]:
    """The most frequent sense of a word as each part of speech."""
    parts_of_speech = "nar" if _is_noun_first(word) else "nvar"
    return frozenset[int]().union(*(_senses(word, part, 1) for part in parts_of_speech))


def _is_noun_first(word: str) -> bool:
    """Whether a word as it stands names a person: a mother mothers, but that is not what one reads."""
    return kinds(word)[:1] == ("noun.person",)


@lru_cache(maxsize=_KNOWN_WORDS)
def _above(senses: frozenset[int]) -> frozenset[int]:
    lines = (_lexicon().synsets[sense].split(":")[1] for sense in senses)
    return frozenset(int(sense) for line in lines for sense in line.split(",") if sense)


def related(one: str, other: str) -> bool:
    """Whether one word is made from the other: an owner owns, the allergic have an allergy.

    >>> related("allergic", "allergy"), related("owner", "owns"), related("new", "news")
    (True, True, False)
    """
    return not (_relatives(one).isdisjoint(lemmas(other)) and _relatives(other).isdisjoint(lemmas(one)))


@lru_cache(maxsize=_KNOWN_WORDS)
def _relatives(word: str) -> frozenset[str]:
    """The words made from a word, and the words for one who does it."""
    found = lemmas(word)
    doers = {lemma + ending for lemma in found for ending in ("er", "r", lemma[-1] + "er")}
    return frozenset(doers.union(*(_entry(lemma).derived for lemma in found)))


def opposites(one: str, other: str) -> bool:
    """Whether two words are opposites.

    >>> opposites("open", "closed"), opposites("early", "late"), opposites("red", "blue")
    (True, True, False)
    """
    ones, others = lemmas(one) | {one}, lemmas(other) | {other}
    return any(_entry(lemma).opposites & others for lemma in ones) or any(
        _entry(lemma).opposites & ones for lemma in others
    )


@lru_cache(maxsize=_KNOWN_WORDS)
def wider(word: str) -> frozenset[int]:
    """All senses above the most frequent noun sense of a word, and that sense itself."""
    reached: set[int] = set()
    todo = list(_senses(word, "n", 1))
    while todo:
        sense = todo.pop()
        if sense not in reached:
            reached.add(sense)
            todo.extend(_above(frozenset({sense})))
    return frozenset(reached)


def is_a(one: str, other: str) -> bool:
    """Whether every `one` is an `other`, by the most frequent sense of both.

    >>> is_a("collie", "dog"), is_a("dog", "collie"), is_a("rabbit", "animal")
    (True, False, True)
    """
    return not _senses(other, "n", 1).isdisjoint(wider(one))


@lru_cache(maxsize=_KNOWN_WORDS)
def kinds(word: str, part: str = "n") -> tuple[str, ...]:
    """The lexicographer's files of the frequent senses, most frequent first: `noun.food`, `noun.person`.

    >>> kinds("nurse")[0]
    'noun.person'
    """
    lexicon = _lexicon()
    found: list[str] = []
    for lemma in sorted(lemmas(word, part)):
        for sense in _entry(lemma).senses.get(part, ()):
            found.append(lexicon.kinds[int(lexicon.synsets[sense].split(":")[0])])
    return tuple(found)


def parts(word: str) -> frozenset[str]:
    """What a word can be: noun `n`, verb `v`, adjective `a`, adverb `r`.

    >>> sorted(parts("allergic"))
    ['a']
    """
    return frozenset(part for part, _ in _readings(word))
