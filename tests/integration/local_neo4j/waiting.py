"""Polling with a deadline."""

import asyncio
import time
from collections.abc import Callable

import psutil

DEADLINE_SECONDS = 90.0


def until(condition: Callable[[], bool], *, seconds: float = DEADLINE_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


async def until_async(condition: Callable[[], bool], *, seconds: float = DEADLINE_SECONDS) -> bool:
    return await asyncio.to_thread(until, condition, seconds=seconds)


def gone(pid: int) -> bool:
    """Whether no such process runs; one that nobody has waited for yet does not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
