"""What `loci doctor` says about the facts it found: each is well, or comes with what to do about it."""

import errno
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from app.embedding import ModelFiles
from app.graph.health import Description

_LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do where it is not well."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def listening(host: str, port: int, *, loci_runs: bool) -> Finding:
    """Whether `loci serve` could listen there; a taken port is well while Loci itself runs."""
    refused = _refusal_to_listen(host, port)
    if refused is None:
        return Finding(name="port", ok=True, detail=f"{port} is free")
    if refused.errno != errno.EADDRINUSE:
        detail = f"{host} port {port}: {refused.strerror}"
        return Finding(name="port", ok=False, detail=detail, remedy="set another LOCI_HOST or LOCI_PORT")
    if loci_runs:
        return Finding(name="port", ok=True, detail=f"{port} is in use, as expected while Loci runs")
    remedy = "stop what uses it, or set LOCI_PORT"
    return Finding(name="port", ok=False, detail=f"{port} is in use", remedy=remedy)


def database_port(
    name: str, *, wanted: int | None, remembered: int | None, setting: str
) -> Sequence[Finding]:
    """Whether the stopped database would come back there; nothing where its first start picks the port.

    A port that `setting` asks for is insisted on; a remembered one that is taken is replaced.
    """
    port = wanted or remembered
    if port is None:
        return []
    if _refusal_to_listen(_LOCAL, port) is None:
        return [Finding(name=name, ok=True, detail=f"{port} is free")]
    if wanted is None:
        return [Finding(name=name, ok=True, detail=f"{port} is in use; the next start picks another")]
    remedy = f"stop what uses it, or set another {setting}"
    return [Finding(name=name, ok=False, detail=f"{port} is in use", remedy=remedy)]


def database(found: Description, *, model: ModelFiles | None) -> Sequence[Finding]:
    """What a start would say of that database; `model` is the configured one, None where it is unusable."""
    detail = f"Neo4j {found.version} {found.edition}, {found.nodes.get('Memory', 0)} memories"
    return [
        Finding(name="database", ok=True, detail=detail),
        _schema(found),
        _indexes(found),
        _vectors(found, model),
    ]


def _schema(found: Description) -> Finding:
    remedy = found.schema_refusal or ""
    if not remedy and found.schema_version < found.newest_schema_version:
        remedy = "`./loci serve` brings it up to date"
    detail = f"{found.schema_version} of {found.newest_schema_version}"
    return Finding(name="schema", ok=not remedy, detail=detail, remedy=remedy)


def _indexes(found: Description) -> Finding:
    missing = [f"{name} MISSING" for name in found.missing_indexes]
    waiting = [f"{name} {state}" for name, state in found.index_states.items() if state != "ONLINE"]
    remedies = [
        "start `./loci serve` again to make what is missing" if missing else "",
        "wait until they are filled, or see Neo4j's debug.log" if waiting else "",
    ]
    return Finding(
        name="indexes",
        ok=not missing and not waiting,
        detail=", ".join(missing + waiting) or f"all {len(found.index_states)} online",
        remedy="; ".join(filter(None, remedies)),
    )


def _vectors(found: Description, model: ModelFiles | None) -> Finding:
    recorded = found.embedding_model
    if recorded is None:
        return Finding(name="vectors", ok=True, detail="none yet")
    detail = f"{recorded.name}, {recorded.dimensions} numbers, SHA-256 {recorded.digest[:12]}…"
    if model is None or (model.name, model.digest) == (recorded.name, recorded.digest):
        return Finding(name="vectors", ok=True, detail=detail)
    remedy = (
        f"Loci is set to {model.name}, SHA-256 {model.digest[:12]}…; set LOCI_EMBEDDING_MODEL to the model "
        "of these vectors, or use another database (LOCI_DATA_DIR or NEO4J_URI)"
    )
    return Finding(name="vectors", ok=False, detail=detail, remedy=remedy)


def _refusal_to_listen(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As servers do: what lingers of connections that have ended does not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error
    return None
