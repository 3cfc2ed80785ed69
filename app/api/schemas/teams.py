"""Teams on the wire."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.members import MemberCreate, MemberEmail, MemberRead
from app.api.schemas.people import GivenUserId, Slug, TeamName
from app.api.schemas.values import ShownTime
from app.domain.teams import Role, Roster, Team, TeamSize
from app.services.teams import MemberDraft, TeamDraft

_ID = "The team's id."
_NAME = "Its name."
_SLUG = "Its short name; unique in the tenant."
_CREATED_AT = "When it was founded."
_BY_ADMIN = "The admin of the team who does this."


class TeamCreate(BaseModel):
    """A team to found."""

    name: TeamName
    slug: Slug
    user_id: Annotated[
        GivenUserId, Field(description="The founder, who becomes an admin whatever `members` says of them.")
    ]
    email: MemberEmail = None
    members: Annotated[
        list[MemberCreate],
        Field(default_factory=list[MemberCreate], description="Further first members; each user once."),
    ]

    def draft(self) -> TeamDraft:
        """The same in the words of the services."""
        founder = MemberDraft(user_id=self.user_id, role=Role.ADMIN, email=self.email)
        members = [one.draft() for one in self.members]
        return TeamDraft(name=self.name, slug=self.slug, founder=founder, members=members)


class TeamUpdate(BaseModel):
    """What to change of a team: its name, its slug, or both."""

    user_id: Annotated[GivenUserId, Field(description=_BY_ADMIN)]
    name: Annotated[TeamName | None, Field(description="Its new name; null leaves it as it is.")] = None
    slug: Annotated[Slug | None, Field(description="Its new slug; null leaves it as it is.")] = None


class TeamDeleteQuery(BaseModel):
    """Who deletes a team."""

    user_id: Annotated[GivenUserId, Field(description=_BY_ADMIN)]


class TeamCreated(Answer):
    """A new team."""

    id: Annotated[str, Field(description=_ID)]
    tenant_id: Annotated[str, Field(description="The tenant it belongs to.")]
    name: Annotated[str, Field(description=_NAME)]
    slug: Annotated[str, Field(description=_SLUG)]
    created_at: Annotated[ShownTime, Field(description=_CREATED_AT)]

    @classmethod
    def of(cls, team: Team) -> Self:
        """The answer to a new team."""
        return cls(
            id=team.id, tenant_id=team.tenant_id, name=team.name, slug=team.slug, created_at=team.created_at
        )


class TeamUpdated(Answer):
    """A team after a change."""

    id: Annotated[str, Field(description=_ID)]
    name: Annotated[str, Field(description=_NAME)]
    slug: Annotated[str, Field(description=_SLUG)]
    created_at: Annotated[ShownTime, Field(description=_CREATED_AT)]

    @classmethod
    def of(cls, team: Team) -> Self:
        """The answer to a change."""
        return cls(id=team.id, name=team.name, slug=team.slug, created_at=team.created_at)


class TeamListed(Answer):
    """A team in a listing."""

    id: Annotated[str, Field(description=_ID)]
    name: Annotated[str, Field(description=_NAME)]
    slug: Annotated[str, Field(description=_SLUG)]
    created_at: Annotated[ShownTime, Field(description=_CREATED_AT)]
    member_count: Annotated[
        int, Field(description="How many members were added; agents that belong by themselves do not count.")
    ]

    @classmethod
    def of(cls, size: TeamSize) -> Self:
        """The listing's view of a team."""
        team = size.team
        return cls(
            id=team.id,
            name=team.name,
            slug=team.slug,
            created_at=team.created_at,
            member_count=size.members,
        )


class TeamList(Answer):
    """Teams, oldest first."""

    teams: Annotated[list[TeamListed], Field(description="All teams of the tenant.")]

    @classmethod
    def of(cls, sizes: Iterable[TeamSize]) -> Self:
        """The answer to a listing."""
        return cls(teams=[TeamListed.of(size) for size in sizes])


class TeamRead(Answer):
    """A team with its members."""

    id: Annotated[str, Field(description=_ID)]
    tenant_id: Annotated[str, Field(description="The tenant it belongs to.")]
    name: Annotated[str, Field(description=_NAME)]
    slug: Annotated[str, Field(description=_SLUG)]
    created_at: Annotated[ShownTime, Field(description=_CREATED_AT)]
    members: Annotated[
        list[MemberRead],
        Field(description="Those who were added, oldest first; not the agents that belong by themselves."),
    ]

    @classmethod
    def of(cls, roster: Roster) -> Self:
        """The view of a team from inside."""
        team = roster.team
        return cls(
            id=team.id,
            tenant_id=team.tenant_id,
            name=team.name,
            slug=team.slug,
            created_at=team.created_at,
            members=[MemberRead.of(member) for member in roster.members],
        )
