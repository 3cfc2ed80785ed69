"""One module per use case: gather through the ports, decide in the domain, apply through the ports."""

from dataclasses import dataclass

from app.services.access import Access
from app.services.agents import Agents
from app.services.conflicts import Conflicts
from app.services.connect import Connect
from app.services.health import Health
from app.services.history import History
from app.services.invitations import Invitations
from app.services.memories import Memories
from app.services.preview import Preview
from app.services.recall import Recall
from app.services.receipts import Receipts
from app.services.remember import Remember
from app.services.restore import Restore
from app.services.signup import Signup
from app.services.spaces import Spaces
from app.services.teams import Teams
from app.services.tenant_settings import SettingsByTenant
from app.services.traverse import Traverse

__all__ = [
    "Access",
    "Agents",
    "Conflicts",
    "Connect",
    "Health",
    "History",
    "Invitations",
    "Memories",
    "Preview",
    "Recall",
    "Receipts",
    "Remember",
    "Restore",
    "Services",
    "SettingsByTenant",
    "Signup",
    "Spaces",
    "Teams",
    "Traverse",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All use cases, ready to be called by any edge: HTTP, the command line, later MCP."""

    remember: Remember
    recall: Recall
    memories: Memories
    history: History
    restore: Restore
    preview: Preview
    conflicts: Conflicts
    spaces: Spaces
    agents: Agents
    teams: Teams
    invitations: Invitations
    connect: Connect
    traverse: Traverse
    receipts: Receipts
    access: Access
    tenant_settings: SettingsByTenant
    signup: Signup
    health: Health
