"""The calls about teams. Each function is a method of `teams` of both clients, docstring included.

`by` is the user who acts. Only an admin of the team may, except where a docstring says otherwise.
"""

from collections.abc import Iterable

from loci_client import decode
from loci_client.addresses import segment
from loci_client.call import Call, body_of, nothing, parameters
from loci_client.team_models import ListedTeam, NewMember, Team, TeamWithMembers


def create(
    name: str,
    slug: str,
    *,
    by: str,
    email: str | None = None,
    members: Iterable[NewMember] = (),
    idempotency_key: str | None = None,
) -> Call[Team]:
    """Make a team; the user `by`, whose `email` it is, becomes its admin.

    The slug, of the characters a-z, 0-9 and -, is unique in the tenant.
    Raises: LociError; Conflict with the team's `existing_id` when the slug is taken.
    """
    told = [body_of(user_id=one.user_id, role=one.role, email=one.email) for one in members]
    return Call(
        method="POST",
        path="/v1/teams",
        body=body_of(name=name, slug=slug, user_id=by, email=email, members=told or None),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(Team, answer),
    )


def get(team_id: str) -> Call[TeamWithMembers]:
    """Read a team and who belongs to it. Raises: LociError."""
    return Call(
        method="GET", path=_address(team_id), read=lambda answer: decode.decode(TeamWithMembers, answer)
    )


def list_all() -> Call[tuple[ListedTeam, ...]]:
    """List all teams, oldest first. Raises: LociError."""
    return Call(
        method="GET", path="/v1/teams", read=lambda answer: decode.decode_items(ListedTeam, answer, "teams")
    )


def update(team_id: str, *, by: str, name: str | None = None, slug: str | None = None) -> Call[Team]:
    """Give a team another name or slug.

    Raises: LociError; Conflict with the other team's `existing_id` when the slug is taken.
    """
    return Call(
        method="PATCH",
        path=_address(team_id),
        body=body_of(user_id=by, name=name, slug=slug),
        read=lambda answer: decode.decode(Team, answer),
    )


def delete(team_id: str, *, by: str) -> Call[None]:
    """Dissolve a team; its memories become private to those who stored them. Raises: LociError."""
    return Call(method="DELETE", path=_address(team_id), query=parameters(user_id=by), read=nothing)


def _address(team_id: str) -> str:
    return f"/v1/teams/{segment(team_id)}"
