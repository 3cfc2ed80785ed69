"""Tenants and keys: who may come in, and what an operator can do about it."""

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import uuid6

from app.domain.models import ApiKey, Tenant
from app.errors import Conflict, Forbidden, Gone, InvalidInput, NotFound, Unauthorized, Unavailable
from app.ports import AccessStore, Clock, MemoryStore
from app.services.key_cache import KeyCache
from app.services.memories import PLAN

DEFAULT_TENANT = "Default"
_KEY_PREFIX = "loci_"
_KEY_BYTES = 32
_LONGEST_TENANT_NAME = 200
_USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made. `api_key` is shown this once and cannot be read again."""

    id: str
    tenant_id: str
    tenant_name: str
    api_key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What an operator sees of the whole installation."""

    tenants: Sequence[Tenant]
    plan: str
    memory_limit: int | None
    active_memories: int
    api_keys: Sequence[ApiKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Checks keys and manages them.

    `static_key` opens the default tenant while it is set and is never stored; `setup_secret` guards what
    operators do.
    """

    store: AccessStore
    memories: MemoryStore
    clock: Clock
    static_key: str | None
    setup_secret: str | None
    memory_limit: int | None
    cache: KeyCache = field(default_factory=KeyCache)

    async def tenant_of(self, authorization: str | None) -> str:
        """The tenant that the `Authorization` header opens. Raises: Unauthorized, Unavailable."""
        presented = _bearer(authorization)
        if self.static_key is not None and _same(presented, self.static_key):
            return await self._default_tenant_id()
        digest = _digest(presented)
        key = self.cache.find(digest)
        if key is None:
            key = await self._look_up(digest)
        return key.tenant_id

    async def ensure_first_tenant(self) -> NewKey | None:
        """Make the default tenant and a key where there is no tenant at all; the key, if it was made."""
        tenant, key, shown = self._new_key(self._new_tenant(DEFAULT_TENANT), label="first start")
        return shown if await self.store.create_first_tenant(tenant, key) else None

    async def ensure_default_tenant(self) -> None:
        """Make the default tenant where it is missing, without a key: the static key opens it."""
        if await self.tenant_named(DEFAULT_TENANT) is None:
            # Another process that starts at the same time may make it first.
            with contextlib.suppress(Conflict):
                await self.store.create_tenant(self._new_tenant(DEFAULT_TENANT), None)

    async def set_up(self, *, tenant_name: str | None, secret: str | None) -> NewKey:
        """Make the first tenant and its key. Raises: Forbidden, Gone once a tenant exists."""
        if self.setup_secret is not None:
            self._admit_operator(secret)
        tenant, key, shown = self._new_key(self._new_tenant(tenant_name or DEFAULT_TENANT), label="setup")
        if not await self.store.create_first_tenant(tenant, key):
            raise Gone(
                "Setup is already done; use the key that was shown, or make one with `loci keys create`"
            )
        return shown

    async def create_tenant(self, *, tenant_name: str, secret: str | None) -> NewKey:
        """Make a tenant and its first key. Raises: Forbidden, Conflict when the name is taken."""
        self._admit_operator(secret)
        return await self.add_tenant(tenant_name)

    async def create_key(self, *, tenant_id: str | None, label: str | None, secret: str | None) -> NewKey:
        """Make a key, for the oldest tenant if none is named. Raises: Forbidden, NotFound."""
        self._admit_operator(secret)
        tenants = await self.store.tenants()
        for tenant in tenants:
            if tenant_id is None or tenant.id == tenant_id:
                return await self.add_key(tenant, label=label or "")
        raise NotFound("Tenant not found")

    async def keys(self, *, tenant_id: str | None, secret: str | None) -> Sequence[ApiKey]:
        """The keys of one tenant, or all; oldest first. Raises: Forbidden."""
        self._admit_operator(secret)
        return await self.store.keys(tenant_id=tenant_id)

    async def revoke(self, *, key_id: str, secret: str | None) -> None:
        """End a key for good. Raises: Forbidden, NotFound."""
        self._admit_operator(secret)
        if not await self.remove_key(key_id):
            raise NotFound("Key not found")

    async def stats(self, *, secret: str | None) -> Stats:
        """Counts over the whole installation. Raises: Forbidden."""
        self._admit_operator(secret)
        tenants = await self.store.tenants()
        counts = [await self.memories.count_active(tenant_id=tenant.id) for tenant in tenants]
        return Stats(
            tenants=tenants,
            plan=PLAN,
            memory_limit=self.memory_limit,
            active_memories=sum(counts),
            api_keys=await self.store.keys(tenant_id=None),
        )

    async def tenant_named(self, name: str) -> Tenant | None:
        """The tenant of that name, in any case."""
        wanted = name.casefold()
        return next((one for one in await self.store.tenants() if one.name.casefold() == wanted), None)

    async def add_tenant(self, name: str, *, label: str = "first key") -> NewKey:
        """Make a tenant and its first key. Raises: Conflict when the name is taken."""
        tenant, key, shown = self._new_key(self._new_tenant(name), label=label)
        await self.store.create_tenant(tenant, key)
        return shown

    async def add_key(self, tenant: Tenant, *, label: str) -> NewKey:
        """Make another key of a tenant. Raises: NotFound when the tenant is gone."""
        _, key, shown = self._new_key(tenant, label=label)
        await self.store.create_key(key)
        return shown

    async def keys_of(self, tenant: Tenant) -> Sequence[ApiKey]:
        """The tenant's keys, oldest first."""
        return await self.store.keys(tenant_id=tenant.id)

    async def remove_key(self, key_id: str) -> bool:
        """End a key for good; False when there is none with that id."""
        self.cache.forget(key_id)
        return await self.store.delete_key(key_id=key_id)

    async def _look_up(self, digest: str) -> ApiKey:
        asked_at = self.cache.monotonic()
        key = await self.store.key_by_digest(digest)
        if key is None:
            raise Unauthorized("Invalid API key")
        self.cache.keep(key, since=asked_at)
        await self._note_use(key)
        return key

    async def _note_use(self, key: ApiKey) -> None:
        now = self.clock.now()
        if key.last_used_at is None or now - key.last_used_at >= _USE_NOTED_EVERY:
            # A note for operators: a request that needs no more than reading must not fail for it.
            with contextlib.suppress(Unavailable):
                await self.store.mark_used(key_id=key.id, at=now)

    async def _default_tenant_id(self) -> str:
        tenant_id = self.cache.default_tenant_id()
        if tenant_id is None:
            tenant = await self.tenant_named(DEFAULT_TENANT)
            if tenant is None:
                raise Unauthorized("Invalid API key")
            tenant_id = tenant.id
            self.cache.keep_default_tenant_id(tenant_id)
        return tenant_id

    def _admit_operator(self, secret: str | None) -> None:
        if self.setup_secret is None or secret is None or not _same(secret, self.setup_secret):
            raise Forbidden("The header x-setup-secret is missing or wrong, or no LOCI_SETUP_SECRET is set")

    def _new_tenant(self, name: str) -> Tenant:
        if not 1 <= len(name.strip()) <= _LONGEST_TENANT_NAME or not name.isprintable():
            reason = f"A tenant name has 1 to {_LONGEST_TENANT_NAME} printable characters, not only blanks"
            raise InvalidInput(reason, fields={"tenant_name": reason})
        return Tenant(id=str(uuid6.uuid7()), name=name, created_at=self.clock.now())

    def _new_key(self, tenant: Tenant, *, label: str) -> tuple[Tenant, ApiKey, NewKey]:
        secret = _KEY_PREFIX + secrets.token_hex(_KEY_BYTES)
        key = ApiKey(
            id=str(uuid6.uuid7()),
            tenant_id=tenant.id,
            digest=_digest(secret),
            label=label,
            created_at=self.clock.now(),
        )
        shown = NewKey(id=key.id, tenant_id=tenant.id, tenant_name=tenant.name, api_key=secret, label=label)
        return tenant, key, shown


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Missing or invalid Authorization header")
    return _as_sent(token.strip())


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _as_sent(presented: str) -> str:
    # HTTP hands header bytes on as Latin-1; a key with other letters was sent as UTF-8.
    try:
        return presented.encode("latin-1").decode()
    except UnicodeError:
        return presented


def _same(presented: str, expected: str) -> bool:
    # Digests have one length, so the time tells nothing of how much of the key was right.
    return hmac.compare_digest(_digest(presented), _digest(expected))
