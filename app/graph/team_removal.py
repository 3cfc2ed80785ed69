"""Deleting a team on Neo4j: what its authors shared becomes their own again."""

from collections.abc import Sequence

from app.domain import scope as scopes_of
from app.domain.models import Scope
from app.graph import entities, locks, scopes
from app.graph.driver import Row, Transaction


async def remove(transaction: Transaction, *, tenant_id: str, team_id: str) -> bool:
    """Remove a team; False when there is none. Whoever calls this holds the lock of the team."""
    await _locked(transaction, tenant_id, team_id)
    (answer,) = await transaction.run("teams/delete", tenant_id=tenant_id, team_id=team_id)
    if answer["deleted"] == 0:
        return False
    # Asked again: until a moment ago, a first memory could be shared in a namespace that had none.
    shared = await _locked(transaction, tenant_id, team_id)
    await _make_private(transaction, shared, tenant_id)
    return True


async def _locked(transaction: Transaction, tenant_id: str, team_id: str) -> Sequence[Row]:
    shared = await transaction.run("teams/scopes", tenant_id=tenant_id, team_id=team_id)
    lock_ids = [row["lock_id"] for row in shared] + [_private(row, tenant_id).lock_id for row in shared]
    await locks.take_scopes(transaction, tenant_id=tenant_id, lock_ids=lock_ids)
    return shared


async def _make_private(transaction: Transaction, shared: Sequence[Row], tenant_id: str) -> None:
    private = [_private(row, tenant_id) for row in shared]
    await scopes.create(transaction, private, tenant_id=tenant_id)
    moves = [{"from_id": row["id"], "to_id": scope.id} for row, scope in zip(shared, private, strict=True)]
    await transaction.run("teams/make_private", tenant_id=tenant_id, moves=moves)
    await entities.carry(transaction, moves, tenant_id=tenant_id)
    scope_ids = [row["id"] for row in shared]
    await transaction.run("teams/delete_scopes", tenant_id=tenant_id, scope_ids=scope_ids)


def _private(row: Row, tenant_id: str) -> Scope:
    return scopes_of.user_scope(tenant_id=tenant_id, user_id=row["user_id"], namespace=row["namespace"])
