"""One real server: what it answers, who else may have it, and that it comes back when it is killed."""

import asyncio
import os
import signal
import stat
from collections.abc import Callable

import httpx2
import psutil
import pytest
from neo4j.exceptions import AuthError, ClientError

from app import local_neo4j
from app.errors import DatabaseNotStarted
from app.local_neo4j import Change, LocalNeo4jConfig, RunningServer, ServerEvent
from tests.integration.local_neo4j.asking import ask
from tests.integration.local_neo4j.waiting import until_async


def test_bolt_answers_with_the_password_and_the_pinned_version(server: RunningServer) -> None:
    found = ask(server, "CALL dbms.components() YIELD name, versions RETURN versions[0] ORDER BY name DESC")
    assert found[0] == local_neo4j.NEO4J_VERSION


def test_another_password_is_refused(server: RunningServer) -> None:
    with pytest.raises(AuthError):
        ask(server, "RETURN 1", password="neo4j")


def test_a_vector_index_can_be_made(server: RunningServer) -> None:
    ask(server, "CYPHER 25 CREATE VECTOR INDEX v IF NOT EXISTS FOR (m:M) ON m.e WITH [m.s]")
    assert ask(server, "SHOW VECTOR INDEXES YIELD name") == ["v"]


def test_the_browser_answers_and_finds_bolt(server: RunningServer) -> None:
    assert httpx2.get(server.browser_url).status_code == 200
    discovery = httpx2.get(server.http_url, headers={"Accept": "application/json"}).json()
    assert discovery["bolt_direct"] == server.bolt_uri


def test_the_http_query_interfaces_are_closed(server: RunningServer) -> None:
    answer = httpx2.post(f"{server.http_url}/db/neo4j/query/v2", json={"statement": "RETURN 1"})
    assert answer.status_code == 404


@pytest.mark.parametrize("source", ["http://127.0.0.1:1/a.csv", "file:///etc/passwd"])
def test_a_query_can_read_no_file_and_reach_no_host(server: RunningServer, source: str) -> None:
    with pytest.raises(ClientError, match=r"(?i)block|permission|disabled|not allowed|Cannot load"):
        ask(server, "LOAD CSV FROM $source AS row RETURN row", source=source)


def test_it_listens_on_the_loopback_only(server: RunningServer) -> None:
    listening = {
        connection.laddr.ip.removeprefix("::ffff:")
        for connection in psutil.Process(server.pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_its_files_are_for_their_owner_only(server: RunningServer) -> None:
    password_file = server.data_dir / "password"
    assert stat.S_IMODE(server.data_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(password_file.stat().st_mode) == 0o600
    assert password_file.read_text().strip() == server.password


def test_its_password_is_in_no_command_line_and_no_log(server: RunningServer) -> None:
    assert server.password not in " ".join(psutil.Process(server.pid).cmdline())
    texts = [path.read_text() for path in (server.data_dir / "logs").glob("*.log")]
    assert not any(server.password in text for text in texts)


def test_its_status_tells_where_it_is(server: RunningServer, config: LocalNeo4jConfig) -> None:
    found = local_neo4j.status(config)
    assert (found.running, found.pid, found.owner_pid) == (True, server.pid, os.getpid())
    assert (found.bolt_uri, found.browser_url) == (server.bolt_uri, server.browser_url)


def test_a_second_start_names_the_process_and_the_way_out(
    server: RunningServer, config: LocalNeo4jConfig
) -> None:
    with pytest.raises(DatabaseNotStarted, match=rf"process {server.pid}.*{os.getpid()}.*loci db stop"):
        local_neo4j.start(config)


@pytest.mark.parametrize("action", [local_neo4j.check, local_neo4j.reset], ids=["check", "reset"])
def test_nothing_is_done_to_the_files_of_a_running_server(
    server: RunningServer, config: LocalNeo4jConfig, action: Callable[[LocalNeo4jConfig], object]
) -> None:
    with pytest.raises(DatabaseNotStarted, match=rf"process {server.pid}.*loci db stop"):
        action(config)


async def test_a_killed_server_comes_back_at_the_same_address_with_its_data(server: RunningServer) -> None:
    ask(server, "CREATE (:Kept)")
    first_pid, events = server.pid, list[ServerEvent]()
    task = asyncio.create_task(local_neo4j.supervise(server, report=events.append))
    os.kill(first_pid, signal.SIGKILL)
    assert await until_async(lambda: any(event.change is Change.RESTARTED for event in events)), events
    task.cancel()
    assert server.pid != first_pid
    assert await asyncio.to_thread(ask, server, "MATCH (k:Kept) RETURN count(k)") == [1]
