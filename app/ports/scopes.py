"""Which scopes there are."""

from collections.abc import Sequence
from typing import Protocol


class ScopeStore(Protocol):
    """Scopes that were written by the first memory in them."""

    async def shared_by(self, *, tenant_id: str, user_id: str, namespace: str) -> Sequence[str]:
        """The ids of the scopes in which a user shares memories with teams, in order."""
        ...

    async def of_team(self, *, tenant_id: str, team_id: str, namespace: str) -> Sequence[str]:
        """The ids of the scopes of all authors of a team, in order."""
        ...
