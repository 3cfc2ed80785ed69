"""Scope ids: a hash of the tenant and the parts that make up the scope.

The id is one lower-case alphanumeric token, so that every full-text analyser keeps it whole.
"""

import hashlib

from app.domain.models import Scope, ScopeKind

SPACE_NAMESPACE = "default"
_ID_HEX_DIGITS = 40


def user_scope(*, tenant_id: str, user_id: str, namespace: str) -> Scope:
    """The scope of one user's own memories in one namespace.

    >>> a = user_scope(tenant_id="t", user_id="ann", namespace="default")
    >>> a == user_scope(tenant_id="t", user_id="ann", namespace="default")
    True
    >>> a.id == user_scope(tenant_id="u", user_id="ann", namespace="default").id
    False
    """
    id = _scope_id(ScopeKind.USER, tenant_id, user_id, namespace)
    return Scope(
        id=id,
        lock_id=id,
        tenant_id=tenant_id,
        kind=ScopeKind.USER,
        user_id=user_id,
        namespace=namespace,
    )


def agent_scope(*, tenant_id: str, agent_id: str, user_id: str, namespace: str) -> Scope:
    """The scope of what one agent knows of one user in one namespace.

    >>> agent_scope(tenant_id="t", agent_id="a", user_id="ann", namespace="default").kind.value
    'agent'
    """
    id = _scope_id(ScopeKind.AGENT, tenant_id, agent_id, user_id, namespace)
    return Scope(
        id=id,
        lock_id=id,
        tenant_id=tenant_id,
        kind=ScopeKind.AGENT,
        user_id=user_id,
        namespace=namespace,
        agent_id=agent_id,
    )


def team_scope(*, tenant_id: str, team_id: str, user_id: str, namespace: str) -> Scope:
    """The scope of what one user shares with a team in one namespace.

    The team's memories are those of all its authors' scopes; the author finds their own without the
    team. All of them have one lock, since a fact is kept once for the whole team.

    >>> ann = team_scope(tenant_id="t", team_id="red", user_id="ann", namespace="default")
    >>> bob = team_scope(tenant_id="t", team_id="red", user_id="bob", namespace="default")
    >>> ann.id == bob.id, ann.lock_id == bob.lock_id
    (False, True)
    """
    return Scope(
        id=_scope_id(ScopeKind.TEAM, tenant_id, team_id, user_id, namespace),
        lock_id=_scope_id(ScopeKind.TEAM, tenant_id, team_id, namespace),
        tenant_id=tenant_id,
        kind=ScopeKind.TEAM,
        user_id=user_id,
        namespace=namespace,
        team_id=team_id,
    )


def space_scope(*, tenant_id: str, space_id: str) -> Scope:
    """The scope of one space. It belongs to no user.

    >>> space_scope(tenant_id="t", space_id="s").user_id
    ''
    """
    id = _scope_id(ScopeKind.SPACE, tenant_id, space_id)
    return Scope(
        id=id,
        lock_id=id,
        tenant_id=tenant_id,
        kind=ScopeKind.SPACE,
        user_id="",
        namespace=SPACE_NAMESPACE,
        space_id=space_id,
    )


def _scope_id(kind: ScopeKind, *parts: str) -> str:
    # Each part is preceded by its length: ("ab", "c") and ("a", "bc") must not meet.
    encoded = [part.encode() for part in (kind.value, *parts)]
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
    return "s" + hashlib.sha256(framed).hexdigest()[:_ID_HEX_DIGITS]
