"""The calls about who belongs to a team. Each function is a method of `teams` of both clients.

`by` is the user who acts. Only an admin of the team may, except where a docstring says otherwise.
"""

from loci_client import decode
from loci_client.addresses import segment
from loci_client.call import Call, body_of, nothing, parameters
from loci_client.team_models import AcceptedInvitation, Invitation, Member, Role


def add_member(
    team_id: str,
    user_id: str,
    *,
    by: str,
    role: Role | None = None,
    email: str | None = None,
    idempotency_key: str | None = None,
) -> Call[Member]:
    """Add a user to a team; without a role, as `member`.

    Raises: LociError; Conflict with the membership's `existing_id` when the user belongs to it already.
    """
    return Call(
        method="POST",
        path=_address(team_id, "members"),
        body=body_of(user_id=user_id, added_by=by, role=role, email=email),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(Member, answer),
    )


def change_role(team_id: str, user_id: str, role: Role, *, by: str) -> Call[Member]:
    """Give a member another role. Raises: LociError; Conflict when no admin would be left."""
    return Call(
        method="PATCH",
        path=_address(team_id, "members", user_id),
        body={"role": role, "changed_by": by},
        read=lambda answer: decode.decode(Member, answer),
    )


def remove_member(team_id: str, user_id: str, *, by: str) -> Call[None]:
    """Remove a member from a team; members may remove themselves.

    Raises: LociError; Conflict when no admin would be left.
    """
    return Call(
        method="DELETE",
        path=_address(team_id, "members", user_id),
        query=parameters(removed_by=by),
        read=nothing,
    )


def invite(
    team_id: str, email: str, *, by: str, role: Role | None = None, idempotency_key: str | None = None
) -> Call[Invitation]:
    """Make an invitation, valid for seven days; sending its token to the address is up to you.

    Raises: LociError.
    """
    return Call(
        method="POST",
        path=_address(team_id, "invitations"),
        body=body_of(email=email, invited_by=by, role=role),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(Invitation, answer),
    )


def accept_invitation(
    token: str, user_id: str, *, email: str | None = None, idempotency_key: str | None = None
) -> Call[AcceptedInvitation]:
    """Join a team as this user; who belongs to it already keeps the role.

    Raises: LociError; Gone when the invitation has expired or was accepted before.
    """
    return Call(
        method="POST",
        path=f"/v1/invitations/{segment(token)}/accept",
        body=body_of(user_id=user_id, email=email),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(AcceptedInvitation, answer),
    )


def _address(team_id: str, *below: str) -> str:
    return "/".join(["/v1/teams", *(segment(one) for one in (team_id, *below))])
