"""One query over Bolt, with a driver of its own."""

from typing import LiteralString

import neo4j

from app.local_neo4j import RunningServer


def ask(
    server: RunningServer, query: LiteralString, *, password: str | None = None, source: str = ""
) -> list[object]:
    """The first column of the answer."""
    auth = (server.username, server.password if password is None else password)
    # The driver types its options only loosely.
    driver = neo4j.GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]
        server.bolt_uri, auth=auth, telemetry_disabled=True
    )
    with driver, driver.session() as session:  # pyright: ignore[reportUnknownMemberType]
        return [record[0] for record in session.run(query, source=source)]
