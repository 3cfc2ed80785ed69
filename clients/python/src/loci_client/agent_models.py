"""What the service answers about agents, as frozen values; they know no HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A registered agent. Its memories are its own: plain searches do not find them."""

    id: str
    name: str
    owner_id: str
    description: str | None
    model: str | None
    system_prompt: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentMemory:
    """A memory of an agent in a listing."""

    id: str
    fact: str
    importance: float
    source: str
    namespace: str
    created_at: datetime
    metadata: Mapping[str, object]
