"""`loci serve`: everything in one process, ended by Ctrl-C or SIGTERM."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Generator
from typing import Annotated

import typer
import uvicorn

from app import embedding, local_neo4j, main, wiring
from app import settings as settings_module
from app.cli import logging
from app.cli.console import ConsoleProgress
from app.errors import InvalidSetting
from app.settings import Settings
from app.wiring import Running

_NEW_OBJECTS_BEFORE_COLLECTION = 10_000
"""What was read of sentences is kept for the next comparison, a million objects that are no garbage.

With Python's 700, looking through them takes a sixth of the time of storing.
"""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Start Neo4j and serve; Ctrl-C stops both."""
    # Starting makes a million objects that all stay: looking through them for garbage again and again
    # costs a tenth of the time until ready.
    gc.disable()
    settings = settings_module.load(host=host, port=port)
    logging.configure(settings.log_level)
    # Before anything slow: a port that is taken is better known at once.
    with _bound(settings) as listener, ConsoleProgress() as progress:
        if settings.embedding_model is not None:
            # A model that is not there is better known before a database is fetched and started.
            embedding.locate(settings.embedding_model)
        if settings.reranker_model is not None:
            embedding.locate_reranker(settings.reranker_model)
        if settings.neo4j_uri is None:
            # Here, and not in the event loop, so that Ctrl-C ends a long download at once.
            local_neo4j.prepare(wiring.local_config(settings), progress=progress)
        asyncio.run(_serve(settings, listener, progress))


class _Server(uvicorn.Server):
    """Leaves the signals alone: the whole of `_serve` has to hear them, before and after uvicorn runs."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture nothing."""
        yield


async def _serve(settings: Settings, listener: socket.socket, progress: ConsoleProgress) -> None:
    ending = _Ending()
    with contextlib.suppress(asyncio.CancelledError):
        async with wiring.open_services(settings, progress=progress) as running:
            server = _Server(_uvicorn_config(settings, running))
            ending.server = server
            gc.freeze()
            gc.set_threshold(_NEW_OBJECTS_BEFORE_COLLECTION)
            gc.enable()
            if not ending.asked:
                _greet(settings, running, progress)
                await _listen(server, listener, settings)
            progress.step("Stopping")


class _Ending:
    """What SIGINT and SIGTERM do: before the server runs they cancel, then they let it finish."""

    def __init__(self) -> None:
        self.asked = False
        self.server: uvicorn.Server | None = None
        self._task = asyncio.current_task()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._ask)

    def _ask(self) -> None:
        if self.server is not None:
            # A second signal does not wait for requests under way.
            self.server.force_exit = self.asked
            self.server.should_exit = True
        elif self._task is not None and not self.asked:
            self._task.cancel()
        self.asked = True


def _uvicorn_config(settings: Settings, running: Running) -> uvicorn.Config:
    return uvicorn.Config(
        main.create_app(settings, services=running.services),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


@contextlib.contextmanager
def _bound(settings: Settings) -> Generator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it, answers wait 40 ms.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise _cannot_listen(settings, error) from error
        yield listener


async def _listen(server: uvicorn.Server, listener: socket.socket, settings: Settings) -> None:
    # Two services that start together can both bind the port; only one of them may listen on it.
    try:
        listener.listen()
    except OSError as error:
        raise _cannot_listen(settings, error) from error
    await server.serve(sockets=[listener])


def _cannot_listen(settings: Settings, error: OSError) -> InvalidSetting:
    return InvalidSetting(
        f"Cannot listen on {settings.host} port {settings.port} ({error.strerror});"
        " stop what uses it, or choose another with --port or LOCI_PORT"
    )


def _greet(settings: Settings, running: Running, progress: ConsoleProgress) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    base_url = f"http://{host}:{settings.port}"
    say = progress.say
    say("")
    say(f"Loci serves at {base_url}, its documentation at {base_url}/docs")
    if running.database.browser_url is not None:
        say(
            f"Neo4j Browser: {running.database.browser_url}  connect to {running.database.uri}"
            f"  user {running.database.username}  password {running.database.password}"
        )
    if running.first_key is not None:
        say(f"API key, shown this once: {running.first_key.api_key}")
        say(_example(base_url, running.first_key.api_key))
    elif settings.api_key is not None:
        say(_example(base_url, "$LOCI_API_KEY"))
    elif settings.setup_secret is not None:
        say(f'No tenant yet?  curl -X POST {base_url}/setup -H "x-setup-secret: $LOCI_SETUP_SECRET"')
    else:
        say("The key was shown at the first start; another:  ./loci keys create")
    say("Ctrl-C stops it.")


def _example(base_url: str, key: str) -> str:
    fact = """'{"user_id": "ann", "fact": "Likes tea"}'"""
    return f'Try:  curl {base_url}/v1/memories -H "Authorization: Bearer {key}" -d {fact}'
