"""Progress of long steps, drawn on standard error so that standard output stays for results."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class ConsoleProgress:
    """Says each step on a line of its own and draws a bar for downloads while there is a terminal."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            TextColumn("  {task.description}"),
            BarColumn(bar_width=30),
            DownloadColumn(),
            TimeElapsedColumn(),
            console=self.console,
        )
        self._download: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, name: str) -> None:
        """Say that a step begins."""
        self.console.print(f"· {name}", markup=False)

    def say(self, text: str) -> None:
        """Print text for people as it is. Long lines stay whole, for copying."""
        self.console.print(text, soft_wrap=True, markup=False)

    def downloaded(self, *, done_bytes: int, total_bytes: int) -> None:
        """Move the bar of the download."""
        if self._download is None:
            self._bar.start()
            self._download = self._bar.add_task("downloaded", total=total_bytes)
        self._bar.update(self._download, completed=done_bytes, total=total_bytes)
        if done_bytes >= total_bytes:
            # A bar that is done would be drawn again under every line that follows.
            self._bar.stop()
