"""Scope ids: one token, and one scope only."""

import re

from app.domain import scope


def test_an_id_is_one_lower_case_alphanumeric_token():
    one = scope.user_scope(tenant_id="Tenant-1", user_id="Ann Smith", namespace="a/b")

    assert re.fullmatch(r"[a-z][a-z0-9]+", one.id)


def test_another_user_or_namespace_is_another_scope():
    ids = {
        scope.user_scope(tenant_id="t", user_id=user, namespace=namespace).id
        for user in ("ann", "bob")
        for namespace in ("default", "work")
    }

    assert len(ids) == 4
