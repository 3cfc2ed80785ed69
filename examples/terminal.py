"""A conversation in a terminal: a line goes to the agent, or to a command where it begins with `/`."""

import sys
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.markup import escape

Command = Callable[[str], None]


class Terminal:
    """Asks for lines until `/quit`, the end of the input, or Ctrl-C; during an answer, Ctrl-C ends only that.

    A command is called with the rest of its line; its docstring is its help. An error of the kinds `failures`
    is shown, and the conversation goes on.
    """

    def __init__(self, *, failures: tuple[type[Exception], ...]) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._failures = failures

    def say(self, who: str, text: str) -> None:
        """Show what somebody said."""
        self._console.print(f"[bold cyan]{who}:[/] {escape(text)}")

    def note(self, text: str) -> None:
        """Show a remark of the program itself."""
        self._console.print(f"  [dim]{escape(text)}[/]")

    def talk(self, answer: Command, commands: Mapping[str, Command]) -> None:
        """Hold the conversation."""
        for name, command in commands.items():
            self.note(f"/{name}: {command.__doc__}")
        self.note("/quit: Ends the conversation.")
        while (line := self._line()) != "/quit":
            name, _, rest = line.partition(" ")
            if line.startswith("/"):
                self._try(commands.get(name.removeprefix("/"), self._unknown), rest.strip())
            elif line:
                self._try(answer, line)

    def _unknown(self, _: str) -> None:
        self.note("There is no such command.")

    def _try(self, command: Command, text: str) -> None:
        try:
            command(text)
        except KeyboardInterrupt:
            self.note("interrupted")
        except self._failures as failure:
            self._console.print(f"  [red]{escape(str(failure))}[/]")

    def _line(self) -> str:
        try:
            line = self._console.input("[bold green]You:[/] ").strip()
        except (EOFError, KeyboardInterrupt):
            self._console.print()
            return "/quit"
        if not sys.stdin.isatty():
            # Then nobody saw it typed.
            self._console.print(escape(line))
        return line
