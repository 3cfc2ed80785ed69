"""The command line: translates arguments into calls, results into text, errors into one sentence."""

import sys

from app.errors import LociError

INTERRUPTED = 130
"""128 + SIGINT, as shells count."""


def main() -> None:
    """Run a command; an error that has a sentence is printed as that sentence, exit code 1."""
    try:
        # Imported here, since it takes a second or two in which people press Ctrl-C, too.
        from app.cli import commands

        commands.app()
    except LociError as error:
        _say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        _say("interrupted")
        sys.exit(INTERRUPTED)


def _say(sentence: str) -> None:
    sys.stderr.write(f"loci: {sentence}\n")
