"""What tenants have decided for all their requests."""

from typing import Protocol

from app.domain.admission import OnConflict
from app.domain.tenant_settings import TenantSettings


class TenantSettingsStore(Protocol):
    """One set of settings for each tenant."""

    async def get(self, *, tenant_id: str) -> TenantSettings:
        """The tenant's settings; the defaults where it has decided nothing or is not known."""
        ...

    async def change(self, *, tenant_id: str, on_conflict: OnConflict) -> TenantSettings | None:
        """Change the settings; as they are then, None for an unknown tenant."""
        ...
