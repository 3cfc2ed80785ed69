"""Where a running local server answers, for processes that did not start it."""

from dataclasses import dataclass, field

from app.local_neo4j import instance, lifecycle
from app.local_neo4j.config import USERNAME, LocalNeo4jConfig
from app.local_neo4j.instance import Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddress:
    """All that a client needs to connect."""

    bolt_uri: str
    browser_url: str
    username: str
    password: str = field(repr=False)


def of_running(config: LocalNeo4jConfig) -> ServerAddress | None:
    """The server that runs on this data, whichever process started it; None where none runs.

    Raises: DatabaseNotStarted where its password is missing or its directory cannot be read.
    """
    status = lifecycle.status(config)
    if not status.running or status.bolt_uri is None or status.browser_url is None:
        return None
    place = Instance(status.data_dir)
    with instance.usable(place):
        password = instance.password(place)
    return ServerAddress(
        bolt_uri=status.bolt_uri,
        browser_url=status.browser_url,
        username=USERNAME,
        password=password,
    )
