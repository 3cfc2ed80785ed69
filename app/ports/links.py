"""Links between memories."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.links import Link
from app.domain.models import Memory
from app.errors import LociError
from app.ports.once import Once


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkQuery:
    """The links between `memory_ids` and other active memories, taken either way, strongest first.

    Links to `passed` memories are left out; `relationship_type` keeps only equal types. At most
    `links_per_memory` of each memory and `limit` in all are answered.
    """

    tenant_id: str
    memory_ids: Sequence[str]
    links_per_memory: int
    limit: int
    passed: Collection[str] = ()
    relationship_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLinks:
    """Links, each once, and whether a limit left some out."""

    links: Sequence[Link]
    truncated: bool


class LinkStore(Protocol):
    """Links between memories. Those of a memory that is not active are as good as gone."""

    async def create(
        self, link: Link, *, tenant_id: str, most_graph_types: int, once: Once[Link] | None = None
    ) -> Link:
        """Write a link between two active memories. Idempotent by id.

        Raises: Repeated; NotFound unless both are active; Conflict, naming the link of that direction and
        type where there is one; InvalidInput when the database holds `most_graph_types` others.
        """
        ...

    async def create_many(
        self,
        links: Sequence[Link],
        *,
        tenant_id: str,
        most_graph_types: int,
        once: Once[Sequence[Link | LociError]] | None = None,
    ) -> Sequence[Link | LociError]:
        """Write links in order, each with its own outcome; those refused do not touch the others.

        Raises: Repeated.
        """
        ...

    async def delete(self, *, tenant_id: str, edge_id: str) -> bool:
        """Remove a link for good; False when no two active memories have a link of that id."""
        ...

    async def around(self, query: LinkQuery) -> FoundLinks:
        """The links of some active memories, by weight, highest first, then by id."""
        ...

    async def among(self, *, tenant_id: str, memory_ids: Sequence[str], limit: int) -> FoundLinks:
        """The links with both ends among these active memories, in the same order."""
        ...

    async def memories(self, *, tenant_id: str, memory_ids: Sequence[str]) -> Mapping[str, Memory]:
        """Those of the memories that are active, by id."""
        ...
