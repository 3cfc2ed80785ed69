"""What a model marks with `[REMEMBER: ...]` in its reply."""

import re

_TAG = re.compile(r"\[REMEMBER:([^\]]*)\]")


def split(reply: str) -> tuple[str, list[str]]:
    """The reply without its tags, and what they ask to remember; a tag that never ends is a text.

    >>> split("Nice to meet you! [REMEMBER: User's name is Dana]")
    ('Nice to meet you!', ["User's name is Dana"])
    >>> split("[REMEMBER: what")
    ('[REMEMBER: what', [])
    """
    marked = [text.strip() for text in _TAG.findall(reply)]
    return _TAG.sub("", reply).strip(), [text for text in marked if text]
