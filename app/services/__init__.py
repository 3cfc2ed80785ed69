"""One module per use case: gather through the ports, decide in the domain, apply through the ports."""

from dataclasses import dataclass

from app.services.access import Access
from app.services.connect import Connect
from app.services.health import Health
from app.services.memories import Memories
from app.services.recall import Recall
from app.services.remember import Remember
from app.services.traverse import Traverse

__all__ = ["Access", "Connect", "Health", "Memories", "Recall", "Remember", "Services", "Traverse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All use cases, ready to be called by any edge: HTTP, the command line, later MCP."""

    remember: Remember
    recall: Recall
    memories: Memories
    connect: Connect
    traverse: Traverse
    access: Access
    health: Health
