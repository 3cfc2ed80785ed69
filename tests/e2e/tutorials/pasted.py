"""Runs listings one after another as if they were pasted at one Python prompt, and tells what became of each.

Started in a process of its own, in the folder of the listings, with their names as arguments. It prints a
JSON list: for each listing, what it printed, the values that a prompt would have shown, and the variables.
"""

import ast
import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any


def paste(listing: Path, names: dict[str, Any]) -> dict[str, Any]:
    """Run the statements of a listing; `names` are the variables of the prompt and change."""
    printed, shown = io.StringIO(), list[Any]()
    sys.displayhook = shown.append
    with contextlib.redirect_stdout(printed):
        for statement in ast.parse(listing.read_text()).body:
            code = compile(ast.Interactive([statement]), listing.name, "single")
            exec(code, names)  # noqa: S102  # to run it is the purpose
    variables = {name: value for name, value in names.items() if not name.startswith("__")}
    # None is not shown at a prompt either.
    values = [value for value in shown if value is not None]
    said = {"printed": printed.getvalue(), "shown": values, "variables": variables}
    return json.loads(json.dumps(said, default=as_json))


def as_json(value: Any) -> object:
    """An answer over HTTP as its status and body, anything else as its repr."""
    if hasattr(value, "status_code"):
        return {"status": value.status_code, "body": value.json()}
    return repr(value)


def main() -> None:
    """Paste the listings named by the arguments, or of standard input."""
    sys.path.insert(0, str(Path.cwd()))
    names: dict[str, Any] = {"__name__": "__main__"}
    said = [paste(Path(name), names) for name in sys.argv[1:]]
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
