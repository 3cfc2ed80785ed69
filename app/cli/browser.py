"""`loci browser`: Neo4j Browser on the database that runs, with a saved query in its editor."""

import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, quote, urlencode, urlsplit

import typer

from app import local_neo4j, wiring
from app import settings as settings_module
from app.cli import saved_queries
from app.cli.saved_queries import SavedQuery
from app.errors import DatabaseNotStarted, InvalidInput, InvalidSetting
from app.graph import cypher_files
from app.local_neo4j import ServerAddress
from app.settings import Settings

_TEXT_BROWSERS = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
_AURA = ".databases.neo4j.io"


def browser(
    query: Annotated[str | None, typer.Argument(help="A saved query to open; --queries lists them.")] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Value of a parameter of the query; repeatable."),
    ] = None,
    only_print: Annotated[
        bool, typer.Option("--print", help="Print the address and the login; open nothing.")
    ] = False,
    queries: Annotated[bool, typer.Option("--queries", help="List the saved queries.")] = False,
    favorites: Annotated[
        Path | None,
        typer.Option(metavar="FILE.zip", help="Write the saved queries as a file to drop onto Browser."),
    ] = None,
) -> None:
    """Open Neo4j Browser, or print its address and login where there is no display."""
    settings = settings_module.load()
    directory = settings.cypher_dir or cypher_files.default_directory()
    saved = saved_queries.read_all(directory)
    if queries:
        _list(saved)
    elif favorites is not None:
        _write(saved, favorites)
    else:
        given = parsed_values(values or [])
        text = None if query is None else saved_queries.filled(saved_queries.named(saved, query), given)
        style = saved_queries.style(directory)
        if settings.neo4j_uri is not None:
            _say_where(settings, settings.neo4j_uri, text, style)
        else:
            _show(_running(settings), text, style, only_print=only_print)


def parsed_values(given: Sequence[str]) -> Mapping[str, str]:
    """Values by name from `name=value`. Raises: InvalidInput.

    >>> parsed_values(["user_id=ann", "words=a=b"])
    {'user_id': 'ann', 'words': 'a=b'}
    """
    values: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not (name and equals):
            raise InvalidInput(f"--set takes NAME=VALUE, such as user_id=ann, and not {one}")
        values[name] = value
    return values


def address(page: str, *, uri: str, username: str, text: str | None = None) -> str:
    """Browser's page with the server, the user and a query filled in; the password never goes into it.

    >>> address("http://127.0.0.1:7474/browser/", uri="bolt://127.0.0.1:7687", username="neo4j")
    'http://127.0.0.1:7474/browser/?dbms=bolt%3A%2F%2Fneo4j%40127.0.0.1%3A7687'
    """
    arguments = {"dbms": uri.replace("://", f"://{quote(username, safe='')}@", 1)}
    if text is not None:
        arguments |= {"cmd": "edit", "arg": text}
    return f"{page}?{urlencode(arguments, safe='', quote_via=quote)}"


def page_of(uri: str) -> str:
    """Where the server at that address usually has its Browser.

    >>> page_of("neo4j://graph.example.org"), page_of("bolt+s://graph.example.org:7777")
    ('http://graph.example.org:7474/browser/', 'https://graph.example.org:7473/browser/')

    Raises: InvalidSetting.
    """
    parts = _parts(uri)
    host = parts.hostname or "localhost"
    host = f"[{host}]" if ":" in host else host
    return f"https://{host}:7473/browser/" if "+" in parts.scheme else f"http://{host}:7474/browser/"


def _parts(uri: str) -> SplitResult:
    try:
        return urlsplit(uri)
    except ValueError as error:
        raise InvalidSetting(f"NEO4J_URI is not an address such as bolt://localhost:7687: {uri}") from error


def _running(settings: Settings) -> ServerAddress:
    server = local_neo4j.of_running(wiring.local_config(settings))
    if server is None:
        raise DatabaseNotStarted(
            f"No Neo4j runs on {settings.data_dir}; start it with `./loci serve`, or with `./loci db start`"
            " for the database alone, and run this again"
        )
    return server


def _show(server: ServerAddress, text: str | None, style: Path, *, only_print: bool) -> None:
    url = address(server.browser_url, uri=server.bolt_uri, username=server.username, text=text)
    if not only_print and _opens(url):
        typer.echo("Neo4j Browser opens in your web browser.")
    else:
        typer.echo(f"address   {url}")
    typer.echo(f"user      {server.username}")
    typer.echo(f"password  {server.password}")
    typer.echo(f"style     {style}, to drop onto the page")


def _opens(url: str) -> bool:
    try:
        program = webbrowser.get()
    except webbrowser.Error:
        return False
    # Neo4j Browser is a program of its own, which a browser for terminals cannot run.
    return program.name not in _TEXT_BROWSERS and program.open(url)


def _say_where(settings: Settings, uri: str, text: str | None, style: Path) -> None:
    if (_parts(uri).hostname or "").endswith(_AURA):
        typer.echo("NEO4J_URI names an Aura database; open the query tool of https://console.neo4j.io")
        typer.echo(f"connect   {uri}")
    else:
        typer.echo("NEO4J_URI is set: open the Browser of that server, which is usually at this address")
        url = address(page_of(uri), uri=uri, username=settings.neo4j_username, text=text)
        typer.echo(f"address   {url}")
    typer.echo(f"user      {settings.neo4j_username}, with the password in NEO4J_PASSWORD")
    typer.echo(f"style     {style}, to drop onto the page")


def _list(saved: Sequence[SavedQuery]) -> None:
    width = max(len(query.name) for query in saved)
    for query in saved:
        typer.echo(f"{query.name:<{width}}  {query.purpose}")
        if query.values:
            shown = ", ".join(f"{name} = {value}" for name, value in query.values.items())
            typer.echo(f"{'':<{width}}  {shown}")
    typer.echo("\nOpen one with `./loci browser NAME --set PARAMETER=VALUE`.")


def _write(saved: Sequence[SavedQuery], file: Path) -> None:
    if file.suffix != ".zip":
        raise InvalidInput(f"Browser takes favorites from a file that ends in .zip, and not from {file}")
    try:
        saved_queries.write_favorites(saved, file)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written: {error.strerror}") from error
    typer.echo(f"{file}  drop it onto Neo4j Browser, then look under the star on the left")
