"""Which scopes a request may write to or read from. The tenant always comes from the credential."""

from app.domain import scope as scopes
from app.domain.models import Scope
from app.errors import NotFound


def private_scope(*, tenant_id: str, user_id: str, namespace: str) -> Scope:
    """The user's own scope in that namespace."""
    return scopes.user_scope(tenant_id=tenant_id, user_id=user_id, namespace=namespace)


def refuse_team(team_id: str | None) -> None:
    """Raise NotFound for any team id: no route makes teams yet, so every id is an unknown one."""
    if team_id is not None:
        raise NotFound("Team not found")
