"""Routes of those who belong to teams, and of invitations."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api import answers, documented
from app.api.deps import InSending, InServices, InTenant, UserInPath
from app.api.routing import AddressedRoute, KeyedRoute
from app.api.schemas.members import (
    InvitationAccept,
    InvitationAccepted,
    InvitationCreate,
    InvitationCreated,
    MemberAdd,
    MemberAdded,
    MemberRead,
    MemberRemoveQuery,
    MemberUpdate,
)
from app.api.teams import TeamId

router = APIRouter(tags=["Teams"])
_keyed = APIRouter(route_class=KeyedRoute, responses=documented.KEYED)
_addressed = APIRouter(route_class=AddressedRoute, responses=documented.OPEN)


@_keyed.post(
    "/v1/teams/{team_id}/members",
    status_code=201,
    response_model=MemberAdded,
    response_description="They are a member.",
    responses=documented.problem_answers(403, 404, 409),
)
async def add_member(
    team_id: TeamId, body: MemberAdd, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Add somebody to a team, as an admin of it."""
    return await sending.answered(
        lambda once: services.teams.add_member(
            body.draft(), tenant_id=tenant_id, team_id=team_id, by=body.added_by, once=once
        ),
        by=lambda member: answers.json(MemberAdded.of(member), status=201),
    )


@_keyed.patch(
    "/v1/teams/{team_id}/members/{user_id:path}",
    response_model=MemberRead,
    responses=documented.problem_answers(403, 404, 409),
)
async def change_member(
    team_id: TeamId, user_id: UserInPath, body: MemberUpdate, services: InServices, tenant_id: InTenant
) -> Response:
    """Give a member another role, as an admin of the team; an admin always remains."""
    member = await services.teams.change_role(
        tenant_id=tenant_id, team_id=team_id, user_id=user_id, role=body.role, by=body.changed_by
    )
    return answers.json(MemberRead.of(member))


@_keyed.delete(
    "/v1/teams/{team_id}/members/{user_id:path}",
    status_code=204,
    response_description="They are no member any more.",
    responses=documented.problem_answers(403, 404, 409),
)
async def remove_member(
    team_id: TeamId,
    user_id: UserInPath,
    query: Annotated[MemberRemoveQuery, Query()],
    services: InServices,
    tenant_id: InTenant,
) -> Response:
    """End a membership, as an admin of the team or as the member; an admin always remains."""
    await services.teams.remove_member(
        tenant_id=tenant_id, team_id=team_id, user_id=user_id, by=query.removed_by
    )
    return answers.nothing()


@_keyed.post(
    "/v1/teams/{team_id}/invitations",
    status_code=201,
    response_model=InvitationCreated,
    response_description="The invitation can be accepted for 7 days.",
    responses=documented.problem_answers(403, 404),
)
async def invite_member(
    team_id: TeamId, body: InvitationCreate, services: InServices, tenant_id: InTenant, sending: InSending
) -> Response:
    """Make an invitation, as an admin of the team; its token is yours to hand on."""
    return await sending.answered(
        lambda once: services.invitations.invite(
            tenant_id=tenant_id,
            team_id=team_id,
            email=body.email,
            role=body.role,
            by=body.invited_by,
            once=once,
        ),
        by=lambda invited: answers.json(InvitationCreated.of(invited), status=201),
    )


@_addressed.post(
    "/v1/invitations/{token}/accept",
    response_model=InvitationAccepted,
    responses=documented.problem_answers(404, 410),
)
async def accept_invitation(
    token: Annotated[str, Path(description="The invitation's token; it takes the place of a key.")],
    body: InvitationAccept,
    services: InServices,
    sending: InSending,
) -> Response:
    """Become a member of the team that the invitation is for; no key is needed."""
    return await sending.answered(
        lambda once: services.invitations.accept(token, user_id=body.user_id, email=body.email, once=once),
        by=lambda member: answers.json(InvitationAccepted.of(member)),
    )


router.include_router(_keyed)
router.include_router(_addressed)
