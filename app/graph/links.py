"""Links between memories on Neo4j."""

from collections.abc import Mapping, Sequence

from app.domain import links as linking
from app.domain.links import Link
from app.domain.models import Memory
from app.errors import Conflict, InvalidInput, NotFound
from app.graph import locks, rows
from app.graph.driver import Database, Row, Transaction
from app.ports import FoundLinks, LinkQuery


class Links:
    """`app.ports.LinkStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, link: Link, *, tenant_id: str, most_graph_types: int) -> None:
        """Write a link between two active memories. Raises: NotFound, Conflict, InvalidInput."""

        async def connect(transaction: Transaction) -> None:
            # Always the types before the scopes: one order for all, so no two writers wait for each other.
            await _note_type(transaction, link, most_graph_types)
            await _lock_scopes(transaction, tenant_id, [link.from_memory_id, link.to_memory_id])
            await _create(transaction, link, tenant_id)

        await self._database.write_transaction("connect", connect)

    async def delete(self, *, tenant_id: str, edge_id: str) -> bool:
        """Remove a link for good."""
        if not linking.may_be_id(edge_id):
            return False
        wanted = {"tenant_id": tenant_id, "locator": linking.locator(edge_id), "edge_id": edge_id}

        async def remove(transaction: Transaction) -> bool:
            # Without the locks, two that delete the same link would both find it.
            for row in await transaction.run("graph/scopes_of_link", **wanted):
                scope_ids = [row["from_scope_id"], row["to_scope_id"]]
                await locks.take_scopes(transaction, tenant_id=tenant_id, scope_ids=scope_ids)
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


async def _note_type(transaction: Transaction, link: Link, most_graph_types: int) -> None:
    graph_type = linking.graph_type(link.relationship_type)
    if await transaction.run("graph/known_type", graph_type=graph_type):
        return
    await locks.take_link_types(transaction)
    if not await transaction.run("graph/add_type", graph_type=graph_type, most_graph_types=most_graph_types):
        reason = f"This database holds {most_graph_types} types of links and takes no other; use one it has"
        raise InvalidInput(reason, fields={"relationship_type": reason})


async def _lock_scopes(transaction: Transaction, tenant_id: str, memory_ids: Sequence[str]) -> None:
    (answer,) = await transaction.run("graph/scopes", tenant_id=tenant_id, memory_ids=list(memory_ids))
    await locks.take_scopes(transaction, tenant_id=tenant_id, scope_ids=answer["scope_ids"])


async def _create(transaction: Transaction, link: Link, tenant_id: str) -> None:
    written = await transaction.run("graph/create", tenant_id=tenant_id, **rows.link_parameters(link))
    if not written:
        raise NotFound("Memory not found")
    if written[0]["id"] != link.id:
        raise Conflict("An edge of this type joins the memories already", existing_id=written[0]["id"])


def _found(answer: Row) -> FoundLinks:
    return FoundLinks(links=[rows.link(row) for row in answer["found"]], truncated=answer["truncated"])
