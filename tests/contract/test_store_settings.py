"""Settings of tenants, asked of the fakes and of Neo4j alike."""

from app.domain.admission import OnConflict
from app.domain.models import Tenant
from app.domain.tenant_settings import TenantSettings
from tests.conftest import Stores
from tests.remembered import NOW


async def test_a_tenant_that_decided_nothing_has_the_defaults(stores: Stores, tenant_id: str) -> None:
    await stores.access.create_tenant(Tenant(id=tenant_id, name=tenant_id, created_at=NOW), None)
    assert await stores.tenant_settings.get(tenant_id=tenant_id) == TenantSettings()
    assert await stores.tenant_settings.get(tenant_id="unknown") == TenantSettings()


async def test_a_change_is_kept_for_that_tenant_alone(stores: Stores, tenant_id: str) -> None:
    other_id = tenant_id[::-1]
    for one in (tenant_id, other_id):
        await stores.access.create_tenant(Tenant(id=one, name=one, created_at=NOW), None)
    changed = await stores.tenant_settings.change(tenant_id=tenant_id, on_conflict=OnConflict.ASK)
    assert changed == TenantSettings(on_conflict=OnConflict.ASK)
    assert await stores.tenant_settings.get(tenant_id=tenant_id) == changed
    assert await stores.tenant_settings.get(tenant_id=other_id) == TenantSettings()


async def test_an_unknown_tenant_has_nothing_to_change(stores: Stores, tenant_id: str) -> None:
    assert await stores.tenant_settings.change(tenant_id=tenant_id, on_conflict=OnConflict.KEEP) is None
    assert await stores.tenant_settings.get(tenant_id=tenant_id) == TenantSettings()
