"""The scopes of the memories in `tests.fakes`, as `app.ports.ScopeStore` promises."""

from collections.abc import Callable, Iterable, Sequence

from app.domain.models import Scope, ScopeKind


class InMemoryScopes:
    """`ScopeStore` over the scopes that others keep."""

    def __init__(self, scopes: Callable[[], Iterable[Scope]]) -> None:
        self._scopes = scopes

    async def shared_by(self, *, tenant_id: str, user_id: str, namespace: str) -> Sequence[str]:
        return sorted(
            one.id
            for one in self._scopes()
            if one.kind is ScopeKind.TEAM
            and (one.tenant_id, one.user_id, one.namespace) == (tenant_id, user_id, namespace)
        )

    async def of_team(self, *, tenant_id: str, team_id: str, namespace: str) -> Sequence[str]:
        return sorted(
            one.id
            for one in self._scopes()
            if (one.tenant_id, one.team_id, one.namespace) == (tenant_id, team_id, namespace)
        )
