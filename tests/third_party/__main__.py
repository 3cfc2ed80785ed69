"""Tries what others have written for the APIs that Loci speaks, each in an environment of its own.

`./loci test --third-party` starts this. Further arguments go to pytest, for each of the environments. It
ends with 1 when an environment cannot be made or a test fails.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from tests.e2e.command import ROOT, LociProcess
from tests.third_party import environments
from tests.third_party.environments import NotMade

_FOLDER = Path(__file__).parent.relative_to(ROOT).as_posix()
_PYTEST = ("-m", "pytest", "-c", f"{_FOLDER}/pytest.ini", "--rootdir", _FOLDER)
_TUTORIAL = "tests/e2e/test_persistmemory_tutorial.py"


def main() -> int:
    """Make the environments, start one service, run all tests; 1 when something failed."""
    console = Console(stderr=True)
    try:
        pythons = _environments(console)
    except NotMade as reason:
        console.print(f"[red]{reason}[/red]", soft_wrap=True)
        return 1
    failed = [*_packages(console, pythons), *_tutorial(console, pythons["tutorial"])]
    console.print(f"[red]failed:[/red] {', '.join(failed)}" if failed else "[green]all of them work[/green]")
    return 1 if failed else 0


def _environments(console: Console) -> dict[str, Path]:
    made = dict[str, Path]()
    for name in environments.NAMES:
        console.rule(f"environment {name}", align="left")
        made[name] = environments.make(name)
    return made


def _packages(console: Console, pythons: Mapping[str, Path]) -> list[str]:
    """The packages whose tests failed; each runs against the same service."""
    packages = ("langchain", "crewai")
    with tempfile.TemporaryDirectory(prefix="loci-third-party-") as folder:
        loci = LociProcess(data_dir=Path(folder) / "data", api_key="key-of-the-third-parties")
        try:
            with console.status("starting Loci"):
                loci.start()
            variables = _variables(loci, Path(folder))
            return [name for name in packages if not _package_works(console, name, pythons[name], variables)]
        finally:
            loci.stop()


def _package_works(console: Console, name: str, python: Path, variables: Mapping[str, str]) -> bool:
    return _passes(
        console, f"smara-{name}", [str(python), *_PYTEST, f"{_FOLDER}/test_smara_{name}.py"], variables
    )


def _tutorial(console: Console, python: Path) -> list[str]:
    """The tutorial with the packages that it tells to install; it starts a service of its own."""
    name = "the PersistMemory tutorial"
    command = [sys.executable, "-m", "pytest", _TUTORIAL]
    return [] if _passes(console, name, command, {"LOCI_TEST_TUTORIAL_PYTHON": str(python)}) else [name]


def _variables(loci: LociProcess, folder: Path) -> dict[str, str]:
    """Where the service is, and a home for packages that write there; none of them reports to its makers."""
    return {
        "LOCI_URL": loci.base_url,
        "LOCI_API_KEY": loci.api_key or "",
        "HOME": str(folder),
        "NO_PROXY": "127.0.0.1",
        "CREWAI_DISABLE_TELEMETRY": "true",
        "CREWAI_TRACING_ENABLED": "false",
        "OTEL_SDK_DISABLED": "true",
        "LANGSMITH_TRACING": "false",
    }


def _passes(console: Console, name: str, command: Sequence[str], variables: Mapping[str, str]) -> bool:
    console.rule(name, align="left")
    environment = {**os.environ, **variables}
    done = subprocess.run(
        [*command, *sys.argv[1:]], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
