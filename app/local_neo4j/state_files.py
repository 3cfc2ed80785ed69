"""Small JSON and text files of state: written whole or not at all, readable by their owner only."""

import os
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def read(path: Path, adapter: TypeAdapter[T]) -> T | None:
    """What the file holds, or `None` where it is missing or does not have that shape.

    Raises: OSError where it is there, but cannot be read.
    """
    try:
        return adapter.validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None


def write(path: Path, adapter: TypeAdapter[T], value: T) -> None:
    """Replace the file by this value."""
    write_text(path, adapter.dump_json(value, indent=1).decode())


def write_text(path: Path, text: str) -> None:
    """Replace the file by this text, mode 0600; after a crash either the old or the new one is there."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
