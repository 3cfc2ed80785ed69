"""A program in the place of Java that listens where neo4j.conf says, as the server would."""

import sys
from pathlib import Path

from app.local_neo4j import instance, ports
from app.local_neo4j.class_archive import ClassArchive
from app.local_neo4j.config import LocalNeo4jConfig
from app.local_neo4j.installation import Installation
from app.local_neo4j.instance import Instance
from app.local_neo4j.java import Java
from app.local_neo4j.launch import Plan

ANSWERS = """
import http.server, socket, sys
from pathlib import Path

class Browser(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

conf = Path(sys.argv[1].removeprefix("@")).with_name("neo4j.conf").read_text()
settings = dict(line.split("=", 1) for line in conf.splitlines() if not line.startswith("#"))
port = lambda name: int(settings[f"server.{name}.listen_address"].rpartition(":")[2])
bolt = socket.create_server(("127.0.0.1", port("bolt")))
http.server.HTTPServer(("127.0.0.1", port("http")), Browser).serve_forever()
"""
HANGS = "import time; time.sleep(600)"


def pretend(folder: Path, script: str) -> Installation:
    """An installation whose Java runs this Python script instead."""
    (folder / "pretended.py").write_text(script)
    executable = folder / "java"
    executable.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{folder / "pretended.py"}" "$@"\n')
    executable.chmod(0o755)
    return Installation(
        java=Java(executable=executable, version="25.0.1", has_vector_module=True),
        class_path=(),
        archive=ClassArchive(file=folder / "classes.jsa", base=None),
    )


def plan_of(folder: Path, script: str) -> Plan:
    """A plan for an instance in `folder / "data"`, ready to be launched."""
    place = Instance(folder / "data")
    with instance.locked(place, timeout_seconds=5.0):
        instance.claim(place)
    http_port = ports.choose(wanted=None, remembered=None)
    return Plan(
        config=LocalNeo4jConfig(
            data_dir=place.root,
            cache_dir=folder / "cache",
            start_timeout_seconds=20.0,
            stop_timeout_seconds=5.0,
        ),
        installation=pretend(folder, script),
        instance=place,
        http_port=http_port,
        bolt_port=ports.choose(wanted=None, remembered=None, taken=http_port),
    )
