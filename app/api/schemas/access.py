"""Tenants, keys and usage on the wire."""

from typing import Annotated, Self

from pydantic import BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.values import Name, ShownTime
from app.domain.models import ApiKey, Tenant
from app.services.access import NewKey, Stats
from app.services.memories import Usage

_NOTE = "Keep this key now: it is not stored and cannot be shown again."


class SetupCreate(BaseModel):
    """The first tenant."""

    tenant_name: Name = "Default"


class TenantCreate(BaseModel):
    """A further tenant."""

    tenant_name: Name


class KeyCreate(BaseModel):
    """A further key of a tenant."""

    tenant_id: Annotated[str | None, Field(description="The tenant; the oldest one if none is named.")] = None
    label: Annotated[
        str | None, Field(max_length=200, description="What the key is for, in words for people.")
    ] = None


class TenantCreated(Answer):
    """A tenant and its first key."""

    tenant_id: Annotated[str, Field(description="The tenant's id.")]
    tenant_name: Annotated[str, Field(description="The tenant's name.")]
    api_key: Annotated[str, Field(description="The key; shown this once.")]
    note: Annotated[str, Field(description="What to do with the key.")] = _NOTE

    @classmethod
    def of(cls, key: NewKey) -> Self:
        """The answer to a new tenant."""
        return cls(tenant_id=key.tenant_id, tenant_name=key.tenant_name, api_key=key.api_key)


class KeyCreated(Answer):
    """A new key."""

    id: Annotated[str, Field(description="The key's id, for revoking it.")]
    tenant_id: Annotated[str, Field(description="The tenant it opens.")]
    tenant_name: Annotated[str, Field(description="The tenant's name.")]
    api_key: Annotated[str, Field(description="The key; shown this once.")]
    label: Annotated[str, Field(description="What the key is for.")]

    @classmethod
    def of(cls, key: NewKey) -> Self:
        """The answer to a new key."""
        return cls(
            id=key.id,
            tenant_id=key.tenant_id,
            tenant_name=key.tenant_name,
            api_key=key.api_key,
            label=key.label,
        )


class KeyRead(Answer):
    """A key as operators see it: never the key itself."""

    id: Annotated[str, Field(description="The key's id.")]
    tenant_id: Annotated[str, Field(description="The tenant it opens.")]
    label: Annotated[str, Field(description="What the key is for.")]
    created_at: Annotated[ShownTime, Field(description="When it was made.")]
    last_used_at: Annotated[ShownTime | None, Field(description="When it was last used, to the minute.")]

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """The operators' view of a key."""
        return cls(
            id=key.id,
            tenant_id=key.tenant_id,
            label=key.label,
            created_at=key.created_at,
            last_used_at=key.last_used_at,
        )


class KeyList(Answer):
    """Keys, oldest first."""

    keys: Annotated[list[KeyRead], Field(description="The keys of one tenant, or of all.")]


class StatsTenant(Answer):
    """A tenant in the statistics."""

    id: Annotated[str, Field(description="The tenant's id.")]
    name: Annotated[str, Field(description="The tenant's name.")]
    plan: Annotated[str, Field(description="The plan it is on.")]
    memory_limit: Annotated[int | None, Field(description="How many memories it may hold; null is no limit.")]

    @classmethod
    def of(cls, tenant: Tenant, *, stats: Stats) -> Self:
        """The statistics' view of a tenant."""
        return cls(id=tenant.id, name=tenant.name, plan=stats.plan, memory_limit=stats.memory_limit)


class StatsKey(Answer):
    """A key in the statistics."""

    tenant_id: Annotated[str, Field(description="The tenant it opens.")]
    label: Annotated[str, Field(description="What the key is for.")]
    created_at: Annotated[ShownTime, Field(description="When it was made.")]


class StatsRead(Answer):
    """The whole installation in numbers."""

    tenants: Annotated[list[StatsTenant], Field(description="All tenants, oldest first.")]
    active_memories: Annotated[int, Field(description="Active memories of all tenants.")]
    api_keys: Annotated[list[StatsKey], Field(description="All keys, oldest first.")]

    @classmethod
    def of(cls, stats: Stats) -> Self:
        """The answer to a request for statistics."""
        keys = [
            StatsKey(tenant_id=key.tenant_id, label=key.label, created_at=key.created_at)
            for key in stats.api_keys
        ]
        tenants = [StatsTenant.of(tenant, stats=stats) for tenant in stats.tenants]
        return cls(tenants=tenants, active_memories=stats.active_memories, api_keys=keys)


class UsageRead(Answer):
    """How much of its plan the tenant has used."""

    plan: Annotated[str, Field(description="The plan the tenant is on.")]
    memory_limit: Annotated[int | None, Field(description="How many memories it may hold; null is no limit.")]
    memories_used: Annotated[int, Field(description="How many active memories it holds.")]
    memories_remaining: Annotated[int | None, Field(description="How many more; null is no limit.")]

    @classmethod
    def of(cls, usage: Usage) -> Self:
        """The answer to a request for usage."""
        remaining = None if usage.limit is None else max(0, usage.limit - usage.used)
        return cls(
            plan=usage.plan,
            memory_limit=usage.limit,
            memories_used=usage.used,
            memories_remaining=remaining,
        )
