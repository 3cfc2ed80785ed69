"""What routes ask for by type: the use cases, and the tenant that the key opened."""

from typing import Annotated, TypeAlias
from urllib.parse import unquote_to_bytes

from fastapi import Depends, Header, Path, Request

from app.api import sending, settled
from app.api.schemas.values import UserId
from app.api.sending import Sending
from app.errors import InvalidInput
from app.services import Services

IdempotencyKey: TypeAlias = Annotated[
    str | None,
    Header(
        alias=sending.HEADER,
        description="A name of your own for this request, 1 to 255 characters. Sent again with it within a"
        " day, the request takes no effect and gets its first answer; another request under it is 422.",
    ),
]


async def _services(request: Request) -> Services:
    return settled.services(request)


async def _tenant_id(request: Request) -> str:
    return str(request.state.tenant_id)


async def _user_in_path(request: Request, user_id: Annotated[UserId, Path()]) -> str:
    _refuse_broken_path(request, field="user_id")
    return user_id


async def _space_in_path(
    request: Request, space: Annotated[str, Path(description="The space's id or its name.")]
) -> str:
    _refuse_broken_path(request, field="space")
    return space


def _refuse_broken_path(request: Request, *, field: str) -> None:
    # Servers decode paths leniently; two broken names must not end as one and the same.
    try:
        unquote_to_bytes(request.scope.get("raw_path") or b"").decode()
    except UnicodeDecodeError:
        reason = "must be UTF-8, percent-encoded"
        raise InvalidInput(f"{field} {reason}", fields={field: reason}) from None


async def _sending(request: Request, key: IdempotencyKey = None) -> Sending:
    del key  # Read before the route; named here to be documented.
    found: Sending = request.state.sending
    return found


InServices: TypeAlias = Annotated[Services, Depends(_services)]
InTenant: TypeAlias = Annotated[str, Depends(_tenant_id)]
InSending: TypeAlias = Annotated[Sending, Depends(_sending)]
UserInPath: TypeAlias = Annotated[str, Depends(_user_in_path)]
SpaceInPath: TypeAlias = Annotated[str, Depends(_space_in_path)]
SetupSecret: TypeAlias = Annotated[
    str | None, Header(alias="x-setup-secret", description="The operator's secret, LOCI_SETUP_SECRET.")
]
