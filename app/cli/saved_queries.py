"""The saved queries of `cypher/explore/`, in the forms in which people and Neo4j Browser take them.

A saved query has the header of every Cypher file, and below it one line `// :param name => value` for
each parameter: Browser's own command that sets it, with a value to begin with. Loci never runs them.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import InvalidInput, NotFound
from app.graph import cypher_files
from app.graph.cypher_files import Access, MalformedQuery

FOLDER = "explore"
_HINT = re.compile(r"^// :param (\w+) => (.+)$", re.MULTILINE)
_FOR_THE_LOADER = re.compile(r"^// (?:access|params|returns): .*\n(?://   .*\n)*", re.MULTILINE)
_HINTS = re.compile(r"^// :param .*\n", re.MULTILINE)
_PARAMETER = re.compile(r"\$(\w+)")
# Browser cuts a query from an address at & and #, and takes a semicolon for the end of a statement.
_ESCAPED = {ord("\\"): r"\\", ord("'"): r"\'", **{ord(one): f"\\u{ord(one):04x}" for one in "&#;\n\r"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """One query: `values` are a Cypher expression for each parameter, in the order of the file."""

    name: str
    purpose: str
    values: Mapping[str, str]
    text: str


def style(directory: Path) -> Path:
    """The style sheet that goes with the queries."""
    return directory / FOLDER / "loci.grass"


def read_all(directory: Path) -> Sequence[SavedQuery]:
    """All saved queries, by name. Raises: MalformedQuery."""
    files = sorted((directory / FOLDER).glob("*.cypher"))
    return [parse(file.stem, file.read_text(encoding="utf-8")) for file in files]


def parse(name: str, text: str) -> SavedQuery:
    """One query from its text. Raises: MalformedQuery."""
    parsed = cypher_files.parse(f"{FOLDER}/{name}", text)
    values = dict(_HINT.findall(text))
    if parsed.access is not Access.READ:
        raise MalformedQuery(f"{parsed.name}: a saved query only reads")
    if frozenset(values) != parsed.params:
        raise MalformedQuery(f"{parsed.name}: each parameter needs a line `// :param name => value`")
    return SavedQuery(
        name=name, purpose=parsed.purpose, values=values, text=_FOR_THE_LOADER.sub("", text, count=3)
    )


def named(queries: Sequence[SavedQuery], name: str) -> SavedQuery:
    """The query of that name. Raises: NotFound."""
    for query in queries:
        if query.name == name:
            return query
    raise NotFound(f"There is no saved query {name}; `loci browser --queries` lists them")


def filled(query: SavedQuery, given: Mapping[str, str]) -> str:
    r"""The query's text with values in place of its parameters, to be run as it is.

    Where the value to begin with is a text, so is the one given; elsewhere it is taken as Cypher.

    Raises: InvalidInput for a value whose parameter the query does not have.

    >>> query = parse("q", "// One.\n// access: read\n// params: id\n// returns: id\n"
    ...     "// :param id => 'ann'\nCYPHER 25\nRETURN $id AS id\n")
    >>> filled(query, {}), filled(query, {"id": "O'Neill"})
    ("// One.\nCYPHER 25\nRETURN 'ann' AS id", "// One.\nCYPHER 25\nRETURN 'O\\'Neill' AS id")
    """
    if unknown := given.keys() - query.values.keys():
        known = ", ".join(query.values) or "none"
        raise InvalidInput(f"{query.name} has no parameter {min(unknown)}; it has: {known}")
    values = {**query.values, **{name: _as_cypher(query, name, value) for name, value in given.items()}}
    return _PARAMETER.sub(lambda found: values[found[1]], _HINTS.sub("", query.text)).rstrip()


def write_favorites(queries: Sequence[SavedQuery], file: Path) -> None:
    """Write a ZIP file that Browser, when it is dropped there, takes as a folder of favorites.

    Browser lists favorites by their first lines, of which it shows a few words. The first of them sets
    all parameters.

    Raises: OSError.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Loci/parameters.cypher", parameters(queries))
        for query in queries:
            title = query.name.replace("_", " ").capitalize()
            archive.writestr(f"Loci/{query.name}.cypher", f"// {title}\n{query.text}")


def parameters(queries: Sequence[SavedQuery]) -> str:
    """Browser's commands that give every parameter of the queries a value to begin with."""
    values = {name: value for query in queries for name, value in query.values.items()}
    lines = [f":param {name} => {value};" for name, value in sorted(values.items())]
    return "\n".join(["// 1. Set the values", "// For all saved queries: change them, and run this.", *lines])


def _as_cypher(query: SavedQuery, name: str, value: str) -> str:
    return f"'{value.translate(_ESCAPED)}'" if query.values[name].startswith("'") else f"({value})"
