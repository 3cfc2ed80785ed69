"""The JVM as a process: started directly, in a session of its own, and ended in good order.

An owned process dies with its parent, whatever ends that one: a watchdog shell holds the read end of a
pipe whose write end only the parent has, so the parent's death is an end of file there. A detached
process lives on. In both cases Ctrl-C in the terminal reaches neither.
"""

import contextlib
import os
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import psutil

# A line on the pipe means that the server has ended and its number may be another program's by now.
# The argument file on the command line is the proof that the number is still the server's. The shell
# itself is given the path without the "@", or it would be taken for a server (`server_record`).
_WATCHDOG = """
if read -r line; then exit 0; fi
is_ours() {
  if [ -d /proc/self ]; then grep -qF -- "$2" "/proc/$1/cmdline"
  else ps -ww -o args= -p "$1" | grep -qF -- "$2"; fi 2>/dev/null
}
is_ours "$1" "$2" || exit 0
kill -TERM "$1"
waited=0
while [ "$waited" -lt "$3" ]; do
  sleep 1
  is_ours "$1" "$2" || exit 0
  waited=$((waited + 1))
done
kill -KILL "$1"
"""
# The shell ends at once, so the server becomes a child of init, which reaps it whenever it dies.
_DETACH = '"$@" </dev/null >"$LOCI_CONSOLE_LOG" 2>&1 & echo $!'


class ServerProcess(Protocol):
    """What the rest needs of a running JVM, whoever started it."""

    @property
    def pid(self) -> int:
        """Its process id."""
        ...

    @property
    def exit_status(self) -> str:
        """How it ended, in words."""
        ...

    def has_ended(self) -> bool:
        """Whether it runs no longer."""
        ...

    def end(self, *, timeout_seconds: float) -> bool:
        """Ask it to stop and wait; kill it after the time-out. True if it stopped in good order."""
        ...


class OwnedProcess:
    """A server that ends when this process ends."""

    def __init__(
        self,
        java: Path,
        arguments_file: Path,
        *,
        log: Path,
        environment: Mapping[str, str],
        grace_seconds: int,
    ) -> None:
        with log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603  our own command line, no shell
                [java, f"@{arguments_file}"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                cwd=log.parent,
                start_new_session=True,
            )
        self._watchdog = _Watchdog(self._process.pid, arguments_file, grace_seconds=grace_seconds)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def exit_status(self) -> str:
        """How it ended, in words."""
        code = self._process.poll()
        if code is None:
            return "it runs"
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def has_ended(self) -> bool:
        """Whether it runs no longer; then the watchdog is gone too."""
        if self._process.poll() is None:
            return False
        self._watchdog.dismiss()
        return True

    def end(self, *, timeout_seconds: float) -> bool:
        """Ask it to stop and wait; kill it after the time-out. True if it stopped in good order."""
        self._process.terminate()
        try:
            self._process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        finally:
            self._watchdog.dismiss()
        # 143: the JVM's answer to SIGTERM after all its shutdown hooks have run.
        return self._process.returncode in {0, 143}


class DetachedProcess:
    """A server that outlives this process, known by its number."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        try:
            self._process: psutil.Process | None = psutil.Process(pid)
        except psutil.NoSuchProcess:
            self._process = None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._pid

    @property
    def exit_status(self) -> str:
        """How it ended: only its parent, which is init, is told."""
        return "for an unknown reason"

    def has_ended(self) -> bool:
        """Whether it runs no longer."""
        return self._process is None or not _lives(self._process)

    def end(self, *, timeout_seconds: float) -> bool:
        """Ask it to stop and wait; kill it after the time-out. True if it stopped in good order."""
        if self._process is None:
            return False
        with contextlib.suppress(psutil.NoSuchProcess):
            self._process.terminate()
        try:
            self._process.wait(timeout_seconds)
        except psutil.TimeoutExpired:
            with contextlib.suppress(psutil.NoSuchProcess):
                self._process.kill()
            return False
        return True


def start_detached(
    java: Path, arguments_file: Path, *, log: Path, environment: Mapping[str, str]
) -> DetachedProcess:
    """Start a server that outlives this process."""
    answer = subprocess.run(  # noqa: S603  a fixed script; the paths are arguments, not script
        ["/bin/sh", "-c", _DETACH, "sh", java, f"@{arguments_file}"],
        env={**environment, "LOCI_CONSOLE_LOG": str(log)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        cwd=log.parent,
        start_new_session=True,
        check=True,
    )
    return DetachedProcess(int(answer.stdout))


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class _Watchdog:
    """The shell at the other end of the pipe."""

    def __init__(self, pid: int, arguments_file: Path, *, grace_seconds: int) -> None:
        # Descriptors made by Python are closed in every program it starts, so no other process holds these.
        read_end, self._write_end = os.pipe()
        self._lock = threading.Lock()
        self._dismissed = False
        try:
            self._shell = subprocess.Popen(  # noqa: S603  a fixed script; the path is an argument, not script
                ["/bin/sh", "-c", _WATCHDOG, "sh", str(pid), arguments_file, str(grace_seconds)],
                stdin=read_end,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            os.close(read_end)

    def dismiss(self) -> None:
        """The server is dead: end the shell without letting it act."""
        with self._lock:
            if self._dismissed:
                return
            self._dismissed = True
            with contextlib.suppress(BrokenPipeError):
                os.write(self._write_end, b"\n")
            os.close(self._write_end)
            self._shell.wait()
