"""The numbered schema files: what is applied to a database once, in order, and never edited afterwards."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString, cast

from app.graph import cypher_files
from app.graph.cypher_files import Access, CypherFile, MalformedQuery

_NAME = re.compile(r"schema/(\d{4})_(\w+)")
_END_OF_STATEMENT = re.compile(r";\s*$", re.MULTILINE)
_REMOVAL = re.compile(r"\bDROP\s+(?:CONSTRAINT|INDEX)\s+(\w+)\s+IF\s+EXISTS\b")
_CREATION = re.compile(r"\bCREATE\s[^(]*?\b(?:CONSTRAINT|INDEX)\s+(\w+)\s+IF\s+NOT\s+EXISTS\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFile:
    """One step of the schema: `creates` names its constraints and indexes, `drops` those of earlier steps.

    `checksum` is the SHA-256 of the file's text.
    """

    version: int
    name: str
    creates: tuple[str, ...]
    drops: tuple[str, ...]
    statements: tuple[LiteralString, ...]
    params: frozenset[str]
    checksum: str


def load(directory: Path) -> Sequence[SchemaFile]:
    """All schema files in order, numbered from 1 without a gap. Raises: MalformedQuery."""
    files = [_schema_file(one) for one in cypher_files.read_all(directory) if one.access is Access.SCHEMA]
    if not files or [file.version for file in files] != list(range(1, len(files) + 1)):
        raise MalformedQuery(f"the schema files in {directory} are not numbered 0001, 0002, …")
    return files


def statements(text: str) -> tuple[str, ...]:
    r"""The statements of a file, which end with `;` at the end of a line.

    >>> statements("// why\nCREATE INDEX a;\nCREATE INDEX\n  b;\n")
    ('CREATE INDEX a', 'CREATE INDEX\n  b')
    """
    parts = _END_OF_STATEMENT.split(cypher_files.without_comments(text))
    return tuple(part.strip() for part in parts if part.strip())


def created_name(statement: str) -> str:
    """The constraint or index that a statement makes where it is absent.

    A start may run a statement again, so one that does not say `IF NOT EXISTS` of a name is refused.

    Raises: MalformedQuery.

    >>> created_name("CYPHER 25 CREATE RANGE INDEX by_age IF NOT EXISTS FOR (m:Memory) ON (m.age)")
    'by_age'
    """
    found = _CREATION.search(statement)
    if found is None:
        raise MalformedQuery(f"not of the form CREATE … name IF NOT EXISTS: {statement}")
    return found.group(1)


def dropped_name(statement: str) -> str | None:
    """The constraint or index of an earlier step that a statement removes, if it does that.

    >>> dropped_name("CYPHER 25 DROP INDEX by_age IF EXISTS")
    'by_age'
    """
    found = _REMOVAL.search(statement)
    return None if found is None else found.group(1)


def _schema_file(file: CypherFile) -> SchemaFile:
    numbered = _NAME.fullmatch(file.name)
    if numbered is None:
        raise MalformedQuery(f"{file.name}: a schema file lies in `schema` and is named NNNN_subject")
    parts = statements(file.text)
    for part in parts:
        cypher_files.check_language(file.name, part)
    return SchemaFile(
        version=int(numbered.group(1)),
        name=numbered.group(2),
        creates=tuple(created_name(part) for part in parts if dropped_name(part) is None),
        drops=tuple(name for part in parts if (name := dropped_name(part)) is not None),
        statements=tuple(cast("LiteralString", part) for part in parts),
        params=file.params,
        checksum=hashlib.sha256(file.text.replace("\r\n", "\n").encode()).hexdigest(),
    )
