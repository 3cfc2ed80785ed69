"""What a tenant decides for all its requests that do not say otherwise."""

from dataclasses import dataclass

from app.domain.admission import OnConflict
from app.domain.tenant_settings import TenantSettings
from app.errors import InvalidInput, NotFound
from app.ports import TenantSettingsStore


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsByTenant:
    """Reads and changes the settings of tenants."""

    store: TenantSettingsStore

    async def get(self, *, tenant_id: str) -> TenantSettings:
        """The tenant's settings. Raises: Unavailable."""
        return await self.store.get(tenant_id=tenant_id)

    async def on_conflict(self, tenant_id: str) -> OnConflict:
        """What becomes of memories that a new fact contradicts. Raises: Unavailable."""
        return (await self.get(tenant_id=tenant_id)).on_conflict

    async def change(self, *, tenant_id: str, on_conflict: OnConflict | None) -> TenantSettings:
        """Change what is not None. Raises: InvalidInput when nothing is, NotFound, Unavailable."""
        if on_conflict is None:
            raise InvalidInput("Nothing to update. Provide on_conflict.")
        changed = await self.store.change(tenant_id=tenant_id, on_conflict=on_conflict)
        if changed is None:
            raise NotFound("Tenant not found")
        return changed
