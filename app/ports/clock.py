"""Time, from outside."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of the time of day."""

    def now(self) -> datetime:
        """The present, aware and in UTC."""
        ...
