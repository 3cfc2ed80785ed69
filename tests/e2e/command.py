"""The `loci` command as a process: start it, wait for it, talk to it, stop or kill it."""

import os
import re
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import psutil

ROOT = Path(__file__).parents[2]
LAUNCHER = ROOT / "loci"

_START_SECONDS = 240.0
_STOP_SECONDS = 90.0
_COMMAND_SECONDS = 180.0
_POLL_SECONDS = 0.05


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [str(LAUNCHER), *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=_COMMAND_SECONDS,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def environment(**settings: object) -> dict[str, str]:
    """This process's environment without settings of Loci, and with the given ones."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LOCI_", "NEO4J_"))}
    # A small heap: several servers may run at once on a small machine.
    memory = {"LOCI_NEO4J_HEAP_MEBIBYTES": "512", "LOCI_NEO4J_PAGE_CACHE_MEBIBYTES": "128"}
    return kept | memory | {name: str(value) for name, value in settings.items()}


@dataclass(slots=True, kw_only=True)
class LociProcess:
    """`./loci serve` on its own data directory and port."""

    data_dir: Path
    api_key: str | None = None
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict[str, str])
    _process: subprocess.Popen[bytes] | None = None

    @property
    def _output(self) -> Path:
        return self.data_dir.with_name(f"{self.data_dir.name}.output")

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"LOCI_DATA_DIR": str(self.data_dir)}
        if self.api_key is not None:
            own["LOCI_API_KEY"] = self.api_key
        return environment(**own, **self.settings)

    def launch(self) -> None:
        """Start it and return at once."""
        self._output.parent.mkdir(parents=True, exist_ok=True)
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [str(LAUNCHER), "serve", "--port", str(self.port)],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start(self) -> float:
        """Start it, wait until it is ready; the seconds that took."""
        began = time.monotonic()
        self.launch()
        self.wait_for(self.is_ready, seconds=_START_SECONDS)
        return time.monotonic() - began

    def stop(self) -> int:
        """Stop it as Ctrl-C does; the exit code."""
        if self._process is None:
            return 0
        os.killpg(self._process.pid, signal.SIGINT)
        code = self._process.wait(_STOP_SECONDS)
        self._process = None
        return code

    def kill(self) -> None:
        """Kill the service, not its database, without a chance to clean up."""
        for process in self.python_processes():
            process.kill()
        if self._process is not None:
            self._process.wait(_STOP_SECONDS)
            self._process = None

    def python_processes(self) -> list[psutil.Process]:
        """The launcher's own process and the service under it."""
        if self._process is None:
            return []
        launcher = psutil.Process(self._process.pid)
        family = [launcher, *launcher.children(recursive=True)]
        return [one for one in family if "java" not in one.name() and one.name() != "sh"]

    def java_process(self) -> psutil.Process | None:
        """The database's process, however it was started."""
        for process in psutil.process_iter():
            try:
                if "java" in process.name() and any(str(self.data_dir) in part for part in process.cmdline()):
                    return process
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return None

    def output(self) -> str:
        """All that it printed so far, without colours."""
        if not self._output.exists():
            return ""
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self._output.read_text(errors="replace"))

    def is_ready(self) -> bool:
        """Whether it says that it can serve."""
        try:
            return httpx2.get(f"{self.base_url}/readyz", timeout=5).is_success
        except httpx2.TransportError:
            return False

    def client(self, api_key: str | None = None) -> httpx2.Client:
        """An HTTP client with the tenant's key, or another one."""
        key = api_key or self.api_key
        return httpx2.Client(
            base_url=self.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=60, trust_env=False
        )

    def wait_for(self, condition: object, *, seconds: float) -> None:
        """Poll until the condition holds; fail with the output when it never does, or the process ends."""
        assert callable(condition)
        deadline = time.monotonic() + seconds
        while not condition():
            ended = self._process is not None and self._process.poll() is not None
            assert not ended, f"the command ended:\n{self.output()}"
            assert time.monotonic() < deadline, f"gave up after {seconds} s:\n{self.output()}"
            time.sleep(_POLL_SECONDS)
