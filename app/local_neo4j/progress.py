"""How long steps tell the outside where they are; who draws it is not known here."""

from typing import Protocol


class Progress(Protocol):
    """Receives what happens, possibly from a worker thread, but never from two at once."""

    def step(self, name: str) -> None:
        """A step that people may have to wait for begins; `name` is short prose for them."""

    def downloaded(self, *, done_bytes: int, total_bytes: int) -> None:
        """So many bytes of what was missing are there now, those resumed included."""


class Silent:
    """Draws nothing."""

    def step(self, name: str) -> None:
        """Ignore it."""

    def downloaded(self, *, done_bytes: int, total_bytes: int) -> None:
        """Ignore it."""


SILENT = Silent()
