"""What a tenant has decided for all its requests that do not say otherwise."""

from dataclasses import dataclass

from app.domain.admission import OnConflict


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSettings:
    """`on_conflict`: what becomes of memories that a new fact contradicts."""

    on_conflict: OnConflict = OnConflict.REPLACE
