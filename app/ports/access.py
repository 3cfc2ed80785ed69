"""Tenants and their keys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.models import ApiKey, Tenant


class AccessStore(Protocol):
    """Tenants and their keys."""

    async def create_tenant(self, tenant: Tenant, key: ApiKey | None) -> None:
        """Write a tenant and, with it, its first key. Raises: Conflict when the name is taken."""
        ...

    async def create_first_tenant(self, tenant: Tenant, key: ApiKey | None) -> bool:
        """The same, but only when there is no tenant at all; False otherwise. Safe when two race."""
        ...

    async def tenants(self) -> Sequence[Tenant]:
        """All tenants, oldest first."""
        ...

    async def create_key(self, key: ApiKey) -> None:
        """Write a key of an existing tenant. Raises: NotFound without the tenant."""
        ...

    async def keys(self, *, tenant_id: str | None) -> Sequence[ApiKey]:
        """The keys of one tenant, or of all; oldest first."""
        ...

    async def delete_key(self, *, key_id: str) -> bool:
        """Remove a key for good; False when there is none."""
        ...

    async def key_by_digest(self, digest: str) -> ApiKey | None:
        """The key with that SHA-256 hex digest."""
        ...

    async def mark_used(self, *, key_id: str, at: datetime) -> None:
        """Note when the key was last used."""
        ...
