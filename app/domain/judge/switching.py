"""When a new statement turns from what an old one names to something else: "switched from Jira to Linear"."""

from collections.abc import Sequence

from app.domain.judge import alignment, endings, lexicon
from app.domain.judge.alignment import Likeness
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import (
    Pair,
    covered,
    is_passing,
    predicate,
    weighty,
)
from app.domain.judge.reading import Mode, Statement, content
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.verbs import lexicon_verb
from app.domain.judge.words import words


def switched(pair: Pair) -> Finding | None:
    """Whether the new one turns away from what the old one names: "from Jira to Linear", "replaced Elm"."""
    if (
        not endings.is_ongoing(pair)
        or pair.new.negated
        or pair.old.mode is not Mode.FACT
        or pair.new.mode is not Mode.FACT
        or not endings.same_persons(pair)
    ):
        return None
    left, rest = _left_behind(pair.new)
    if (
        not left
        or not covered(left, predicate(pair.old) + pair.old.instead)
        or covered(left, pair.old.instead)
    ):
        return None
    if _modifies(left, pair.old):
        return None
    rest = tuple(t for t in rest if not is_passing(t))
    if covered(rest, pair.old.said):
        return Verdict.REPLACES, "the new one takes its place"
    return None


def _left_behind(new: Statement) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """What is left behind, and the further words that must be common to both statements."""
    if new.instead:
        place = new.instead[0].place
        value = _phrase_before(new, place)
        return weighty(new.instead), tuple(
            t for t in weighty(new.said) if (t not in value and t.kind is not Kind.NAME) or t in new.subject
        )
    if new.verb not in words("switches", table="change"):
        return (), ()
    keys = list(new.keys)
    if "from" in keys and "to" in keys[keys.index("from") :]:
        start = keys.index("from")
        end = start + keys[start:].index("to")
        before = weighty(content(new.tokens[:start]))
        return weighty(content(new.tokens[start + 1 : end])), tuple(
            t for t in before if lexicon_verb(t.key) != new.verb
        )
    if new.verb in ("replace", "swap", "trade", "exchange", "convert") and {"with", "for", "by"} & set(keys):
        cut = next(i for i, k in enumerate(keys) if k in ("with", "for", "by"))
        said = new.subject or weighty(content(new.tokens[:cut]))
        return tuple(t for t in weighty(said) if lexicon_verb(t.key) != new.verb), ()
    if new.verb == "replace":
        return weighty(new.body), ()
    return (), ()


def _phrase_before(new: Statement, place: int) -> list[Token]:
    value: list[Token] = []
    for token in reversed([t for t in new.tokens if t.place < place]):
        if token.key in words("prepositions") and value and token.key not in ("of", "than"):
            break
        if token in new.body:
            value.append(token)
    return value


def _modifies(left: Sequence[Token], old: Statement) -> bool:
    """Whether what is left behind is but part of another thing in the old one: coffee of a coffee machine."""
    last = max(
        (t.place for t in old.said if any(alignment.alike(t, one) >= Likeness.SYNONYM for one in left)),
        default=None,
    )
    following = next((t for t in old.tokens if last is not None and t.place == last + 1), None)
    if any(t.kind is Kind.NAME for t in left):
        return False
    return (
        following is not None
        and following.kind is Kind.WORD
        and following in old.said
        and "n" in lexicon.parts(following.key)
        and not is_passing(following)
    )
