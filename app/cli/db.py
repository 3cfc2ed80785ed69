"""`loci db`: the local Neo4j by itself."""

from typing import Annotated

import typer

from app import local_neo4j, wiring
from app import settings as settings_module
from app.cli.console import ConsoleProgress
from app.errors import InvalidSetting
from app.local_neo4j import LocalNeo4jConfig

app = typer.Typer(help="The local Neo4j by itself.", no_args_is_help=True)


@app.command("status")
def status() -> None:
    """Say whether it runs, and where."""
    found = local_neo4j.status(_config())
    typer.echo(f"data directory  {found.data_dir}")
    typer.echo(f"Neo4j           {found.neo4j_version}")
    if not found.running:
        typer.echo("state           stopped")
        return
    until = "`./loci db stop`" if found.owner_pid is None else f"process {found.owner_pid} ends"
    typer.echo(f"state           running as process {found.pid}, until {until}")
    typer.echo(f"Bolt            {found.bolt_uri}")
    typer.echo(f"Browser         {found.browser_url}")


@app.command("start")
def start() -> None:
    """Start it and leave it running; `loci serve` then uses it."""
    with ConsoleProgress() as progress:
        server = local_neo4j.start_detached(_config(), progress=progress)
    typer.echo(
        f"Neo4j runs as process {server.pid}; Browser: {server.browser_url}  connect to {server.bolt_uri}"
        f"  user {server.username}  password {server.password}"
    )


@app.command("stop")
def stop() -> None:
    """Stop it, whoever started it."""
    typer.echo("stopped" if local_neo4j.stop(_config()) else "it was not running")


@app.command("check")
def check() -> None:
    """Verify the stopped database with Neo4j's own consistency checker."""
    with ConsoleProgress() as progress:
        report = local_neo4j.check(_config(), progress=progress)
    typer.echo("the database is consistent" if report.ok else report.text)
    raise typer.Exit(0 if report.ok else 1)


@app.command("reset")
def reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete the stopped database with all memories, tenants and keys."""
    config = _config()
    if not yes:
        typer.confirm(f"Delete everything in {config.data_dir}?", abort=True)
    deleted = local_neo4j.reset(config)
    typer.echo("there was nothing to delete" if deleted is None else f"deleted {deleted}")


def _config() -> LocalNeo4jConfig:
    settings = settings_module.load()
    if settings.neo4j_uri is not None:
        raise InvalidSetting("NEO4J_URI is set, and `loci db` only manages the local database; unset it")
    return wiring.local_config(settings)
