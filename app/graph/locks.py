"""Write locks: nodes at which writers queue, held until their transaction ends."""

from collections.abc import Sequence

from app.graph.driver import Transaction


async def take_scopes(transaction: Transaction, *, tenant_id: str, lock_ids: Sequence[str]) -> None:
    """Keep other writers out of these scopes, taken always in the same order so that none wait in a ring."""
    await _take(transaction, [f"scope:{tenant_id}:{lock_id}" for lock_id in sorted(set(lock_ids))])


async def take_tenant(transaction: Transaction, *, tenant_id: str) -> None:
    """Keep others from changing how many memories the tenant has."""
    await _take(transaction, [f"tenant:{tenant_id}"])


async def take_tenants(transaction: Transaction) -> None:
    """Keep others from creating tenants."""
    await _take(transaction, ["tenants"])


async def take_link_types(transaction: Transaction) -> None:
    """Keep others from using a relationship type for the first time."""
    await _take(transaction, ["link types"])


async def take_slugs(transaction: Transaction, *, tenant_id: str) -> None:
    """Keep others from giving a team of the tenant its slug."""
    await _take(transaction, [f"slugs:{tenant_id}"])


async def take_team(transaction: Transaction, *, tenant_id: str, team_id: str) -> None:
    """Keep others from changing who belongs to the team, and from deleting it."""
    await _take(transaction, [f"team:{tenant_id}:{team_id}"])


async def take_schema(transaction: Transaction) -> None:
    """Keep other processes from changing the schema."""
    await _take(transaction, ["schema"])


async def _take(transaction: Transaction, keys: Sequence[str]) -> None:
    await transaction.run("locks/take", keys=keys)
