"""What can be wrong with a machine: each is a sentence that says what to do, and an exit code of 1."""

import socket
import subprocess
from pathlib import Path

import pytest

from tests.e2e import command

_EVERYWHERE = "0.0.0.0"  # noqa: S104  # refused, never bound


def _assert_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1
    output = done.stdout + done.stderr
    assert "Traceback" not in output
    last = done.stderr.strip()
    assert "loci: " in last
    for word in words:
        assert word in last, last


def test_a_taken_port(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = command.run("serve", "--port", str(port), LOCI_DATA_DIR=data_dir)
    _assert_sentence(done, str(port), "--port")
    assert not data_dir.exists()


def test_a_data_directory_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    done = command.run("serve", LOCI_DATA_DIR=tmp_path / "file" / "data", LOCI_PORT=command.free_port())
    _assert_sentence(done, str(tmp_path / "file" / "data"), "LOCI_DATA_DIR")


def test_a_java_home_without_a_java_that_fits(tmp_path: Path, data_dir: Path) -> None:
    java = tmp_path / "jdk" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\necho java.base@17.0.1\n")
    java.chmod(0o755)
    done = command.run(
        "serve", LOCI_DATA_DIR=data_dir, LOCI_JAVA_HOME=tmp_path / "jdk", LOCI_PORT=command.free_port()
    )
    _assert_sentence(done, "17", "21", "LOCI_JAVA_HOME")


def test_no_network_on_the_first_start(tmp_path: Path, data_dir: Path) -> None:
    nobody = f"http://127.0.0.1:{command.free_port()}/maven2"
    done = command.run(
        "serve",
        LOCI_DATA_DIR=data_dir,
        LOCI_CACHE_DIR=tmp_path / "cache",
        LOCI_ARTIFACT_MIRROR=nobody,
        LOCI_PORT=command.free_port(),
    )
    _assert_sentence(done, "LOCI_ARTIFACT_MIRROR")


def test_offline_with_an_empty_cache(tmp_path: Path, data_dir: Path) -> None:
    done = command.run(
        "serve",
        LOCI_DATA_DIR=data_dir,
        LOCI_CACHE_DIR=tmp_path / "cache",
        LOCI_OFFLINE="true",
        LOCI_PORT=command.free_port(),
    )
    _assert_sentence(done, "LOCI_OFFLINE")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOCI_DECAY", "linear"),
        ("LOCI_PORT", "http"),
        ("LOCI_MEMORY_LIMIT", "0"),
        ("NEO4J_URI", "bolt://x:7687"),
    ],
)
def test_a_setting_that_cannot_work_is_named(name: str, value: str, data_dir: Path) -> None:
    settings: dict[str, object] = {"LOCI_DATA_DIR": data_dir, name: value}
    done = command.run("serve", **settings)
    _assert_sentence(done, name)


def test_a_public_address_without_a_secret(data_dir: Path) -> None:
    done = command.run("serve", "--host", _EVERYWHERE, LOCI_DATA_DIR=data_dir)
    _assert_sentence(done, "LOCI_API_KEY")


def test_a_public_address_with_a_sample_secret(data_dir: Path) -> None:
    done = command.run(
        "serve", "--host", _EVERYWHERE, LOCI_DATA_DIR=data_dir, LOCI_API_KEY="change-me-to-a-secret"
    )
    _assert_sentence(done, "LOCI_API_KEY", "sample")


def test_an_embedding_model_that_is_not_there(tmp_path: Path, data_dir: Path) -> None:
    done = command.run(
        "serve",
        LOCI_DATA_DIR=data_dir,
        LOCI_EMBEDDING_MODEL=tmp_path / "no-model",
        LOCI_PORT=command.free_port(),
    )
    _assert_sentence(done, "no-model", "LOCI_EMBEDDING_MODEL")


def test_a_database_that_does_not_answer(data_dir: Path) -> None:
    done = command.run(
        "serve",
        LOCI_DATA_DIR=data_dir,
        NEO4J_URI=f"bolt://127.0.0.1:{command.free_port()}",
        NEO4J_PASSWORD="not-the-password",
        LOCI_PORT=command.free_port(),
    )
    _assert_sentence(done, "NEO4J_URI")
