"""What the tests of both packages share: the running service, and a user without memories.

These tests run in environments of their own, which `./loci test --third-party` makes; nothing here may import
the project.
"""

import importlib.util
import os
import uuid

import pytest

# In the project's own environment the packages are missing, and their tests are none of its tests.
collect_ignore = [
    f"test_{package}.py"
    for package in ("smara_crewai", "smara_langchain")
    if importlib.util.find_spec(package) is None
]


@pytest.fixture(scope="session")
def base_url() -> str:
    """Where the service answers."""
    return os.environ["LOCI_URL"]


@pytest.fixture(scope="session")
def api_key() -> str:
    """A key that it accepts."""
    return os.environ["LOCI_API_KEY"]


@pytest.fixture
def user() -> str:
    """A user without memories, whose id needs quoting in a path that the packages do not quote."""
    return f"ann/{uuid.uuid4()} b@example.com"
