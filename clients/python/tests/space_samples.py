"""One good answer of each kind about spaces, and the calls that get them."""

from collections.abc import Mapping

from samples import Act

TEXT: Mapping[str, object] = {
    "id": "9d",
    "space": "team/notes",
    "space_id": "77",
    "title": "The database is PostgreSQL",
    "text": "The database is PostgreSQL",
    "content": "The database is PostgreSQL",
    "metadata": {"type": "infrastructure"},
    "created_at": "2026-05-01T09:30:00.000Z",
    "updated_at": "2026-05-01T12:00:00.000Z",
}
SPACE: Mapping[str, object] = {
    "id": "77",
    "name": "team/notes",
    "memory_count": 1,
    "created_at": "2026-05-01T09:30:00.000Z",
}
SPACES: Mapping[str, object] = {"spaces": [SPACE], "limit": 100, "offset": 0, "total": 1}

READS: list[tuple[Act, str, object]] = [
    (
        lambda c: c.spaces.list_memories("team/notes"),
        "/mcp/fetchMessages?space=team%2Fnotes",
        {"memories": [TEXT]},
    ),
    (
        lambda c: c.spaces.list_memories("notes", limit=3),
        "/mcp/fetchMessages?space=notes&limit=3",
        {"memories": []},
    ),
    (lambda c: c.spaces.get_memory("9d"), "/mcp/memories/9d", TEXT),
    (lambda c: c.spaces.list_page(), "/spaces", SPACES),
    (lambda c: c.spaces.list_page(limit=5, offset=10), "/spaces?limit=5&offset=10", SPACES),
]
WRITES: list[tuple[Act, str, object]] = [
    (lambda c: c.spaces.store("notes", "The database is PostgreSQL"), "POST", TEXT),
    (lambda c: c.spaces.delete_memory("9d"), "DELETE", None),
    (lambda c: c.spaces.delete("team/notes"), "DELETE", None),
]
SEARCHES: list[tuple[Act, str, object]] = [
    (lambda c: c.spaces.search("notes", "database"), "POST", {"memories": [{**TEXT, "score": 0.8731}]}),
]
"""Reads whose question is a body."""
