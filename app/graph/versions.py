"""Which versions of Neo4j can serve."""

import re

OLDEST = "2026.06"
"""The first whose vector indexes filter by properties, which keeps tenants apart inside the index."""

_YEAR_AND_MONTH = re.compile(r"(\d+)\.(\d+)")


def is_supported(version: str) -> bool:
    """Whether a server of this version can serve.

    >>> is_supported("2026.08.1"), is_supported("2026.10-aura"), is_supported("5.26.1")
    (True, True, False)
    """
    return _parts(version) >= _parts(OLDEST)


def _parts(version: str) -> tuple[int, int]:
    found = _YEAR_AND_MONTH.match(version)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)
