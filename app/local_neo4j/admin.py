"""Runs Neo4j's administration tool on an instance whose server is stopped."""

import subprocess

from app.errors import DatabaseNotStarted
from app.local_neo4j import jvm
from app.local_neo4j.installation import Installation
from app.local_neo4j.instance import Instance

_PASSWORD_SECONDS = 120


def run(
    installation: Installation, instance: Instance, *command: str, timeout_seconds: float | None
) -> "subprocess.CompletedProcess[str]":
    """Run one command of the tool; the conf file must be there.

    `command` never shows in the process list. Raises: subprocess.TimeoutExpired.
    """
    arguments_file = instance.root / "conf" / "tool.arguments"
    jvm.write(arguments_file, jvm.tool_arguments(installation, *command))
    try:
        return subprocess.run(  # noqa: S603  our own command line, no shell
            [installation.java.executable, f"@{arguments_file}"],
            env=jvm.environment(instance),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout_seconds,
            check=False,
        )
    finally:
        arguments_file.unlink()


def set_initial_password(
    installation: Installation,
    instance: Instance,
    password: str,
    *,
    timeout_seconds: float = _PASSWORD_SECONDS,
) -> None:
    """Tell Neo4j the password of the user `neo4j`, before its first start; repeating it is harmless.

    Raises: DatabaseNotStarted.
    """
    command = ("dbms", "set-initial-password", password)
    try:
        done = run(installation, instance, *command, timeout_seconds=timeout_seconds)
    except subprocess.TimeoutExpired as error:
        raise DatabaseNotStarted(
            f"Neo4j did not take its initial password within {timeout_seconds:.0f} s; this machine is busy or"
            " short of memory, so make room and start again."
        ) from error
    if done.returncode != 0:
        reason = (done.stdout.strip().splitlines() or ["no output"])[-1].replace(password, "***")
        raise DatabaseNotStarted(f"Neo4j did not accept its initial password: {reason}")
