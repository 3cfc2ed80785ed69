"""The sum of all schema files, compared with the text under review."""

from pathlib import Path

from app.graph.store import GraphStore
from tests.raw_cypher import RawCypher

_GOLDEN = Path(__file__).with_name("schema.golden.txt")
_CONSTRAINTS = """
SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties
RETURN name, type, labelsOrTypes, properties ORDER BY name
"""
_INDEXES = """
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, options, owningConstraint
WHERE type <> 'LOOKUP' AND owningConstraint IS NULL
RETURN name, type, labelsOrTypes, properties, options ORDER BY name
"""


async def test_the_schema_is_the_reviewed_one(graph: GraphStore, raw: RawCypher) -> None:
    """To change it, add a schema file and put what this test prints into the golden file."""
    lines = ["constraints"]
    for row in await raw.run(_CONSTRAINTS):
        lines.append(f"  {row['name']}: {row['type']} {row['labelsOrTypes']} {row['properties']}")
    lines.append("indexes")
    for row in await raw.run(_INDEXES):
        lines.append(f"  {row['name']}: {row['type']} {row['labelsOrTypes']} {row['properties']}")
        lines += [f"    {key} = {value}" for key, value in sorted(row["options"]["indexConfig"].items())]
    assert "\n".join(lines) + "\n" == _GOLDEN.read_text(encoding="utf-8")
