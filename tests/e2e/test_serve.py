"""Starting, stopping, restarting and killing the real command."""

import json
import re
import stat
import threading
from pathlib import Path

import httpx2

from tests.e2e import command
from tests.e2e.command import LociProcess

_COMEBACK_SECONDS = 120.0


def _store(client: httpx2.Client, fact: str) -> str:
    answer = client.post("/v1/memories", json={"user_id": "ann", "fact": fact})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


class _Writer(threading.Thread):
    """Stores facts one after another until it is told to stop, and keeps what was acknowledged."""

    def __init__(self, loci: LociProcess) -> None:
        super().__init__(daemon=True)
        self._loci = loci
        self.enough = threading.Event()
        self.acknowledged: dict[str, str] = {}
        self.refusals: list[httpx2.Response] = []

    def run(self) -> None:
        number = 0
        with self._loci.client() as client:
            while not self.enough.is_set():
                number += 1
                fact = f"Opened ticket {number} about the billing page"
                try:
                    answer = client.post("/v1/memories", json={"user_id": "writer", "fact": fact})
                except httpx2.TransportError:
                    self.enough.wait(0.05)
                    continue
                if answer.is_error:
                    self.refusals.append(answer)
                else:
                    self.acknowledged[answer.json()["id"]] = fact

    def finish(self) -> None:
        self.enough.set()
        self.join(60)


def _assert_all_there(loci: LociProcess, acknowledged: dict[str, str]) -> None:
    with loci.client() as client:
        for memory_id, fact in acknowledged.items():
            answer = client.get(f"/v1/memories/{memory_id}")
            assert answer.status_code == 200, answer.text
            assert answer.json()["fact"] == fact


def test_the_first_start_shows_a_key_once_and_the_second_remembers_everything(data_dir: Path) -> None:
    loci = LociProcess(data_dir=data_dir)
    loci.start()
    first = loci.output()
    key = re.search(r"loci_[0-9a-f]{64}", first)
    assert key is not None, first
    assert "curl" in first
    assert re.search(r"/browser/", first)
    with loci.client(key[0]) as client:
        memory_id = _store(client, "Lives in Lisbon")
        before = client.get(f"/v1/memories/{memory_id}").json()
    assert loci.stop() == 0
    assert loci.java_process() is None

    loci.start()
    assert "loci_" not in loci.output()
    with loci.client(key[0]) as client:
        after = client.get(f"/v1/memories/{memory_id}").json()
        found = client.get(
            "/v1/memories/search", params={"user_id": "ann", "q": "where does Ann live?"}
        ).json()
    assert loci.stop() == 0
    assert {**after, "decay_score": 0} == {**before, "decay_score": 0}
    assert [row["id"] for row in found["results"]] == [memory_id]


def test_secrets_on_disk_are_readable_by_their_owner_alone(loci: LociProcess) -> None:
    files = [path for path in loci.data_dir.rglob("*") if path.is_file() and "password" in path.name]
    assert files
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(loci.data_dir.stat().st_mode) & 0o077 == 0


def test_killing_the_database_while_writing_loses_nothing(data_dir: Path) -> None:
    loci = LociProcess(data_dir=data_dir, api_key="key-of-the-e2e-tests")
    loci.start()
    writer = _Writer(loci)
    writer.start()
    loci.wait_for(lambda: len(writer.acknowledged) >= 20, seconds=60)
    java = loci.java_process()
    assert java is not None
    java.kill()
    loci.wait_for(lambda: writer.refusals, seconds=60)
    before = len(writer.acknowledged)
    loci.wait_for(lambda: len(writer.acknowledged) >= before + 20, seconds=_COMEBACK_SECONDS)
    writer.finish()
    _assert_all_there(loci, writer.acknowledged)
    assert {answer.status_code for answer in writer.refusals} == {503}
    for answer in writer.refusals:
        assert int(answer.headers["Retry-After"]) >= 1
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert loci.stop() == 0
    checked = command.run("db", "check", LOCI_DATA_DIR=data_dir)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_killing_the_service_while_writing_loses_nothing_and_stops_the_database(data_dir: Path) -> None:
    loci = LociProcess(data_dir=data_dir, api_key="key-of-the-e2e-tests")
    loci.start()
    writer = _Writer(loci)
    writer.start()
    loci.wait_for(lambda: len(writer.acknowledged) >= 20, seconds=60)
    loci.kill()
    writer.finish()
    loci.wait_for(lambda: loci.java_process() is None, seconds=60)
    checked = command.run("db", "check", LOCI_DATA_DIR=data_dir)
    assert checked.returncode == 0, checked.stdout + checked.stderr

    loci.start()
    _assert_all_there(loci, writer.acknowledged)
    assert loci.stop() == 0


def test_keys_are_made_listed_and_revoked_while_serving(loci: LociProcess) -> None:
    created = command.run("keys", "create", "--tenant", "acme", LOCI_DATA_DIR=loci.data_dir)
    assert created.returncode == 0, created.stderr
    key = created.stdout.strip()
    assert re.fullmatch(r"loci_[0-9a-f]{64}", key)
    with loci.client(key) as client:
        assert client.get("/v1/usage").json()["memories_used"] == 0
        listed = command.run("keys", "list", "--tenant", "acme", LOCI_DATA_DIR=loci.data_dir)
        (key_id,) = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", listed.stdout)
        assert key not in listed.stdout
        revoked = command.run("keys", "revoke", key_id, "--tenant", "acme", LOCI_DATA_DIR=loci.data_dir)
        assert revoked.returncode == 0, revoked.stderr
        # The command itself takes longer than the second that revocation may take.
        assert client.get("/v1/usage").status_code == 401


def test_doctor_finds_a_running_service_well(loci: LociProcess) -> None:
    done = command.run("doctor", LOCI_DATA_DIR=loci.data_dir, LOCI_PORT=command.free_port())
    assert done.returncode == 0, done.stdout + done.stderr
    for word in ("Java", "disk", "port", "database", "indexes", "model"):
        assert word.casefold() in done.stdout.casefold()


def test_database_status_names_the_process(loci: LociProcess) -> None:
    java = loci.java_process()
    assert java is not None
    done = command.run("db", "status", LOCI_DATA_DIR=loci.data_dir)
    assert done.returncode == 0
    assert str(java.pid) in done.stdout


def test_config_hides_secrets(loci: LociProcess) -> None:
    done = command.run("config", LOCI_API_KEY="do-not-show-me", LOCI_DECAY="e_fold")
    assert "do-not-show-me" not in done.stdout
    assert "LOCI_DECAY=e_fold" in done.stdout


def test_logs_are_structured_and_hold_no_texts_or_keys(loci: LociProcess) -> None:
    secret_fact = "Hides the spare key under the third flowerpot"
    with loci.client() as client:
        _store(client, secret_fact)
        client.get("/v1/memories/search", params={"user_id": "ann", "q": "flowerpot"})
    loci.wait_for(lambda: "/v1/memories/search" in loci.output(), seconds=10)
    output = loci.output()
    assert "flowerpot" not in output
    assert loci.api_key is not None
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    searches = [line for line in lines if line.get("route") == "/v1/memories/search"]
    assert searches
    assert searches[-1]["status"] == 200
    assert searches[-1]["duration_ms"] > 0
