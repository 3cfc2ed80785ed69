"""Joining two memories by a link, and taking a link away."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from app.domain import batches
from app.domain import links as linking
from app.domain.links import Link
from app.domain.models import JsonObject, JsonValue
from app.errors import InvalidInput, LociError, NotFound
from app.ports import Clock, LinkStore, Once


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDraft:
    """A link as a caller hands it in: any two active memories of the tenant, `weight` in [0, 1]."""

    from_memory_id: str
    to_memory_id: str
    relationship_type: str
    weight: float = 1.0
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])


LinkOutcomes: TypeAlias = Sequence[Link | LociError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connect:
    """Makes and removes links. A database holds at most `most_graph_types` relationship types of clients."""

    links: LinkStore
    clock: Clock
    most_graph_types: int = linking.MOST_GRAPH_TYPES

    async def connect(self, draft: LinkDraft, *, tenant_id: str, once: Once[Link] | None = None) -> Link:
        """Write a link.

        Raises: InvalidInput, NotFound when either memory is not active, Conflict when it exists, Repeated,
        Unavailable.
        """
        link = batches.only([self._link(draft)])
        return await self.links.create(
            link, tenant_id=tenant_id, most_graph_types=self.most_graph_types, once=once
        )

    async def connect_many(
        self, drafts: Sequence[LinkDraft], *, tenant_id: str, once: Once[LinkOutcomes] | None = None
    ) -> LinkOutcomes:
        """Write links in order, each with its own outcome. Raises: Repeated, Unavailable."""
        links = [self._link(draft) for draft in drafts]
        sound = batches.sound(links)

        def outcomes(of_sound: LinkOutcomes) -> LinkOutcomes:
            return batches.merged(links, of_sound)

        creating = None if once is None else once.of(outcomes)
        return outcomes(
            await self.links.create_many(
                sound, tenant_id=tenant_id, most_graph_types=self.most_graph_types, once=creating
            )
        )

    async def disconnect(self, *, tenant_id: str, edge_id: str) -> None:
        """Remove a link for good. Raises: NotFound, Unavailable."""
        if not await self.links.delete(tenant_id=tenant_id, edge_id=edge_id):
            raise NotFound("Edge not found")

    def _link(self, draft: LinkDraft) -> Link | LociError:
        if draft.from_memory_id == draft.to_memory_id:
            reason = "Cannot create an edge from a memory to itself"
            return InvalidInput(reason, fields={"to_memory_id": "must differ from from_memory_id"})
        return Link(
            # Made here, so that a retried write is the same.
            id=linking.new_id(from_memory_id=draft.from_memory_id, random=uuid.uuid4()),
            from_memory_id=draft.from_memory_id,
            to_memory_id=draft.to_memory_id,
            relationship_type=draft.relationship_type,
            weight=draft.weight,
            created_at=self.clock.now(),
            metadata=draft.metadata,
        )
