"""The Dockerfile and the files of the project that travel with it."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APACHE_2_0_SHA256 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
"""Of LICENSE-2.0.txt as the Apache Software Foundation publishes it."""


@pytest.fixture
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


def instructions(dockerfile: str, name: str) -> list[str]:
    """The arguments of every such instruction, continued lines joined."""
    joined = dockerfile.replace("\\\n", " ")
    return [line.removeprefix(name).strip() for line in joined.splitlines() if line.startswith(f"{name} ")]


def test_the_image_ends_as_a_user_without_rights(dockerfile: str):
    assert instructions(dockerfile, "USER")[-1] == "10001:10001"


def test_the_image_knows_whether_it_is_healthy(dockerfile: str):
    (check,) = instructions(dockerfile, "HEALTHCHECK")
    assert "/readyz" in check


def test_the_image_runs_the_command_of_the_package(dockerfile: str):
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert instructions(dockerfile, "CMD") == ['["loci", "serve"]']
    assert "loci" in scripts


def test_the_image_and_the_launcher_use_one_version_of_uv(dockerfile: str):
    in_image = re.findall(r"uv==([\d.]+)", dockerfile)
    in_launcher = re.findall(
        r"^uv_version=([\d.]+)$", (ROOT / "loci").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert in_image == in_launcher


def test_every_file_that_is_copied_exists_and_is_let_through(dockerfile: str):
    copies = [line.split()[:-1] for line in instructions(dockerfile, "COPY") if not line.startswith("--from")]
    copied = {name for names in copies for name in names}
    allowed = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))

    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_the_gpu_packages_of_the_lock_are_left_out_of_the_image(dockerfile: str):
    pattern = re.search(r"s/\^name = \"\((?P<names>[^)]+)\)\"", dockerfile)
    assert pattern
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    torch = next(package for package in lock["package"] if package["name"] == "torch")
    gpu_only = {needed["name"] for needed in torch["dependencies"] if "linux" in needed.get("marker", "")}

    assert gpu_only
    assert [name for name in gpu_only if not re.fullmatch(pattern["names"], name)] == []


def test_the_license_is_the_unmodified_apache_license():
    text = (ROOT / "LICENSE").read_bytes()
    assert hashlib.sha256(text).hexdigest() == APACHE_2_0_SHA256
