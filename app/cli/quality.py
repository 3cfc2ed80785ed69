"""`loci test` and `loci check`: the same tools that CI runs, with the same arguments."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

PASS_ARGUMENTS = {"allow_extra_args": True, "ignore_unknown_options": True}

_ROOT = Path(__file__).parents[2]
_PYTHON = (sys.executable, "-m")
_CLIENT = "clients/python"
_SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")
"""Of a whole run: files of tests at a time, each process with a Neo4j of its own."""

_CHECKS: dict[str, tuple[str, ...]] = {
    "format": (*_PYTHON, "ruff", "format", "--check", "."),
    "lint": (*_PYTHON, "ruff", "check", "."),
    "types": (*_PYTHON, "pyright", "--project", "."),
    "layers": (str(Path(sys.executable).with_name("lint-imports")),),
    "fast tests": (
        *_PYTHON, "pytest", "-q", "app", "examples", "tests/architecture", "tests/unit", "tests/property",
    ),
    "client types": (*_PYTHON, "pyright", "--project", _CLIENT),
    "client tests": (
        *_PYTHON, "pytest", "-q", "-c", f"{_CLIENT}/pyproject.toml", "--rootdir", _CLIENT, _CLIENT,
    ),
}  # fmt: skip


_ThirdParty = Annotated[
    bool,
    typer.Option(
        "--third-party",
        help="Instead, try packages that others wrote for the same APIs, each in an environment made for it.",
    ),
]


def test(context: typer.Context, *, third_party: _ThirdParty = False) -> None:  # noqa: PT028  # a command
    """Run the whole test suite on a disposable Neo4j; further arguments go to pytest."""
    if third_party:
        raise typer.Exit(_run((*_PYTHON, "tests.third_party", *context.args)))
    raise typer.Exit(_run((*_PYTHON, "pytest", *(context.args or _SIDE_BY_SIDE))))


def check() -> None:
    """Run format, lint, types, layers, and the tests that need no database."""
    console = Console(stderr=True)
    failed = [name for name, command in _CHECKS.items() if not _passes(console, name, command)]
    if failed:
        console.print(f"[red]failed:[/red] {', '.join(failed)}")
        raise typer.Exit(1)
    console.print("[green]all checks passed[/green]")


def _passes(console: Console, name: str, command: Sequence[str]) -> bool:
    console.rule(name, align="left")
    return _run(command) == 0


def _run(command: Sequence[str]) -> int:
    if not (_ROOT / "tests").is_dir():
        typer.echo("loci: tests and checks run from a checkout of the project, not from an installed package")
        return 1
    return subprocess.run(command, cwd=_ROOT, check=False).returncode  # noqa: S603  # fixed commands
