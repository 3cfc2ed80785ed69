"""The files under `cypher/`: where they are, and the header that each of them begins with.

The header is, in this order: a sentence of purpose, `access`, `params` and `returns`; a line indented
further continues the one before. Comments after it say why the statement is as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_FIELDS = ("access", "params", "returns")
_PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
_LANGUAGE = "CYPHER 25"
_FOR_PEOPLE = "explore"
"""Saved queries for Neo4j Browser; Loci never runs them."""


class Access(StrEnum):
    """What a statement does to the database."""

    READ = "read"
    WRITE = "write"
    SCHEMA = "schema"


class MalformedQuery(ValueError):
    """A Cypher file does not keep to the form above: a mistake in the program, not in its set-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CypherFile:
    """One file: its name (`folder/stem`), its header, and all of its text."""

    name: str
    purpose: str
    access: Access
    params: frozenset[str]
    returns: tuple[str, ...]
    text: str


def default_directory() -> Path:
    """`_cypher` inside the package once installed, `cypher` beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_cypher"
    return inside if inside.is_dir() else package.parent / "cypher"


def read_all(directory: Path) -> Iterator[CypherFile]:
    """All files that Loci runs, by name. Raises: MalformedQuery."""
    for path in sorted(directory.glob("*/*.cypher")):
        if path.parent.name != _FOR_PEOPLE:
            yield parse(f"{path.parent.name}/{path.stem}", path.read_text(encoding="utf-8"))


def parse(name: str, text: str) -> CypherFile:
    """One file from its text. Raises: MalformedQuery, saying what is wrong with it."""
    purpose, fields = _header(name, text)
    parsed = CypherFile(
        name=name,
        purpose=purpose,
        access=_access(name, fields["access"]),
        params=frozenset(_names(fields["params"])),
        returns=_names(fields["returns"]),
        text=text,
    )
    _check_params(parsed)
    return parsed


def without_comments(text: str) -> str:
    r"""The statements alone.

    >>> without_comments("// why\nRETURN 1\n")
    'RETURN 1'
    """
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("//")]
    return "\n".join(kept).strip()


def check_language(name: str, statement: str) -> None:
    """Refuse a statement that leaves its language version to the server's default.

    Raises: MalformedQuery.
    """
    if not statement.startswith(_LANGUAGE):
        raise MalformedQuery(f"{name}: every statement begins with {_LANGUAGE}")


def _header(name: str, text: str) -> tuple[str, Mapping[str, str]]:
    lines = _joined(text)
    if len(lines) < 1 + len(_FIELDS) or not lines[0].endswith("."):
        raise MalformedQuery(f"{name}: the header begins with a sentence of purpose, then {_FIELDS}")
    fields: dict[str, str] = {}
    for field, line in zip(_FIELDS, lines[1:], strict=False):
        key, colon, value = line.partition(": ")
        if key != field or not colon or not value.strip():
            raise MalformedQuery(f"{name}: expected `// {field}: …`, found `// {line}`")
        fields[field] = value
    return lines[0], fields


def _joined(text: str) -> list[str]:
    joined: list[str] = []
    for line in text.splitlines():
        if not line.startswith("// "):
            break
        if line.startswith("//   ") and joined:
            joined[-1] += " " + line[2:].strip()
        else:
            joined.append(line[3:])
    return joined


def _names(value: str) -> tuple[str, ...]:
    return () if value.strip() == "none" else tuple(part.strip() for part in value.split(","))


def _access(name: str, value: str) -> Access:
    try:
        return Access(value.strip())
    except ValueError:
        raise MalformedQuery(f"{name}: access is read, write or schema, not {value}") from None


def _check_params(parsed: CypherFile) -> None:
    used = frozenset(_PARAMETER.findall(without_comments(parsed.text)))
    if unused := parsed.params - used:
        raise MalformedQuery(f"{parsed.name}: declared and never used: {sorted(unused)}")
    if undeclared := used - parsed.params:
        raise MalformedQuery(f"{parsed.name}: used and not declared: {sorted(undeclared)}")
