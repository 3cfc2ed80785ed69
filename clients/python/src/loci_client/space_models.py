"""What the service answers about spaces, as frozen values; they know no HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceMemory:
    """A text in a space; `space` is the name of the space."""

    id: str
    space: str
    space_id: str
    title: str
    text: str
    metadata: Mapping[str, object]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSpaceMemory:
    """A text that was found in a space; `score`, in [0, 1], placed it."""

    id: str
    space: str
    space_id: str
    title: str
    text: str
    metadata: Mapping[str, object]
    created_at: datetime
    updated_at: datetime
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A room for texts that belong to no user, addressed by its name."""

    id: str
    name: str
    memory_count: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SpacePage:
    """One page of a listing, by name; `total` counts all pages."""

    spaces: tuple[Space, ...]
    limit: int
    offset: int
    total: int

    def __iter__(self) -> Iterator[Space]:
        return iter(self.spaces)
