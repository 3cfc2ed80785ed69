"""What tenants have decided for all their requests, on Neo4j."""

from collections.abc import Sequence

from app.domain.admission import OnConflict
from app.domain.tenant_settings import TenantSettings
from app.graph.driver import Database, Row


class TenantSettingsRecords:
    """`app.ports.TenantSettingsStore` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, *, tenant_id: str) -> TenantSettings:
        """The tenant's settings, or the defaults."""
        found = await self._database.read("settings/get", tenant_id=tenant_id)
        return _settings(found) or TenantSettings()

    async def change(self, *, tenant_id: str, on_conflict: OnConflict) -> TenantSettings | None:
        """Change the settings; None for an unknown tenant."""
        changed = await self._database.write(
            "settings/change", tenant_id=tenant_id, on_conflict=on_conflict.value
        )
        return _settings(changed)


def _settings(found: Sequence[Row]) -> TenantSettings | None:
    if not found:
        return None
    on_conflict = found[0]["on_conflict"]
    return TenantSettings() if on_conflict is None else TenantSettings(on_conflict=OnConflict(on_conflict))
