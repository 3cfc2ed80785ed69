"""Which scopes there are, and which lock guards a memory, on Neo4j."""

from collections.abc import Sequence

from app.domain.models import Scope, ScopeKind, Visibility
from app.errors import NotFound
from app.graph import conversations, entities, locks, rows
from app.graph.driver import Database, Transaction


class Scopes:
    """`app.ports.ScopeStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shared_by(self, *, tenant_id: str, user_id: str, namespace: str) -> Sequence[str]:
        """The ids of the scopes in which a user shares memories with teams, in order."""
        (answer,) = await self._database.read(
            "scopes/shared_by_user", tenant_id=tenant_id, user_id=user_id, namespace=namespace
        )
        return answer["scope_ids"]

    async def of_team(self, *, tenant_id: str, team_id: str, namespace: str) -> Sequence[str]:
        """The ids of the scopes of all authors of a team, in order."""
        (answer,) = await self._database.read(
            "scopes/of_team", tenant_id=tenant_id, team_id=team_id, namespace=namespace
        )
        return answer["scope_ids"]


async def lock_of_memory(
    transaction: Transaction, *, tenant_id: str, memory_id: str, further: Sequence[str] = ()
) -> None:
    """Lock the scope that a memory lies in, and `further` ones.

    A store that has just found this memory to be the duplicate must not lose it before it commits.
    """
    held: set[str] = set()
    wanted = set(further)
    while True:
        found = await transaction.run("scopes/of_memory", tenant_id=tenant_id, memory_id=memory_id)
        wanted |= {row["lock_id"] for row in found}
        if wanted <= held:
            return
        # While this waited, the memory may have been moved: then its new scope is locked as well.
        await locks.take_scopes(transaction, tenant_id=tenant_id, lock_ids=sorted(wanted - held))
        held |= wanted


async def move_memory(transaction: Transaction, memory_id: str, *, to: Scope) -> None:
    """Move an active memory into another scope; whoever calls this holds the locks of both."""
    await create(transaction, [to], tenant_id=to.tenant_id)
    await conversations.remove_windows(transaction, tenant_id=to.tenant_id, memory_id=memory_id)
    visibility = Visibility.TEAM if to.kind is ScopeKind.TEAM else Visibility.PRIVATE
    await transaction.run(
        "scopes/move_memory",
        tenant_id=to.tenant_id,
        memory_id=memory_id,
        scope_id=to.id,
        visibility=visibility.value,
        team_id=to.team_id,
    )
    await entities.move(transaction, tenant_id=to.tenant_id, memory_id=memory_id, scope_id=to.id)


async def create(transaction: Transaction, scopes: Sequence[Scope], *, tenant_id: str) -> None:
    """Write the scopes that are missing. Raises: NotFound when the agent, team or space is gone."""
    ownerless = await transaction.run(
        "scopes/create", tenant_id=tenant_id, scopes=[rows.scope_parameter(one) for one in scopes]
    )
    for row in ownerless:
        raise NotFound(f"{str(row['kind']).capitalize()} not found")
