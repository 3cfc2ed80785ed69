"""Where the verb of a short sentence is, and what it is; notes often begin with it: "Lives in …"."""

from collections.abc import Sequence

from app.domain.judge import lexicon
from app.domain.judge.tokens import Kind, Token
from app.domain.judge.words import words


def lexicon_verb(key: str) -> str:
    """The dictionary form of a verb."""
    if key in words("copulas"):
        return "be"
    if key in ("has", "have", "had", "having"):
        return "have"
    found = lexicon.lemmas(key, "v")
    if not found and key.endswith("ed"):
        found = lexicon.lemmas(key) - {key}
    if key.startswith("re") and len(key) > 6 and found:
        again = {
            one.removeprefix("re")
            for one in found
            if one.removeprefix("re") in lexicon.lemmas(one.removeprefix("re"), "v")
        }
        found = again & {"write", "build", "paint", "design"} or found
    return min(found, key=lambda one: (one == key and len(found) > 1, len(one), one)) if found else key


def span(tokens: Sequence[Token], *, named: bool) -> tuple[int, int]:
    """Where the verb begins (its auxiliaries counted) and where it ends; (0, 0) where there is none."""
    start = _first_verb(tokens, named=named)
    if start is None:
        return 0, 0
    end = start + 1
    while end < len(tokens) and tokens[end - 1].key in _CHAIN and _chains(tokens, end):
        end += 1
    while end > start + 1 and tokens[end - 1].key in SKIPPED:
        end -= 1
    return start, end


SKIPPED = words("adverbs") | words("negations") | frozenset({"longer", "no", "both", "all"})


_CHAIN = words("auxiliaries") | SKIPPED


def _chains(tokens: Sequence[Token], at: int) -> bool:
    key = tokens[at].key
    if (key in _CHAIN and key not in ("no", "never")) or key == "never":
        return True
    if tokens[at].kind is not Kind.WORD or (
        "v" not in lexicon.parts(key) and (lexicon.known(key) or not key.endswith("ed"))
    ):
        return False
    before = [t.key for t in tokens[:at] if t.key in words("auxiliaries")]
    if before and before[-1] in words("copulas"):
        following = tokens[at + 1].key if at + 1 < len(tokens) else ""
        led = following in ("to", "by", "in", "with", "from", "on", "at", "into", "for")
        told = before[-1] in ("was", "were", "been", "being")
        return key.endswith("ing") or (is_past_form(key) and ("a" not in lexicon.parts(key) or led or told))
    if before and before[-1] in ("has", "have", "had"):
        return is_past_form(key)
    return bool(before) and before[-1] in words("auxiliaries")


_UNCHANGED = frozenset(
    "split put cut set quit let shut hit shed cost burst spread broadcast bid read".split()
)


def is_past_form(key: str) -> bool:
    """Whether a word can be a past tense or past participle."""
    if key in _UNCHANGED or (key.endswith("ed") and not lexicon.known(key)):
        return True
    found = lexicon.lemmas(key, "v")
    return bool(found) and (key.endswith("ed") or (bool(found - {key}) and not key.endswith(("s", "ing"))))


def _first_verb(tokens: Sequence[Token], *, named: bool) -> int | None:
    for at, token in enumerate(tokens):
        if (token.key in words("auxiliaries") or token.key == "not") and token.kind is Kind.WORD:
            return at
        if at == 0 and token.key in words("negations") and len(tokens) > 1:
            if tokens[1].key in ("longer", "more"):
                return 2 if len(tokens) > 2 else None
            return 1 if finite(tokens[1].key) else None
        if _is_verb_at(tokens, at, named=named):
            return at
        if at and token.key in words("prepositions") and at > 8:
            return None
    return None


def finite(key: str) -> bool:
    """Whether a word can be a verb in the third person or the past."""
    return "v" in lexicon.parts(key) and (
        (key.endswith("s") and key not in lexicon.lemmas(key, "v")) or is_past_form(key)
    )


def _is_verb_at(tokens: Sequence[Token], at: int, *, named: bool) -> bool:
    token = tokens[at]
    if token.kind is not Kind.WORD or "v" not in lexicon.parts(token.key):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at else None
    if at == 0:
        after = next((t for t in tokens[1:] if t.key not in words("adverbs")), None)
        return _opens(token, after, tokens[1:8], named=named)
    if before is not None and before.key in words("determiners") | words("prepositions") | {"'s"}:
        return False
    if finite(token.key):
        participle = is_past_form(token.key) and _copula_soon(tokens[at + 1 : at + 4])
        return not participle and not _verb_next(following)
    joint = "and" in [t.key for t in tokens[:at]]
    several = before is not None and (
        _is_plural(before.key) or (joint and (before.kind is Kind.NAME or before.key in ("both", "all")))
    )
    return several and _base_verb(token.key, following)


def _copula_soon(rest: Sequence[Token]) -> bool:
    """Whether a participle opens or stands in a noun phrase: "Recommended Node version is …"."""
    if not rest or rest[0].key in words("prepositions") | words("determiners") | words("adverbs") | {
        "to",
        "not",
    }:
        return False
    return any(token.key in words("copulas") - {"been", "being", "be"} for token in rest)


def _opens(token: Token, following: Token | None, rest: Sequence[Token], *, named: bool) -> bool:
    """Whether a text begins with its verb: "Lives in …", "Majoring in …", and "(I) work …"."""
    if named:
        return True
    if following is not None and following.key == "'s":
        return False
    if token.key.endswith("ing"):
        return following is not None and following.key not in words("auxiliaries")
    if token.key in words("stative"):
        return False
    if not finite(token.key) or (is_past_form(token.key) and _copula_soon(rest)):
        return False
    if following is not None and following.key in words("auxiliaries") | {"not"}:
        return following.key in ("been",)
    return not _verb_next(following)


def _verb_next(following: Token | None) -> bool:
    """Whether the next word can only be the verb, so that this one is a noun."""
    if following is None or following.kind is not Kind.WORD:
        return False
    if following.key in words("auxiliaries"):
        return True
    parts = lexicon.parts(following.key)
    if following.key.endswith("ing") or following.key in words("prepositions") | words("adverbs"):
        return False
    return ("v" in parts and not parts & {"n", "a", "r"}) or following.key in (
        "go",
        "run",
        "live",
        "start",
        "end",
        "need",
    )


def _is_plural(key: str) -> bool:
    return (
        key.endswith("s") and "n" in lexicon.parts(key) and key not in lexicon.lemmas(key, "n")
    ) or key in ("people", "children", "kids", "data")


def _base_verb(key: str, following: Token | None) -> bool:
    if key not in lexicon.lemmas(key, "v"):
        return False
    return (
        following is None
        or following.key
        in words("prepositions") | words("determiners") | words("adverbs") | words("pronouns")
        or "n" not in lexicon.parts(key)
    )
