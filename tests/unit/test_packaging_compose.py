"""docker-compose.yml: sound for Compose, closed to the network, and without secrets of its own."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from app import settings
from app.errors import InvalidSetting

ROOT = Path(__file__).parents[2]
SECRETS = {"NEO4J_PASSWORD": "k3v9-fresh-for-this-test", "LOCI_API_KEY": "w7q2-fresh-for-this-test"}

Services = dict[str, Any]


@pytest.fixture
def services() -> Services:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def sample_environment() -> dict[str, str]:
    """What .env.example sets."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def compose_command() -> list[str]:
    """Compose as a plugin of Docker or as a program of its own."""
    plugin = ["docker", "compose"]
    if shutil.which("docker") and subprocess.run([*plugin, "version"], capture_output=True).returncode == 0:
        return plugin
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    reason = "Docker Compose is not installed; with Debian: apt-get install docker-compose"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def compose_config(environment: dict[str, str], *, folder: Path) -> subprocess.CompletedProcess[str]:
    """What Compose makes of the file; no engine is asked."""
    copy = shutil.copy(ROOT / "docker-compose.yml", folder)
    return subprocess.run(
        [*compose_command(), "--file", str(copy), "config"],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_compose_accepts_the_file(tmp_path: Path):
    done = compose_config(SECRETS, folder=tmp_path)

    assert done.returncode == 0, done.stderr
    resolved = yaml.safe_load(done.stdout)["services"]
    assert resolved["neo4j"]["environment"]["NEO4J_AUTH"] == f"neo4j/{SECRETS['NEO4J_PASSWORD']}"
    assert resolved["loci"]["environment"]["LOCI_API_KEY"] == SECRETS["LOCI_API_KEY"]


@pytest.mark.parametrize("missing", SECRETS)
def test_compose_refuses_to_start_without_a_secret_and_says_where_to_put_it(missing: str, tmp_path: Path):
    given = {name: secret for name, secret in SECRETS.items() if name != missing}
    done = compose_config(given, folder=tmp_path)

    assert done.returncode != 0
    assert missing in done.stderr
    assert ".env.example" in done.stderr


def test_images_are_pinned_to_a_version(services: Services):
    images = [service["image"] for service in services.values() if "image" in service]

    assert images == ["neo4j:2026.08.1"]


def test_the_database_is_the_version_that_loci_starts_itself(services: Services):
    from app import local_neo4j

    assert services["neo4j"]["image"] == f"neo4j:{local_neo4j.NEO4J_VERSION}"


def test_ports_are_published_on_loopback_only(services: Services):
    ports = [port for service in services.values() for port in service["ports"]]

    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_service_runs_without_rights(services: Services):
    loci = services["loci"]

    assert loci["user"] == "10001:10001"
    assert loci["read_only"] is True
    assert loci["tmpfs"] == ["/tmp"]  # noqa: S108  # inside the container
    assert loci["cap_drop"] == ["ALL"]


def test_no_service_can_gain_rights(services: Services):
    assert all("no-new-privileges:true" in service["security_opt"] for service in services.values())


def test_no_secret_has_a_default(services: Services):
    secrets = [
        str(value)
        for service in services.values()
        for name, value in service["environment"].items()
        if name.endswith(("PASSWORD", "AUTH", "KEY", "SECRET"))
    ]

    assert len(secrets) == 4
    assert all(":?" in value or value.endswith(":-}") for value in secrets)


def test_the_service_waits_for_a_healthy_database(services: Services):
    assert services["loci"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert "cypher-shell" in services["neo4j"]["healthcheck"]["test"][1]


def test_memories_survive_the_container(services: Services):
    assert services["neo4j"]["volumes"] == ["neo4j-data:/data"]


def test_the_database_tells_nobody_about_itself(services: Services):
    environment = services["neo4j"]["environment"]

    assert environment["NEO4J_dbms_usage__report_enabled"] == "false"
    assert environment["NEO4J_client_allow__telemetry"] == "false"


def test_each_variable_of_the_service_is_a_setting(services: Services):
    known = {settings.environment_name(name) for name in settings.Settings.model_fields}

    assert set(services["loci"]["environment"]) <= known


def test_the_samples_are_refused_on_a_public_address(monkeypatch: pytest.MonkeyPatch):
    samples = sample_environment()
    for name, value in samples.items():
        monkeypatch.setenv(name, value)

    assert set(samples) == set(SECRETS)
    with pytest.raises(InvalidSetting, match="is a sample"):
        settings.load(host="0.0.0.0")  # noqa: S104  # as in the container
