"""Texts of memories: the form under which two texts are the same, and short captions for people."""

import hashlib
import re
import unicodedata

_TRAILING_PUNCTUATION = ".!?,;:…"
_CAPTION_CHARACTERS = 48
_WORD = re.compile(r"[^\W_]+")


def normalised(text: str) -> str:
    """The form under which two texts say literally the same (contract `/v1`, store pipeline, step 1).

    >>> normalised("  Lives in  New York. ") == normalised("lives in new york")
    True
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    words = " ".join(folded.split())
    # NFKC turns "…" into three full stops, so both spellings end here the same way. A text of
    # nothing but punctuation keeps it: otherwise "?" and "!" would be one fact.
    return words.rstrip(_TRAILING_PUNCTUATION + " ") or words


def content_hash(text: str) -> str:
    """SHA-256, in hex, of the normalised text; equal hashes are the same fact.

    >>> content_hash("Likes tea.") == content_hash("likes TEA")
    True
    """
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def caption(text: str) -> str:
    """The text on one line, cut at a word where it is long: what a graph browser writes on a node.

    >>> caption("Prefers Python over JavaScript for all of the backend work")
    'Prefers Python over JavaScript for all of the…'
    """
    line = " ".join(text.split())
    if len(line) <= _CAPTION_CHARACTERS:
        return line
    cut = line[: _CAPTION_CHARACTERS - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut) + "…"


def words(text: str) -> list[str]:
    """The words of a text, folded, each once, in order; letters and digits of any script and nothing else.

    >>> words("Lives in New-York, in the “Café”")
    ['lives', 'in', 'new', 'york', 'the', 'café']
    """
    return list(dict.fromkeys(_WORD.findall(unicodedata.normalize("NFKC", text).casefold())))
