"""Picks ports of 127.0.0.1 and keeps to them, so that addresses people have written down stay right."""

import random
import socket

from app.errors import DatabaseNotStarted

# Below the range from which Linux (32768) and macOS (49152) take ports for outgoing connections:
# a port from there could be taken by any client between two starts.
_RANGE = range(20_000, 32_768)
_ATTEMPTS = 100


def choose(*, wanted: int | None, remembered: int | None, taken: int | None = None) -> int:
    """`wanted` if given, else `remembered` if it is free, else a free one; never `taken`, the other port.

    Raises: DatabaseNotStarted where `wanted` is not free.
    """
    if wanted is not None:
        return _insist(wanted, taken=taken)
    if remembered is not None and remembered != taken and is_free(remembered):
        return remembered
    candidates = random.sample(_RANGE, _ATTEMPTS)
    for port in candidates:
        if port != taken and is_free(port):
            return port
    raise DatabaseNotStarted("No free port of 127.0.0.1 was found between 20000 and 32767.")


def _insist(wanted: int, *, taken: int | None) -> int:
    if wanted == taken:
        raise DatabaseNotStarted(
            f"Port {wanted} cannot serve both Bolt and the Browser; give LOCI_NEO4J_BOLT_PORT and"
            " LOCI_NEO4J_HTTP_PORT different values, or leave one out."
        )
    if not is_free(wanted):
        raise DatabaseNotStarted(
            f"Port {wanted} of 127.0.0.1 is in use; free it, or choose another with LOCI_NEO4J_BOLT_PORT or"
            " LOCI_NEO4J_HTTP_PORT."
        )
    return wanted


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the JVM does: connections of the previous server that linger in TIME_WAIT do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
