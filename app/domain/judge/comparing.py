"""One new text beside one stored text: the verdict, and the reason. The most certain rules come first."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from app.domain.judge import (
    altering,
    denial,
    endings,
    instances,
    lexicon,
    pairing,
    retelling,
    roles,
    sameness,
    slots,
    states,
    switching,
    tasks,
    values,
)
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import Pair
from app.domain.judge.reading import Statement, of_tokens, statement
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token, clean, is_word, read
from app.domain.judge.words import words

Rule = Callable[[Pair], Finding | None]

_RULES: Sequence[Rule] = (
    sameness.spelled_otherwise,
    sameness.said_again,
    slots.same_slot,
    states.told_already,
    denial.denied,
    denial.opposed,
    denial.told_of_status,
    denial.lacking,
    denial.former,
    states.left_behind,
    switching.switched,
    endings.ended,
    tasks.completed,
    altering.altered,
    slots.moved_on,
    values.another_value,
    roles.role_taken,
    retelling.another_name,
    retelling.another_figure,
    roles.turned_round,
    retelling.told_otherwise,
)


_DUPLICATES = (Verdict.SAME, Verdict.COVERED, Verdict.FULLER)
_EXCLUSIVE = frozenset("only solely merely exclusively".split())
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")

_RULES_WITHOUT_COMMON_WORDS: Sequence[Rule] = (
    sameness.said_again,
    states.told_already,
    denial.lacking,
    denial.denied,
    states.left_behind,
    slots.moved_on,
)
"""The rules that need no word in common, for the many candidates that have none."""


def compare(old: str, new: str) -> Finding:
    """What `new` is to `old`.

    >>> compare("Lives in New York", "Lives in San Francisco")[0].value
    'replaces'
    """
    if _squashed(old) == _squashed(new):
        return Verdict.SAME, "the same words, written otherwise"
    if not (is_prose(old) and is_prose(new)):
        return Verdict.DIFFERENT, "not both are plain English statements"
    if instances.are_two(old, new):
        return Verdict.DIFFERENT, "each of them tells of its own number"
    several = clauses(new)
    if len(several) > 1:
        for clause in several:
            found = compare_statements(statement(old), clause)
            if found[0] is Verdict.REPLACES:
                return found
    found = compare_statements(statement(old), statement(new))
    if found[0] in _DUPLICATES and not _says_no_more(old, new):
        return Verdict.DIFFERENT, "much of it is said already, but not all"
    return found


def _says_no_more(old: str, new: str) -> bool:
    """Whether a text that seems to be said already narrows nothing, and is said by one sentence alone.

    "Speaks only Dutch" is not in "Speaks Dutch and Thai", and words from sentences about several people
    make no statement about one.
    """
    if _exclusive(new) - _exclusive(old):
        return False
    sentences = _SENTENCES.split(old.strip())
    return len(sentences) == 1 or any(
        compare_statements(statement(one), statement(new))[0] in _DUPLICATES for one in sentences
    )


@lru_cache(maxsize=8192)
def _exclusive(text: str) -> frozenset[str]:
    return _EXCLUSIVE & {token.key for token in read(text)}


_SMALL_WORDS = (
    words("auxiliaries")
    | words("pronouns")
    | words("prepositions")
    | words("determiners")
    | words("conjunctions")
    | {"not", "'s"}
)


@lru_cache(maxsize=8192)
def is_prose(text: str) -> bool:
    """Whether a text is a plain English statement: no question, no code, no other language.

    >>> [is_prose(one) for one in ("Likes tea", "Who likes tea?", "Trinkt gern starken Kaffee", '{"a": 1}')]
    [True, False, False, False]
    """
    if text.rstrip().endswith("?") or re.search(r"[{}<>=`\\]|https?://", text):
        return False
    plain = [t for t in read(text) if t.kind is Kind.WORD]
    known = [t for t in plain if t.key in _SMALL_WORDS or is_word(t.key)]
    return 2 * len(known) >= len(plain)


def compare_statements(old: Statement, new: Statement) -> Finding:
    """What one statement is to another, by the first rule that says anything."""
    pair = pairing.pair(old, new)
    for rule in _RULES if pair.bags.pairs else _RULES_WITHOUT_COMMON_WORDS:
        found = rule(pair)
        if found is not None:
            return found
    return Verdict.DIFFERENT, "another statement"


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[Statement, ...]:
    """The statements that a text strings together: "Broke up with Vera and moved out", "A and B of C are …".

    >>> [one.verb for one in clauses("Broke up with Vera and moved out of her flat")]
    ['break', 'move']
    """
    pieces = _pieces(clean(text))
    first = statement(pieces[0])
    lead = tuple(t for t in first.tokens if t in first.subject)
    rest = [
        of_tokens((*lead, *read(piece)) if _opens_clause(read(piece)) else read(piece), text)
        for piece in pieces[1:]
    ]
    return tuple(one for each in (first, *rest) for one in _each_subject(each, text))


def _pieces(text: str) -> list[str]:
    """The text cut before what begins with a verb, behind a comma, a full stop or "and"."""
    cut: list[str] = []
    for piece in re.split(r"(?:[.;!?]|,?\s+(?:and|but)|,)\s+", text):
        alone = cut and _opens_clause(read(piece))
        if alone or not cut:
            cut.append(piece)
        else:
            start = text.index(cut[-1])
            end = text.index(piece, start + len(cut[-1])) + len(piece)
            cut[-1] = text[start:end]
    return cut


def _each_subject(one: Statement, text: str) -> list[Statement]:
    """Of "Frontend and backend of the kiosk were …" says it of both."""
    subject = [t for t in one.tokens if one.subject and t.place <= one.subject[-1].place]
    joint = next((i for i, t in enumerate(subject) if t.key == "and"), None)
    if joint is None or joint == 0 or joint + 1 >= len(subject):
        return [one]
    behind = [t for t in one.tokens if t.place > one.subject[-1].place]
    first, second = subject[:joint], subject[joint + 1 :]
    tail = second[1:] if len(second) > 1 and second[1].key in ("of", "for", "in") else []
    return [of_tokens((*first, *tail, *behind), text), of_tokens((*second, *behind), text)]


def _opens_clause(tokens: Sequence[Token]) -> bool:
    if not tokens:
        return False
    one = of_tokens(tokens, "")
    return (
        not one.subject
        and (one.verb != "be" or tokens[0].key in words("auxiliaries"))
        and "v"
        in lexicon.parts(tokens[0].key)
        | ({"v"} if tokens[0].key in words("auxiliaries") | words("adverbs") else set())
    )


@lru_cache(maxsize=8192)
def _squashed(text: str) -> str:
    """The letters, digits and signs of a text: what hyphens, spaces and capitals leave alone."""
    plain = clean(text).casefold()
    plain = re.sub(r"[\s'\",;:.!?()\[\]…]+(?!\d)", "", plain)
    return re.sub(r"(?<=\w)-(?=[^\W\d])", "", plain)
