"""All commands by name."""

import typer

from app import __version__
from app.cli import bench, browser, configuration, db, doctor, evaluation, keys, quality, serve

app = typer.Typer(
    name="loci",
    help="Memory for AI agents in a Neo4j graph.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("browser")(browser.browser)
app.command("config")(configuration.config)
app.command("doctor")(doctor.doctor)
app.command("test", context_settings=quality.PASS_ARGUMENTS)(quality.test)
app.command("check")(quality.check)
app.command("bench")(bench.bench)
app.add_typer(evaluation.app, name="eval")
app.add_typer(keys.app, name="keys")
app.add_typer(db.app, name="db")


@app.command("version")
def version() -> None:
    """Print the version."""
    typer.echo(__version__)
