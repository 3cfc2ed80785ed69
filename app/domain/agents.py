"""Agents, and the user ids under which one takes part in teams."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

_SEPARATED = re.compile(r"[^a-z0-9]+")
_MEMBER_PREFIX = "agent-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A registered agent. Its memories are its own: plain searches do not find them."""

    id: str
    tenant_id: str
    name: str
    owner_id: str
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    model: str | None = None
    system_prompt: str | None = None

    @property
    def source(self) -> str:
        """The source of the memories that this agent stores."""
        return source_of(self.id)


class AgentChange(TypedDict, total=False):
    """What to change of an agent: what is not named stays, and None takes a value away."""

    name: str
    description: str | None
    model: str | None
    system_prompt: str | None


def source_of(agent_id: str) -> str:
    """The source under which the memories of an agent are filed.

    >>> source_of("4c")
    'agent:4c'
    """
    return f"agent:{agent_id}"


def agent_id_in(source: str | None) -> str | None:
    """The id that a source of the form `agent:<id>` names, whether or not there is such an agent.

    >>> agent_id_in("agent:4c"), agent_id_in("api"), agent_id_in("agent:")
    ('4c', None, None)
    """
    prefix = source_of("")
    return (source.removeprefix(prefix) or None) if source and source.startswith(prefix) else None


def slug(name: str) -> str:
    """The name as part of an address: ASCII letters, digits and single hyphens; empty for other scripts.

    >>> slug("CodeAssist"), slug("  Ünder Dog 2! "), slug("助手")
    ('codeassist', 'under-dog-2', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _SEPARATED.sub("-", plain).strip("-")


def slug_in(user_id: str) -> str | None:
    """The slug that a user id of the form `agent-<slug>` names, whether or not there is such an agent.

    >>> slug_in("agent-codeassist"), slug_in("codeassist"), slug_in("agent-")
    ('codeassist', None, None)
    """
    return (user_id.removeprefix(_MEMBER_PREFIX) or None) if user_id.startswith(_MEMBER_PREFIX) else None
