"""Points in time as they are written: RFC 3339 with an offset from UTC."""

import re
from datetime import UTC, datetime

_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def parsed(value: object) -> datetime:
    """The moment in UTC. Raises: ValueError, whose sentence is about the value: "must be …".

    >>> parsed("2026-05-01T11:30:00+02:00").isoformat()
    '2026-05-01T09:30:00+00:00'
    """
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        raise ValueError("must be a time like 2026-05-01T09:30:00Z, with an offset from UTC")
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a time that exists, with an offset from UTC") from None
