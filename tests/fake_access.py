"""Tenants and keys in lists: the part of the hand-written stand-ins that is about access."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from app.domain.models import ApiKey, Tenant
from app.errors import Conflict, NotFound


class InMemoryAccess:
    """`AccessStore` in lists."""

    def __init__(self) -> None:
        self._tenants: list[Tenant] = []
        self._keys: dict[str, ApiKey] = {}

    async def create_tenant(self, tenant: Tenant, key: ApiKey | None) -> None:
        for other in self._tenants:
            if other.name.casefold() == tenant.name.casefold():
                raise Conflict(f"A tenant named {tenant.name} exists already", existing_id=other.id)
        self._tenants.append(tenant)
        if key is not None:
            await self.create_key(key)

    async def create_first_tenant(self, tenant: Tenant, key: ApiKey | None) -> bool:
        if self._tenants:
            return False
        await self.create_tenant(tenant, key)
        return True

    async def tenants(self) -> Sequence[Tenant]:
        return sorted(self._tenants, key=lambda one: (one.created_at, one.id))

    async def create_key(self, key: ApiKey) -> None:
        if all(one.id != key.tenant_id for one in self._tenants):
            raise NotFound("Tenant not found")
        self._keys[key.id] = key

    async def keys(self, *, tenant_id: str | None) -> Sequence[ApiKey]:
        chosen = [one for one in self._keys.values() if tenant_id in (None, one.tenant_id)]
        return sorted(chosen, key=lambda one: (one.created_at, one.id))

    async def delete_key(self, *, key_id: str) -> bool:
        return self._keys.pop(key_id, None) is not None

    async def key_by_digest(self, digest: str) -> ApiKey | None:
        return next((one for one in self._keys.values() if one.digest == digest), None)

    async def mark_used(self, *, key_id: str, at: datetime) -> None:
        if key_id in self._keys:
            self._keys[key_id] = dataclasses.replace(self._keys[key_id], last_used_at=at)
