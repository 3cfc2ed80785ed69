"""The text of neo4j.conf: loopback only, nothing phones home, nothing the product does not use."""

from pathlib import Path

from app.local_neo4j.config import LocalNeo4jConfig

# Neo4j waits 2 x 5 s at every stop for Bolt connections that may yet send something (measured: a stop
# takes 10.3 s with the default and 0.3 s without).
_STOP = {"internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s"}

_PRIVACY = {
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "server.bolt.telemetry.enabled": "false",
    "server.fleet_discovery.enabled": "false",
    "dbms.fleet_manager.enabled": "false",
    # The text of queries and memories must not lie in log files.
    "db.logs.query.enabled": "OFF",
    "dbms.logs.http.enabled": "false",
}

_SURFACE = {
    "server.default_listen_address": "127.0.0.1",
    "server.default_advertised_address": "127.0.0.1",
    "server.http.enabled": "true",
    "server.https.enabled": "false",
    "server.http_enabled_modules": "BROWSER",
    "server.http.x_forward.enabled": "false",
    "dbms.security.auth_enabled": "true",
    # LOAD CSV is the one statement with which a query could read files or reach other hosts.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    "server.config.strict_validation.enabled": "true",
}


def text(config: LocalNeo4jConfig, *, root: Path, http_port: int, bolt_port: int) -> str:
    """The whole file. Backslashes and line breaks cannot occur in values, see `_value`."""
    settings = {
        **{f"server.directories.{name}": str(root / name) for name in ("data", "logs", "run", "import")},
        **_SURFACE,
        **_PRIVACY,
        **_STOP,
        "server.bolt.listen_address": f"127.0.0.1:{bolt_port}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt_port}",
        "server.http.listen_address": f"127.0.0.1:{http_port}",
        "server.http.advertised_address": f"127.0.0.1:{http_port}",
        "server.memory.heap.initial_size": f"{config.heap_mebibytes}m",
        "server.memory.heap.max_size": f"{config.heap_mebibytes}m",
        "server.memory.pagecache.size": f"{config.page_cache_mebibytes}m",
        "db.transaction.timeout": f"{config.transaction_timeout_seconds}s",
    }
    header = "# Written by Loci at every start; changes made here are lost.\n"
    return header + "".join(f"{key}={_value(value)}\n" for key, value in settings.items())


def _value(value: str) -> str:
    return value.replace("\\", "\\\\")
