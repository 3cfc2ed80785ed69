"""Tenants and their keys on Neo4j."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.models import ApiKey, Tenant
from app.errors import Conflict, NotFound
from app.graph import locks, rows
from app.graph.driver import Database, Transaction


class AccessRecords:
    """`app.ports.AccessStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create_tenant(self, tenant: Tenant, key: ApiKey | None) -> None:
        """Write a tenant and, with it, its first key. Raises: Conflict when the name is taken."""

        async def create(transaction: Transaction) -> None:
            await locks.take_tenants(transaction)
            await _create_tenant(transaction, tenant, key)

        await self._database.write_transaction("create tenant", create)

    async def create_first_tenant(self, tenant: Tenant, key: ApiKey | None) -> bool:
        """The same, but only when there is no tenant at all."""

        async def create_if_first(transaction: Transaction) -> bool:
            await locks.take_tenants(transaction)
            (answer,) = await transaction.run("access/count_tenants")
            if answer["tenants"] > 0:
                return False
            await _create_tenant(transaction, tenant, key)
            return True

        return await self._database.write_transaction("create first tenant", create_if_first)

    async def tenants(self) -> Sequence[Tenant]:
        """All tenants, oldest first."""
        return [rows.tenant(row) for row in await self._database.read("access/tenants")]

    async def create_key(self, key: ApiKey) -> None:
        """Write a key of an existing tenant. Raises: NotFound without the tenant."""
        await self._database.write_transaction(
            "create key", lambda transaction: _create_key(transaction, key)
        )

    async def keys(self, *, tenant_id: str | None) -> Sequence[ApiKey]:
        """The keys of one tenant, or of all; oldest first."""
        if tenant_id is None:
            found = await self._database.read("access/keys")
        else:
            found = await self._database.read("access/keys_of_tenant", tenant_id=tenant_id)
        return [rows.api_key(row) for row in found]

    async def delete_key(self, *, key_id: str) -> bool:
        """Remove a key for good."""
        (answer,) = await self._database.write("access/delete_key", key_id=key_id)
        return answer["deleted"] > 0

    async def key_by_digest(self, digest: str) -> ApiKey | None:
        """The key with that SHA-256 hex digest."""
        found = await self._database.read("access/key_by_digest", digest=digest)
        return rows.api_key(found[0]) if found else None

    async def mark_used(self, *, key_id: str, at: datetime) -> None:
        """Note when the key was last used."""
        await self._database.write("access/mark_used", key_id=key_id, at=at)


async def _create_tenant(transaction: Transaction, tenant: Tenant, key: ApiKey | None) -> None:
    (answer,) = await transaction.run(
        "access/create_tenant",
        id=tenant.id,
        name=tenant.name,
        name_key=tenant.name.casefold(),
        created_at=tenant.created_at,
    )
    if answer["id"] != tenant.id:
        raise Conflict(f"A tenant named {tenant.name} exists already", existing_id=answer["id"])
    if key is not None:
        await _create_key(transaction, key)


async def _create_key(transaction: Transaction, key: ApiKey) -> None:
    created = await transaction.run(
        "access/create_key",
        tenant_id=key.tenant_id,
        id=key.id,
        digest=key.digest,
        label=key.label,
        created_at=key.created_at,
        last_used_at=key.last_used_at,
    )
    if not created:
        raise NotFound("Tenant not found")
