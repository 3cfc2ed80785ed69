"""Names as the full-text index is asked for them, in Lucene's language and free of its syntax."""

import re

from app.domain import entities

_KEPT_WHOLE = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u30a1-\u30fa\u30fc-\u30ff\uac00-\ud7af]+)"
)
"""Thai, Lao, Burmese, Khmer, Katakana and Korean: the index keeps what stands together as one word."""
_SYNTAX_IN_QUOTES = str.maketrans('"\\', "  ")


def of_name(name: str) -> str:
    r"""What finds every text that has the name, and some others: it as it is written, and as it is known.

    >>> of_name("Ed Wood (film)"), of_name("O'Neill")
    ('(+"Ed Wood")', '(+"O\'Neill") (+"o neill")')
    >>> of_name("東京タワー")
    '(+"東京" +*タワー*)'
    """
    spelled = entities.spelling(name)
    # Normalising may change a name, and the index does not normalise: "ＮＨＫ" is a word of its own there.
    forms = [spelled, entities.key(name), *([] if spelled in name else [name])]
    asked: dict[str, str] = {}
    for form in map(_all_of, forms):
        asked.setdefault(form.lower(), f"({form})")
    return " ".join(asked.values())


def _all_of(spelled: str) -> str:
    parts = (part.translate(_SYNTAX_IN_QUOTES).strip() for part in _KEPT_WHOLE.split(spelled))
    return " ".join(
        f"+*{part}*" if _KEPT_WHOLE.fullmatch(part) else f'+"{part}"'
        for part in parts
        if any(character.isalnum() for character in part)
    )
