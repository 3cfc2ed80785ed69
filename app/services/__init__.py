"""One module per use case: gather through the ports, decide in the domain, apply through the ports."""

from dataclasses import dataclass

from app.services.access import Access
from app.services.health import Health
from app.services.memories import Memories
from app.services.recall import Recall
from app.services.remember import Remember

__all__ = ["Access", "Health", "Memories", "Recall", "Remember", "Services"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All use cases, ready to be called by any edge: HTTP, the command line, later MCP."""

    remember: Remember
    recall: Recall
    memories: Memories
    access: Access
    health: Health
