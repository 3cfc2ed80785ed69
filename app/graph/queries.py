"""The statements that Loci runs, loaded and checked once at start, each under the name of its file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString, TypeAlias, cast

from app.graph import cypher_files
from app.graph.cypher_files import Access, CypherFile, MalformedQuery

_LAST_RETURN = re.compile(r"\bRETURN\b(?:\s+DISTINCT\b)?(?!.*\bRETURN\b)(.*)", re.DOTALL)
_AFTER_RETURN = re.compile(r"\b(?:ORDER\s+BY|SKIP|OFFSET|LIMIT)\b")
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One statement: `params` are all and the only parameters, `returns` the columns in order."""

    name: str
    purpose: str
    text: LiteralString
    access: Access
    params: frozenset[str]
    returns: tuple[str, ...]


Queries: TypeAlias = Mapping[str, Query]
"""All statements but those of the schema, by name."""


def load(directory: Path) -> Queries:
    """Every statement of the directory. Raises: MalformedQuery."""
    files = cypher_files.read_all(directory)
    return {file.name: _query(file) for file in files if file.access is not Access.SCHEMA}


def returned_names(statement: str) -> tuple[str, ...]:
    """The columns of the last RETURN clause, without its comments.

    >>> returned_names("… RETURN one AS first, [two, three] AS pair, total LIMIT 1")
    ('first', 'pair', 'total')
    """
    clause = _LAST_RETURN.search(_without_subqueries(statement))
    if clause is None:
        return ()
    items = _AFTER_RETURN.split(clause.group(1))[0].split(",")
    return tuple(item.strip().rpartition(" AS ")[2].strip() for item in items)


def _query(file: CypherFile) -> Query:
    statement = cypher_files.without_comments(file.text)
    cypher_files.check_language(file.name, statement)
    found = returned_names(statement)
    if found != file.returns:
        raise MalformedQuery(f"{file.name}: declares to return {file.returns}, but returns {found}")
    return Query(
        name=file.name,
        purpose=file.purpose,
        # The one place where text becomes a statement: it comes from our own files, never from input.
        text=cast("LiteralString", file.text),
        access=file.access,
        params=file.params,
        returns=file.returns,
    )


def _without_subqueries(statement: str) -> str:
    # Whatever is inside brackets belongs to one item or to a subquery, and has no say in the columns.
    depth, kept = 0, list[str]()
    for character in statement:
        depth -= character in _CLOSING
        if depth == 0:
            kept.append(character)
        depth += character in _OPENING
    return "".join(kept)
