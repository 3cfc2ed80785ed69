"""Links for tests of the domain: only what a test is about has to be said."""

from app.domain.links import Link
from tests.unit.domain.making import NOW


def link(
    start: str, end: str, weight: float = 1.0, *, link_id: str | None = None, words: str = "context_for"
) -> Link:
    """A link named after its ends."""
    return Link(
        id=link_id or f"{start}-{end}",
        from_memory_id=start,
        to_memory_id=end,
        relationship_type=words,
        weight=weight,
        created_at=NOW,
    )
