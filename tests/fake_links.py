"""Links in a dictionary: the part of the hand-written stand-ins that is about the graph."""

import dataclasses
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping, Sequence
from typing import Self

from app.domain import links as linking
from app.domain.links import CarriedFrom, Link
from app.domain.models import Memory
from app.errors import Conflict, InvalidInput, LociError, NotFound
from app.ports import FoundLinks, LinkQuery, Once
from tests.fake_receipts import InMemoryReceipts

Table = MutableMapping[tuple[str, str], Link]
"""Links by tenant and id."""


class InMemoryLinks:
    """`LinkStore` in a dictionary; links of hidden memories stay in it and are not shown."""

    def __init__(
        self,
        *,
        active: Callable[[str], Iterable[Memory]],
        table: Callable[[], Table],
        receipts: InMemoryReceipts,
    ) -> None:
        self._active_of = active
        self._table = table
        self._receipts = receipts
        self._graph_types: set[str] = set()

    @classmethod
    def over(cls, other: "InMemoryLinks") -> Self:
        """A store of this class over the links of another."""
        return cls(active=other._active_of, table=other._table, receipts=other._receipts)

    async def create(
        self, link: Link, *, tenant_id: str, most_graph_types: int, once: Once[Link] | None = None
    ) -> Link:
        await self._receipts.refuse_repetition(once)
        types = self._graph_types | {linking.graph_type(link.relationship_type)}
        if len(types) > max(most_graph_types, len(self._graph_types)):
            raise InvalidInput("Too many types", fields={"relationship_type": "too many types"})
        if not self._active(tenant_id).keys() >= {link.from_memory_id, link.to_memory_id}:
            raise NotFound("Memory not found")
        table = self._table()
        for (owner, _), other in table.items():
            if owner == tenant_id and _identity(other) == _identity(link) and other.id != link.id:
                raise Conflict("An edge of this type joins the memories already", existing_id=other.id)
        self._graph_types = types
        table.setdefault((tenant_id, link.id), link)
        self._receipts.record(once, link)
        return link

    async def create_many(
        self,
        links: Sequence[Link],
        *,
        tenant_id: str,
        most_graph_types: int,
        once: Once[Sequence[Link | LociError]] | None = None,
    ) -> Sequence[Link | LociError]:
        await self._receipts.refuse_repetition(once)
        outcomes: list[Link | LociError] = []
        for link in links:
            try:
                outcomes.append(
                    await self.create(link, tenant_id=tenant_id, most_graph_types=most_graph_types)
                )
            except LociError as refusal:
                outcomes.append(refusal)
        self._receipts.record(once, outcomes)
        return outcomes

    async def delete(self, *, tenant_id: str, edge_id: str) -> bool:
        if all(one.id != edge_id for one in self._shown(tenant_id)):
            return False
        del self._table()[tenant_id, edge_id]
        return True

    async def around(self, query: LinkQuery) -> FoundLinks:
        chosen: dict[str, Link] = {}
        truncated = False
        for memory_id in query.memory_ids:
            near = [one for one in self._shown(query.tenant_id) if _leads_on(one, memory_id, query)]
            near.sort(key=lambda one: (-one.weight, linking.other_end(one, memory_id), one.id))
            truncated = truncated or len(near) > query.links_per_memory
            chosen |= {one.id: one for one in near[: query.links_per_memory]}
        found = _cut(chosen.values(), query.limit)
        return FoundLinks(links=found.links, truncated=truncated or found.truncated)

    async def among(self, *, tenant_id: str, memory_ids: Sequence[str], limit: int) -> FoundLinks:
        return _cut((one for one in self._shown(tenant_id) if _ends(one) <= {*memory_ids}), limit)

    async def memories(self, *, tenant_id: str, memory_ids: Sequence[str]) -> Mapping[str, Memory]:
        return {key: one for key, one in self._active(tenant_id).items() if key in memory_ids}

    def _active(self, tenant_id: str) -> Mapping[str, Memory]:
        return {one.id: one for one in self._active_of(tenant_id)}

    def _shown(self, tenant_id: str) -> list[Link]:
        active = self._active(tenant_id).keys()
        table = self._table()
        return [one for (owner, _), one in table.items() if owner == tenant_id and _ends(one) <= active]


def carry(table: Table, *, tenant_id: str, old_id: str, new_id: str, active: Collection[str]) -> None:
    """Copy the links between a memory and active ones to the memory in its place."""
    taken = {_identity(one) for (owner, _), one in table.items() if owner == tenant_id}
    for (owner, _), one in list(table.items()):
        if owner != tenant_id or old_id not in _ends(one):
            continue
        start, end = (new_id if each == old_id else each for each in (one.from_memory_id, one.to_memory_id))
        other = linking.other_end(one, old_id)
        copy = dataclasses.replace(
            one,
            id=linking.new_id(from_memory_id=start, random=uuid.uuid4()),
            from_memory_id=start,
            to_memory_id=end,
            carried_from=CarriedFrom(edge_id=one.id, memory_id=old_id),
        )
        if other in active and other != new_id and _identity(copy) not in taken:
            table[tenant_id, copy.id] = copy


def _leads_on(link: Link, memory_id: str, query: LinkQuery) -> bool:
    return (
        memory_id in _ends(link)
        and linking.other_end(link, memory_id) not in query.passed
        and query.relationship_type in (None, link.relationship_type)
    )


def _cut(links: Iterable[Link], limit: int) -> FoundLinks:
    ordered = linking.strongest_first(links)
    return FoundLinks(links=ordered[:limit], truncated=len(ordered) > limit)


def _ends(link: Link) -> set[str]:
    return {link.from_memory_id, link.to_memory_id}


def _identity(link: Link) -> tuple[str, str, str]:
    return (link.from_memory_id, link.to_memory_id, link.relationship_type)
