"""Two statements side by side: whether they are about the same, and what either says alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from app.domain.judge import alignment, lexicon
from app.domain.judge.alignment import Alignment, Likeness
from app.domain.judge.reading import Statement
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words


class About(StrEnum):
    """Whether two statements are about the same: `CROSS` where one names the user and one a thing."""

    SAME = "same"
    CROSS = "cross"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """An old and a new statement."""

    old: Statement
    new: Statement

    @cached_property
    def bags(self) -> Alignment:
        """All words of both, wherever they stand."""
        return alignment.align(self.old.said, self.new.said)

    @cached_property
    def cores(self) -> Alignment:
        """All words of the old one, and those of the new one but its reason."""
        if not self.new.reason:
            return self.bags
        return alignment.align(self.old.said, self.new.core)

    @cached_property
    def bodies(self) -> Alignment:
        """What is said of the subjects, verbs included."""
        return alignment.align(predicate(self.old), predicate(self.new))

    @cached_property
    def subjects(self) -> Alignment:
        """The two subjects."""
        return alignment.align(self.old.subject, self.new.subject)

    @cached_property
    def about(self) -> About:
        """Whether the subjects are the same."""
        if not self.old.subject and not self.new.subject:
            return About.SAME
        if self.old.subject and self.new.subject:
            left = weighty(self.subjects.old + self.subjects.new)
            return About.OTHER if left else About.SAME
        return About.CROSS

    @cached_property
    def directed_alike(self) -> bool:
        """Whether no word is where one comes from in the one, and where one goes to in the other."""
        for old, new, _ in self.bags.pairs:
            one, other = preposition(self.old, old), preposition(self.new, new)
            if {one, other} in ({"from", "to"}, {"before", "after"}, {"over", "under"}, {"with", "without"}):
                return False
        return True

    @cached_property
    def extra_old(self) -> tuple[Token, ...]:
        """What only the old one says, empty words left out."""
        return self._left(self.bags.old, self.old)

    @cached_property
    def extra_new(self) -> tuple[Token, ...]:
        """What only the new one says, empty words left out."""
        return self._left(self.bags.new, self.new)

    @cached_property
    def left_new(self) -> tuple[Token, ...]:
        """What only the new one says, without its reasons and moments."""
        return tuple(t for t in self._left(self.cores.new, self.new) if not is_passing(t))

    def _left(self, tokens: Sequence[Token], one: Statement) -> tuple[Token, ...]:
        """The weighty ones, without verbs that agree although they are other words."""
        verbs = one.verb_tokens if self.verbs_agree else ()
        made = words("making") if self.old.subject and self.new.subject else frozenset[str]()
        return tuple(t for t in weighty(tokens) if t not in verbs and not lexicon.lemmas(t.key, "v") & made)

    @cached_property
    def verbs_agree(self) -> bool:
        """Whether the two verbs say the same: equal, synonyms, or mere links ("is written in", "uses")."""
        one, other = self.old.verb, self.new.verb
        if one == other or alike_verbs(one, other):
            return True
        if {one, other} <= LINKING or ("be" in (one, other) and (one in _BEING or other in _BEING)):
            return True
        if self.old.subject and self.new.subject and {one, other} <= LINKING | words("making"):
            return True
        if self.old.subject and self.new.subject and any({one, other} <= group for group in _OF_THINGS):
            return True
        light, strong = (self.old, self.new) if one in LINKING else (self.new, self.old)
        return light.verb in LINKING and any(
            alignment.alike(t, _verb_token(strong.verb)) >= Likeness.SYNONYM for t in light.said
        )

    @cached_property
    def common(self) -> tuple[Token, ...]:
        """The words of the old one that both say, empty words left out."""
        return weighty(tuple(old for old, _, _ in self.bags.pairs))


@lru_cache(maxsize=8192)
def pair(old: Statement, new: Statement) -> Pair:
    """The two side by side; the same pair again for the same statements, with all it has found out."""
    return Pair(old=old, new=new)


LINKING = frozenset("be have do use get own make call name keep".split())
_BEING = frozenset("start begin happen occur cost weigh sit stand stay locate".split())


_OF_THINGS = (
    frozenset("live sit reside store keep host place locate base be hold".split()),
    frozenset("run deploy host operate base".split()),
    frozenset("go send collect receive route forward deliver".split()),
)
"""Verbs that say the same of things, though not of people."""


def _verb_token(verb: str) -> Token:
    return Token(verb, verb, Kind.WORD, 0)


def alike_verbs(one: str, other: str) -> bool:
    """Whether two verbs mean the same."""
    return alignment.alike(_verb_token(one), _verb_token(other)) >= Likeness.SYNONYM


def preposition(one: Statement, token: Token) -> str:
    """The preposition that leads a phrase, or nothing."""
    for before in reversed(one.tokens):
        if before.place >= token.place:
            continue
        if before.key in words("prepositions"):
            return before.key
        if before.key not in words("determiners") and before not in one.body and before not in one.subject:
            return ""
    return ""


@lru_cache(maxsize=8192)
def predicate(one: Statement) -> tuple[Token, ...]:
    """The words of a statement behind its subject."""
    return tuple(t for t in one.core if t not in one.subject)


def weighty(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words that say something: no auxiliary verbs, fillers or articles."""
    return tuple(t for t in tokens if t.kind in (Kind.NUMBER, Kind.TIME, Kind.SIGN) or not is_light(t))


def is_light(token: Token) -> bool:
    """Whether a word alone tells no two facts apart."""
    return _is_light(token.key, token.kind)


@lru_cache(maxsize=50_000)
def _is_light(key: str, kind: Kind) -> bool:
    light = words("light") | words("adverbs") | _NO_MORE
    return key in light or (kind is Kind.WORD and bool(lexicon.lemmas(key, "v") & words("light")))


_NO_MORE = frozenset({"anymore", "longer"})


def is_passing(token: Token) -> bool:
    """Whether a word only says when something came about: "today", "in May", "last week"."""
    return token.kind is Kind.TIME or bool({token.key, *lexicon.lemmas(token.key, "n")} & words("passing"))


def is_person(token: Token) -> bool:
    """Whether a word names or describes a person first of all.

    >>> from app.domain.judge.tokens import read
    >>> [is_person(token) for token in read("brother deadline")]
    [True, False]
    """
    return lexicon.kinds(token.key)[:1] == ("noun.person",)


def figures(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The numbers and times among the words, sorted."""
    return tuple(sorted(t.key for t in tokens if t.is_figure))


def covered(tokens: Sequence[Token], by: Sequence[Token], *, least: Likeness = Likeness.SYNONYM) -> bool:
    """Whether each word is said by some other."""
    return all(any(alignment.alike(other, one) >= least for other in by) for one in tokens)
