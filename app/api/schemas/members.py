"""Members of teams and invitations on the wire."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.people import Email, GivenUserId
from app.api.schemas.values import ShownTime, UserId
from app.domain.teams import Member, Role
from app.services.invitations import Invited
from app.services.teams import MemberDraft

_ROLE = "`admin` may do everything, `member` stores and searches, `read_only` searches."
_EMAIL = "Where to reach them; null where that is not known."
_BY_ADMIN = "The admin of the team who does this."
_MEMBERSHIP_ID = "The id of the membership."
_INVITED_BY = "Who added or invited them; null for the founder."
_JOINED_AT = "When they became a member."

MemberEmail = Annotated[Email | None, Field(description=_EMAIL)]
WantedRole = Annotated[Role, Field(description=_ROLE)]


class MemberCreate(BaseModel):
    """Somebody who is to belong to a team."""

    user_id: Annotated[GivenUserId, Field(description="Their user id.")]
    role: WantedRole = Role.MEMBER
    email: MemberEmail = None

    def draft(self) -> MemberDraft:
        """The same in the words of the services."""
        return MemberDraft(user_id=self.user_id, role=self.role, email=self.email)


class MemberAdd(MemberCreate):
    """Somebody to add to a team."""

    added_by: Annotated[UserId, Field(description=_BY_ADMIN)]


class MemberUpdate(BaseModel):
    """A member's new role."""

    role: WantedRole
    changed_by: Annotated[UserId, Field(description=_BY_ADMIN)]


class MemberRemoveQuery(BaseModel):
    """Who ends a membership."""

    removed_by: Annotated[UserId, Field(description="An admin of the team, or the member themself.")]


class InvitationCreate(BaseModel):
    """Somebody to invite."""

    email: Annotated[Email, Field(description="Whom the invitation is for. Loci sends no message.")]
    invited_by: Annotated[UserId, Field(description=_BY_ADMIN)]
    role: WantedRole = Role.MEMBER


class InvitationAccept(BaseModel):
    """Who accepts an invitation."""

    user_id: Annotated[GivenUserId, Field(description="Their user id from now on.")]
    email: Annotated[
        Email | None, Field(description="Where to reach them; the invitation's address if none is given.")
    ] = None


class MemberAdded(Answer):
    """A new membership."""

    id: Annotated[str, Field(description=_MEMBERSHIP_ID)]
    user_id: Annotated[str, Field(description="The member's user id.")]
    email: Annotated[str | None, Field(description=_EMAIL)]
    role: Annotated[Role, Field(description=_ROLE)]
    joined_at: Annotated[ShownTime, Field(description=_JOINED_AT)]

    @classmethod
    def of(cls, member: Member) -> Self:
        """The answer to a new member."""
        return cls(
            id=member.id,
            user_id=member.user_id,
            email=member.email,
            role=member.role,
            joined_at=member.joined_at,
        )


class MemberRead(Answer):
    """A membership."""

    id: Annotated[str, Field(description=_MEMBERSHIP_ID)]
    user_id: Annotated[str, Field(description="The member's user id.")]
    email: Annotated[str | None, Field(description=_EMAIL)]
    role: Annotated[Role, Field(description=_ROLE)]
    invited_by: Annotated[str | None, Field(description=_INVITED_BY)]
    joined_at: Annotated[ShownTime, Field(description=_JOINED_AT)]

    @classmethod
    def of(cls, member: Member) -> Self:
        """The view of a member."""
        return cls(
            id=member.id,
            user_id=member.user_id,
            email=member.email,
            role=member.role,
            invited_by=member.invited_by,
            joined_at=member.joined_at,
        )


class InvitationCreated(Answer):
    """An invitation, with the token that accepts it."""

    id: Annotated[str, Field(description="The invitation's id.")]
    email: Annotated[str, Field(description="Whom it is for.")]
    role: Annotated[Role, Field(description="The role of whoever accepts it.")]
    token: Annotated[str, Field(description="What accepts the invitation, once; shown this once.")]
    expires_at: Annotated[ShownTime, Field(description="When it ends, after 7 days.")]
    created_at: Annotated[ShownTime, Field(description="When it was made.")]

    @classmethod
    def of(cls, invited: Invited) -> Self:
        """The answer to a new invitation."""
        invitation = invited.invitation
        return cls(
            id=invitation.id,
            email=invitation.email,
            role=invitation.role,
            token=invited.token,
            expires_at=invitation.expires_at,
            created_at=invitation.created_at,
        )


class InvitationAccepted(Answer):
    """The membership that an invitation led to."""

    team_id: Annotated[str, Field(description="The team.")]
    role: Annotated[Role, Field(description="Their role, which who was a member before keeps.")]
    message: Annotated[Literal["Invitation accepted"], Field(description="That it worked.")] = (
        "Invitation accepted"
    )

    @classmethod
    def of(cls, member: Member) -> Self:
        """The answer to who accepted an invitation."""
        return cls(team_id=member.team_id, role=member.role)
