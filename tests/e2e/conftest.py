"""Starts the real command as a user would; modules share one service, each with a tenant of its own."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.e2e.command import LociProcess

_SECRET = "operators of the e2e tests only"


@pytest.fixture(scope="session")
def shared_loci(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LociProcess]:
    """A running service for all modules that neither restart it nor need settings of their own."""
    process = LociProcess(
        data_dir=tmp_path_factory.mktemp("e2e") / "data",
        api_key="key-of-the-e2e-tests",
        settings={"LOCI_SETUP_SECRET": _SECRET},
    )
    process.start()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture(scope="module")
def loci(shared_loci: LociProcess, request: pytest.FixtureRequest) -> LociProcess:
    """The shared service, with the key of a tenant that no other module uses."""
    tenant = {"tenant_name": request.node.name}
    headers = {"x-setup-secret": _SECRET}
    answer = httpx2.post(f"{shared_loci.base_url}/admin/tenants", json=tenant, headers=headers, timeout=60)
    assert answer.status_code == 201, answer.text
    return dataclasses.replace(shared_loci, api_key=answer.json()["api_key"])


@pytest.fixture(scope="module")
def own_loci(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LociProcess]:
    """A running service of one module alone, which may restart it."""
    process = LociProcess(data_dir=tmp_path_factory.mktemp("e2e") / "data", api_key="key-of-the-e2e-tests")
    process.start()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that does not exist yet."""
    return tmp_path / "data"
