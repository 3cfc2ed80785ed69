"""Teams: who belongs to them, and what a role allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

INVITATION_VALID = timedelta(days=7)


class Role(StrEnum):
    """What a member may do: everything, store and search, or search alone."""

    ADMIN = "admin"
    MEMBER = "member"
    READ_ONLY = "read_only"

    @property
    def may_store(self) -> bool:
        """Whether this role may share memories with the team.

        >>> [role.value for role in Role if role.may_store]
        ['admin', 'member']
        """
        return self is not Role.READ_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People and agents who share memories. `slug` is unique in the tenant."""

    id: str
    tenant_id: str
    name: str
    slug: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The membership of one user in one team; `id` is that of the membership."""

    id: str
    team_id: str
    user_id: str
    role: Role
    joined_at: datetime
    email: str | None = None
    invited_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSize:
    """A team with the number of its explicit members."""

    team: Team
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A team with its explicit members, oldest first."""

    team: Team
    members: Sequence[Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An offer of membership. Only the SHA-256 of its token is kept."""

    id: str
    tenant_id: str
    team_id: str
    token_digest: str
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
