"""Spaces: rooms of the tenant that are addressed by name."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A room for memories that belong to no user. `name` is unique in the tenant, compared exactly."""

    id: str
    tenant_id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceSize:
    """A space with the number of its memories."""

    space: Space
    memories: int
