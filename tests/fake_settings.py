"""Settings of tenants in a dictionary, as `app.ports.TenantSettingsStore` promises."""

from app.domain.admission import OnConflict
from app.domain.tenant_settings import TenantSettings
from app.ports import AccessStore


class InMemoryTenantSettings:
    """`TenantSettingsStore` for the tenants of an `AccessStore`."""

    def __init__(self, access: AccessStore) -> None:
        self._access = access
        self._settings: dict[str, TenantSettings] = {}

    async def get(self, *, tenant_id: str) -> TenantSettings:
        return self._settings.get(tenant_id, TenantSettings())

    async def change(self, *, tenant_id: str, on_conflict: OnConflict) -> TenantSettings | None:
        if all(one.id != tenant_id for one in await self._access.tenants()):
            return None
        self._settings[tenant_id] = TenantSettings(on_conflict=on_conflict)
        return self._settings[tenant_id]
