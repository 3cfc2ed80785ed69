"""Links between memories on Neo4j."""

from collections.abc import Collection, Mapping, Sequence

from app.domain import batches
from app.domain import links as linking
from app.domain.links import Link
from app.domain.models import Memory
from app.errors import Conflict, InvalidInput, LociError, NotFound
from app.graph import locks, receipts, rows
from app.graph.driver import Database, Row, Transaction
from app.ports import FoundLinks, LinkQuery, Once


class Links:
    """`app.ports.LinkStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(
        self, link: Link, *, tenant_id: str, most_graph_types: int, once: Once[Link] | None = None
    ) -> Link:
        """Write a link between two active memories. Raises: NotFound, Conflict, InvalidInput, Repeated."""
        many: Once[Sequence[Link | LociError]] | None = None if once is None else once.of(batches.only)
        return batches.only(
            await self.create_many([link], tenant_id=tenant_id, most_graph_types=most_graph_types, once=many)
        )

    async def create_many(
        self,
        links: Sequence[Link],
        *,
        tenant_id: str,
        most_graph_types: int,
        once: Once[Sequence[Link | LociError]] | None = None,
    ) -> Sequence[Link | LociError]:
        """Write links in order, each with its own outcome. Raises: Repeated."""

        async def connect(transaction: Transaction) -> Sequence[Link | LociError]:
            ends = sorted({end for link in links for end in _ends(link)})
            (found,) = await transaction.run("graph/scopes", tenant_id=tenant_id, memory_ids=ends)
            possible = [link for link in links if _ends(link) <= set(found["active_ids"])]
            # Always the types before the scopes: one order for all, so no two writers wait for each other.
            known = await _note_types(transaction, possible, most_graph_types)
            sound = [link for link in possible if linking.graph_type(link.relationship_type) in known]
            await locks.take_scopes(transaction, tenant_id=tenant_id, lock_ids=found["lock_ids"])
            written = await _create(transaction, sound, tenant_id)
            untyped = {link.id for link in possible} - {link.id for link in sound}
            return [_outcome(link, written, untyped, most_graph_types) for link in links]

        return await receipts.write_once(self._database, "connect", connect, once=once)

    async def delete(self, *, tenant_id: str, edge_id: str) -> bool:
        """Remove a link for good."""
        if not linking.may_be_id(edge_id):
            return False
        wanted = {"tenant_id": tenant_id, "locator": linking.locator(edge_id), "edge_id": edge_id}

        async def remove(transaction: Transaction) -> bool:
            # Without the locks, two that delete the same link would both find it.
            for row in await transaction.run("graph/scopes_of_link", **wanted):
                await locks.take_scopes(transaction, tenant_id=tenant_id, lock_ids=row["lock_ids"])
            (answer,) = await transaction.run("graph/delete", **wanted)
            return answer["deleted"] > 0

        return await self._database.write_transaction("disconnect", remove)

    async def around(self, query: LinkQuery) -> FoundLinks:
        """The links of some active memories, by weight, highest first, then by id."""
        (answer,) = await self._database.read(
            "graph/around",
            tenant_id=query.tenant_id,
            memory_ids=list(query.memory_ids),
            passed=list(query.passed),
            relationship_type=query.relationship_type,
            links_per_memory=query.links_per_memory,
            limit=query.limit,
        )
        return _found(answer)

    async def among(self, *, tenant_id: str, memory_ids: Sequence[str], limit: int) -> FoundLinks:
        """The links with both ends among these active memories, in the same order."""
        (answer,) = await self._database.read(
            "graph/among", tenant_id=tenant_id, memory_ids=list(memory_ids), limit=limit
        )
        return _found(answer)

    async def memories(self, *, tenant_id: str, memory_ids: Sequence[str]) -> Mapping[str, Memory]:
        """Those of the memories that are active, by id."""
        (answer,) = await self._database.read(
            "graph/memories", tenant_id=tenant_id, memory_ids=list(memory_ids)
        )
        return {row["id"]: rows.memory(row) for row in answer["found"]}


async def _note_types(
    transaction: Transaction, links: Sequence[Link], most_graph_types: int
) -> Collection[str]:
    """Those of the links' types that may be used."""
    graph_types = sorted({linking.graph_type(link.relationship_type) for link in links})
    known = {row["name"] for row in await transaction.run("graph/known_types", graph_types=graph_types)}
    unknown = [one for one in graph_types if one not in known]
    if unknown:
        await locks.take_link_types(transaction)
    for graph_type in unknown:
        added = await transaction.run(
            "graph/add_type", graph_type=graph_type, most_graph_types=most_graph_types
        )
        known |= {row["name"] for row in added}
    return known


async def _create(transaction: Transaction, links: Sequence[Link], tenant_id: str) -> Mapping[str, str]:
    """The id of the link that now joins its memories so, by the id of the link asked for."""
    parameters = [rows.link_parameters(link) for link in links]
    written = await transaction.run("graph/create", tenant_id=tenant_id, links=parameters)
    return {row["asked"]: row["id"] for row in written}


def _outcome(
    link: Link, written: Mapping[str, str], untyped: Collection[str], most_graph_types: int
) -> Link | LociError:
    if link.id in untyped:
        reason = f"This database holds {most_graph_types} types of links and takes no other; use one it has"
        return InvalidInput(reason, fields={"relationship_type": reason})
    if link.id not in written:
        return NotFound("Memory not found")
    if written[link.id] != link.id:
        return Conflict("An edge of this type joins the memories already", existing_id=written[link.id])
    return link


def _ends(link: Link) -> set[str]:
    return {link.from_memory_id, link.to_memory_id}


def _found(answer: Row) -> FoundLinks:
    return FoundLinks(links=[rows.link(row) for row in answer["found"]], truncated=answer["truncated"])
