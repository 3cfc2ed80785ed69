"""A sentence taken apart: who it is about, what it says of it, and whether it still holds.

This is no grammar. It reads the short facts that agents store, and what it cannot read it leaves whole,
so that the comparison finds too little in common rather than too much.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from app.domain.judge import manner, verbs
from app.domain.judge.manner import Mode
from app.domain.judge.tokens import Kind, Token, read
from app.domain.judge.verbs import is_past_form, lexicon_verb
from app.domain.judge.words import words


@dataclass(frozen=True, kw_only=True, eq=False)
class Statement:
    """One sentence. An empty `subject` means the user. `instead` is what the statement turns away from."""

    text: str
    tokens: tuple[Token, ...]
    subject: tuple[Token, ...]
    verb: str
    body: tuple[Token, ...]
    instead: tuple[Token, ...] = ()
    mode: Mode = Mode.FACT
    negations: int = 0
    past: bool = False
    closed: bool = False
    named_user: bool = False

    @cached_property
    def negated(self) -> bool:
        """Whether it denies something; two negations cancel each other."""
        return self.negations % 2 == 1

    @cached_property
    def verb_tokens(self) -> tuple[Token, ...]:
        """The verb as it was written, where it has a meaning of its own."""
        return tuple(t for t in self.said if t not in self.subject and lexicon_verb(t.key) == self.verb)[:1]

    @cached_property
    def passive(self) -> bool:
        """Whether the subject is what something is done to."""
        verb = next(iter(self.verb_tokens), None)
        copula = next((t for t in self.tokens if t.key in words("copulas")), None)
        return (
            verb is not None
            and copula is not None
            and copula.place < verb.place <= copula.place + 3
            and is_past_form(verb.key)
        )

    @cached_property
    def definite(self) -> bool:
        """Whether it is about somebody or something certain: not "a man", "two dogs" or "someone"."""
        first = self.tokens[0] if self.tokens else None
        if not self.subject or first is None:
            return True
        return not (
            first.key in ("a", "an", "some", "someone", "somebody", "no", "there", "many")
            or (first.kind is Kind.NUMBER and first.key.isdigit())
        )

    @cached_property
    def said(self) -> tuple[Token, ...]:
        """All that carries meaning, in order, without what the statement turns away from."""
        return tuple(t for t in content(self.tokens) if t not in self.instead)

    @cached_property
    def reason(self) -> tuple[Token, ...]:
        """What follows "since", "because" and the like: it belongs to the statement, but is not it."""
        cut = next((t.place for t in self.body_and_small if t.key in words("reasons")), None)
        return () if cut is None else tuple(t for t in self.said if t.place > cut)

    @cached_property
    def body_and_small(self) -> tuple[Token, ...]:
        """All words behind the subject but the first."""
        return tuple(t for t in self.tokens if t not in self.subject)[1:]

    @cached_property
    def core(self) -> tuple[Token, ...]:
        """What is said without its reason."""
        return tuple(t for t in self.said if t not in self.reason)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All words in order, function words too."""
        return tuple(t.key for t in self.tokens)


def content(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that carry meaning of their own."""
    return tuple(
        t
        for before, t in zip((None, *tokens), tokens, strict=False)
        if t.key != "'s" and (t.key not in _FUNCTION or t.kind is Kind.TIME or _as_noun(before, t))
    )


def _as_noun(before: Token | None, token: Token) -> bool:
    """Whether a word that is a preposition elsewhere is a noun here: "the back of …"."""
    return (
        token.key in ("back", "inside", "outside", "off")
        and before is not None
        and before.key in words("determiners")
    )


_FUNCTION = (
    words("determiners")
    | words("auxiliaries")
    | words("prepositions")
    | words("conjunctions")
    | words("pronouns")
    | words("negations")
)


_REMEMBERED = 8192
"""Statements kept at hand: most stored facts are compared more than once."""


@lru_cache(maxsize=_REMEMBERED)
def statement(text: str) -> Statement:
    """The one statement that a text makes, read as a whole.

    >>> one = statement("The staging cluster does not run in eu-west-1")
    >>> [t.key for t in one.subject], one.verb, one.negated
    (['staging', 'cluster'], 'run', True)
    """
    return of_tokens(read(text), text)


def of_tokens(tokens: Sequence[Token], text: str) -> Statement:
    """The statement that these tokens make."""
    tokens = _without_opening(tuple(replace(t, place=place) for place, t in enumerate(tokens)))
    named, tokens = _without_user(tokens)
    label, tokens = _label(tokens, text)
    start, end = (0, 0) if label else verbs.span(tokens, named=named)
    subject = label or tuple(t for t in tokens[:start] if t.key not in verbs.SKIPPED)
    rest = tokens[end:] if end else tokens
    kept, instead = manner.contrast(rest)
    verb = lexicon_verb(tokens[end - 1].key) if end > start else "be"
    if verb in ("call", "name") and tokens[start].key in words("copulas"):
        verb = "be"
    if "would" in {t.key for t in tokens[start:end]} and instead:
        verb = "prefer"
    flat = [t.key for t in tokens]
    return Statement(
        text=text,
        tokens=tuple(label) + tokens,
        subject=content(subject),
        verb=verb,
        body=content(kept),
        instead=content(instead),
        mode=manner.mode_of(flat, start),
        negations=manner.negations([t for t in tokens if t not in instead]),
        past=manner.is_past(tokens, start, end),
        closed=manner.is_closed(flat),
        named_user=named,
    )


def _without_opening(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without "now", "currently", "as of this season," and the like at the beginning."""
    while tokens and tokens[0].key in words("adverbs") and len(tokens) > 1:
        tokens = tokens[1:]
    return tokens


def _without_user(tokens: tuple[Token, ...]) -> tuple[bool, tuple[Token, ...]]:
    keys = [t.key for t in tokens[:3]]
    if keys[:1] == ["i"]:
        return True, tokens[1:]
    start = 1 if keys[:1] == ["the"] else 0
    if keys[start : start + 1] == ["user"]:
        if keys[start + 1 : start + 2] == ["'s"]:
            return False, tokens[start + 2 :]
        return True, tokens[start + 1 :]
    return False, tokens


def _label(tokens: tuple[Token, ...], text: str) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Of "Deadline: Friday noon" says of the deadline what stands behind the colon."""
    head, colon, _ = text.partition(":")
    if not colon or head[-1:].isdigit() or len(head.split()) > 4:
        return (), tokens
    width = len(read(head))
    named, inner = _without_user(read(head))
    del named
    return inner, tokens[max(0, len(tokens) - (len(read(text)) - width)) :]
