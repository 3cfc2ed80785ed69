"""What every `AccessStore` promises, asked of the fakes and of Neo4j alike."""

import dataclasses
from datetime import timedelta

import pytest
import uuid6

from app.domain.models import ApiKey, Tenant
from app.errors import Conflict, NotFound
from tests.conftest import Stores
from tests.remembered import NOW


@pytest.fixture
def tenant(tenant_id: str) -> Tenant:
    return Tenant(id=tenant_id, name=f"Company {tenant_id}", created_at=NOW)


def key_of(tenant: Tenant, *, label: str = "") -> ApiKey:
    key_id = str(uuid6.uuid7())
    return ApiKey(id=key_id, tenant_id=tenant.id, digest=f"digest of {key_id}", label=label, created_at=NOW)


async def test_a_tenant_comes_with_its_first_key(stores: Stores, tenant: Tenant) -> None:
    key = key_of(tenant, label="first")
    await stores.access.create_tenant(tenant, key)
    assert tenant in await stores.access.tenants()
    assert await stores.access.keys(tenant_id=tenant.id) == [key]


async def test_a_tenant_can_do_without_a_key(stores: Stores, tenant: Tenant) -> None:
    await stores.access.create_tenant(tenant, None)
    assert await stores.access.keys(tenant_id=tenant.id) == []


async def test_a_name_is_taken_in_any_case(stores: Stores, tenant: Tenant) -> None:
    await stores.access.create_tenant(tenant, None)
    twin = Tenant(id=str(uuid6.uuid7()), name=tenant.name.upper(), created_at=NOW)
    with pytest.raises(Conflict, match="exists already") as taken:
        await stores.access.create_tenant(twin, key_of(twin))
    assert taken.value.existing_id == tenant.id
    assert await stores.access.keys(tenant_id=twin.id) == []
    assert twin.id not in {one.id for one in await stores.access.tenants()}


async def test_tenants_come_oldest_first(stores: Stores, tenant: Tenant) -> None:
    before = Tenant(id=str(uuid6.uuid7()), name=f"Earlier {tenant.id}", created_at=NOW - timedelta(days=1))
    await stores.access.create_tenant(tenant, None)
    await stores.access.create_tenant(before, None)
    ids = [one.id for one in await stores.access.tenants()]
    assert ids.index(before.id) < ids.index(tenant.id)


async def test_no_first_tenant_beside_another(stores: Stores, tenant: Tenant) -> None:
    await stores.access.create_tenant(tenant, None)
    second = Tenant(id=str(uuid6.uuid7()), name=f"Second {tenant.id}", created_at=NOW)
    assert not await stores.access.create_first_tenant(second, key_of(second))
    assert second.id not in {one.id for one in await stores.access.tenants()}


async def test_a_key_needs_its_tenant(stores: Stores, tenant: Tenant) -> None:
    with pytest.raises(NotFound, match="Tenant not found"):
        await stores.access.create_key(key_of(tenant))
    assert await stores.access.keys(tenant_id=tenant.id) == []


async def test_keys_come_oldest_first(stores: Stores, tenant: Tenant) -> None:
    young = key_of(tenant)
    old = dataclasses.replace(key_of(tenant), created_at=NOW - timedelta(days=1))
    await stores.access.create_tenant(tenant, young)
    await stores.access.create_key(old)
    assert await stores.access.keys(tenant_id=tenant.id) == [old, young]
    everybodys = list(await stores.access.keys(tenant_id=None))
    assert everybodys.index(old) < everybodys.index(young)


async def test_the_keys_of_one_tenant_are_its_own(stores: Stores, tenant: Tenant) -> None:
    other = Tenant(id=str(uuid6.uuid7()), name=f"Other {tenant.id}", created_at=NOW)
    key, foreign = key_of(tenant), key_of(other)
    await stores.access.create_tenant(tenant, key)
    await stores.access.create_tenant(other, foreign)
    assert await stores.access.keys(tenant_id=tenant.id) == [key]


async def test_a_key_is_found_by_its_digest_alone(stores: Stores, tenant: Tenant) -> None:
    key = key_of(tenant)
    await stores.access.create_tenant(tenant, key)
    assert await stores.access.key_by_digest(key.digest) == key
    assert await stores.access.key_by_digest(key.digest.upper()) is None


async def test_a_deleted_key_is_gone_for_good(stores: Stores, tenant: Tenant) -> None:
    key = key_of(tenant)
    await stores.access.create_tenant(tenant, key)
    assert await stores.access.delete_key(key_id=key.id)
    assert await stores.access.key_by_digest(key.digest) is None
    assert not await stores.access.delete_key(key_id=key.id)


async def test_the_last_use_of_a_key_is_noted(stores: Stores, tenant: Tenant) -> None:
    key = key_of(tenant)
    await stores.access.create_tenant(tenant, key)
    used_at = NOW + timedelta(hours=1)
    await stores.access.mark_used(key_id=key.id, at=used_at)
    assert await stores.access.key_by_digest(key.digest) == dataclasses.replace(key, last_used_at=used_at)


async def test_noting_the_use_of_a_key_that_is_gone_does_nothing(stores: Stores) -> None:
    await stores.access.mark_used(key_id="gone", at=NOW)
    assert await stores.access.key_by_digest("gone") is None
