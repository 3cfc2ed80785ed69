"""Scope ids: a hash of the tenant and the parts that make up the scope.

The id is one lower-case alphanumeric token, so that every full-text analyser keeps it whole.
"""

import hashlib

from app.domain.models import Scope, ScopeKind

_ID_HEX_DIGITS = 40


def user_scope(*, tenant_id: str, user_id: str, namespace: str) -> Scope:
    """The scope of one user's own memories in one namespace.

    >>> a = user_scope(tenant_id="t", user_id="ann", namespace="default")
    >>> a == user_scope(tenant_id="t", user_id="ann", namespace="default")
    True
    >>> a.id == user_scope(tenant_id="u", user_id="ann", namespace="default").id
    False
    """
    return Scope(
        id=_scope_id(ScopeKind.USER, tenant_id, user_id, namespace),
        tenant_id=tenant_id,
        kind=ScopeKind.USER,
        user_id=user_id,
        namespace=namespace,
    )


def _scope_id(kind: ScopeKind, *parts: str) -> str:
    # Each part is preceded by its length: ("ab", "c") and ("a", "bc") must not meet.
    encoded = [part.encode() for part in (kind.value, *parts)]
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
    return "s" + hashlib.sha256(framed).hexdigest()[:_ID_HEX_DIGITS]
