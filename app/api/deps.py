"""What routes ask for by type: the use cases, and the tenant that the key opened."""

from typing import Annotated, TypeAlias
from urllib.parse import unquote_to_bytes

from fastapi import Depends, Header, Path, Request

from app.api import settled
from app.api.schemas.values import UserId
from app.errors import InvalidInput
from app.services import Services


async def _services(request: Request) -> Services:
    return settled.services(request)


async def _tenant_id(request: Request) -> str:
    return str(request.state.tenant_id)


async def _user_in_path(request: Request, user_id: Annotated[UserId, Path()]) -> str:
    # Servers decode paths leniently; two broken ids must not end as one and the same user.
    try:
        unquote_to_bytes(request.scope.get("raw_path") or b"").decode()
    except UnicodeDecodeError:
        reason = "must be UTF-8, percent-encoded"
        raise InvalidInput(f"user_id {reason}", fields={"user_id": reason}) from None
    return user_id


InServices: TypeAlias = Annotated[Services, Depends(_services)]
InTenant: TypeAlias = Annotated[str, Depends(_tenant_id)]
UserInPath: TypeAlias = Annotated[str, Depends(_user_in_path)]
SetupSecret: TypeAlias = Annotated[
    str | None, Header(alias="x-setup-secret", description="The operator's secret, LOCI_SETUP_SECRET.")
]
