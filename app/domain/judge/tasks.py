"""When a new statement tells as done what an old one was about to do or was waiting for."""

from itertools import pairwise

from app.domain.judge import endings, lexicon
from app.domain.judge.decision import Verdict
from app.domain.judge.pairing import LINKING, Pair, figures, is_passing, weighty
from app.domain.judge.reading import Mode, Statement
from app.domain.judge.sameness import Finding
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.verbs import is_past_form, lexicon_verb
from app.domain.judge.words import words


def completed(pair: Pair) -> Finding | None:
    """Whether the new one tells as done what the old one was about to do or was waiting for."""
    old, new = pair.old, pair.new
    undone = old.mode in (Mode.PENDING, Mode.WISH) or (
        old.verb in words("ongoing", table="change") and "ing" in "".join(k[-3:] for k in old.keys)
    )
    if not undone or old.negated or new.negated or new.mode is not Mode.FACT or not _done(new):
        return None
    if not endings.same_persons(pair):
        return None
    left = [t for t in weighty(pair.bags.new) if not is_passing(t)]
    verb_tokens = [
        t
        for t in left
        if lexicon_verb(t.key) in words("ends", table="change") | words("gains", table="change")
        or t.key == "done"
    ]
    left = [t for t in left if t not in verb_tokens]
    if verb_tokens and not _brings(lexicon_verb(verb_tokens[0].key), old):
        return None
    same_verb = new.verb in {
        lexicon_verb(t.key) for t in old.tokens if "v" in lexicon.parts(t.key)
    } and new.verb not in LINKING - {"call"}
    if left or not (verb_tokens or same_verb):
        return None
    said = [o for o, n, _ in pair.bags.pairs if n not in new.subject or o not in old.subject]
    focus = focus_of_task(old)
    if (
        focus is None
        or focus not in said
        or (figures(new.said) and set(figures(weighty(new.body))) - set(figures(old.said)))
    ):
        return None
    return Verdict.REPLACES, "what was still to do is done"


def _brings(verb: str, old: Statement) -> bool:
    """Whether this verb is what the task was waiting for: arriving for waiting, finding for looking."""
    awaited = {"waiting", "looking", "expecting", "searching", "hunting", "saving"} & set(old.keys)
    if awaited or verb in ("finish", "complete", "do", "wrap", "settle", "conclude"):
        return True
    inner = {lexicon_verb(t.key) for t in old.tokens if "v" in lexicon.parts(t.key)}
    return (
        verb in inner
        or any(lexicon.synonyms(verb, one) for one in inner)
        or (
            bool(inner & {"work", "stuck", "stick", "fix", "solve", "struggle"})
            and verb in ("fix", "solve", "resolve")
        )
    )


def focus_of_task(old: Statement) -> Token | None:
    """The thing a task is about: the last word of the first noun phrase behind all verbs."""
    verbs = words("undone", table="change") | words("ongoing", table="change")
    body = [t for t in old.body if lexicon_verb(t.key) not in verbs or "v" not in lexicon.parts(t.key)]
    found: Token | None = None
    for token in old.tokens:
        if found is not None and (token.key in words("prepositions") | words("conjunctions")):
            break
        if (
            token in body
            and not is_passing(token)
            and (token.kind is Kind.NAME or "n" in lexicon.parts(token.key) or not lexicon.known(token.key))
        ):
            found = token
    return found


def _done(new: Statement) -> bool:
    keys = new.keys
    return (
        new.past
        or any(a in ("has", "have") and is_past_form(b) for a, b in pairwise(keys))
        or "done" in keys
        or "finally" in keys
    )
