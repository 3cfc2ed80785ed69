"""What the administration tool's misbehaviour becomes, with a script in its place."""

from pathlib import Path

import pytest

from app.errors import DatabaseNotStarted
from app.local_neo4j import admin
from tests.unit.local_neo4j import pretended_neo4j


def test_an_initial_password_that_takes_too_long_is_a_clear_sentence(tmp_path: Path) -> None:
    plan = pretended_neo4j.plan_of(tmp_path, pretended_neo4j.HANGS)
    with pytest.raises(DatabaseNotStarted, match="initial password within 0 s"):
        admin.set_initial_password(plan.installation, plan.instance, "secret", timeout_seconds=0.1)


def test_an_initial_password_that_is_refused_is_quoted_without_it(tmp_path: Path) -> None:
    plan = pretended_neo4j.plan_of(tmp_path, "import sys; sys.exit('secret is too short')")
    with pytest.raises(DatabaseNotStarted, match=r"initial password: \*\*\* is too short"):
        admin.set_initial_password(plan.installation, plan.instance, "secret")
