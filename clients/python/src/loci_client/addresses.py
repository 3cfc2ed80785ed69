"""How free text becomes one segment of a path."""

from urllib.parse import quote

_DOTS = {".": "%2E", "..": "%2E%2E"}
"""Segments that URLs give a meaning of their own, and that are removed where they stand unescaped."""


def segment(text: str) -> str:
    """The text percent-encoded, slashes included, so that it stays one segment.

    >>> segment("team/ann@example.org"), segment("..")
    ('team%2Fann%40example.org', '%2E%2E')
    """
    return _DOTS.get(text) or quote(text, safe="")
