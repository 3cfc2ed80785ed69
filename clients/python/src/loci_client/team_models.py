"""What is said and answered about teams, as frozen values; they know no HTTP."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Role = Literal["admin", "member", "read_only"]
"""What a member may do: everything, store and search, or search alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """A user who belongs to a team from its beginning; without a role, a `member`."""

    user_id: str
    role: Role | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People and agents who share memories."""

    id: str
    name: str
    slug: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTeam:
    """A team in a listing, with the number of its members."""

    id: str
    name: str
    slug: str
    created_at: datetime
    member_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A user's membership in a team; `id` is that of the membership."""

    id: str
    user_id: str
    email: str | None
    role: str
    joined_at: datetime
    invited_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWithMembers:
    """A team and who belongs to it, oldest first; agents belong to it without being listed."""

    id: str
    name: str
    slug: str
    created_at: datetime
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An offer of membership. Whoever has the `token` can accept it; it is shown only here."""

    id: str
    email: str
    role: str
    token: str = field(repr=False)
    expires_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedInvitation:
    """The team that a user now belongs to, and the role there."""

    team_id: str
    role: str
