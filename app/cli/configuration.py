"""`loci config`: the settings in force, secrets hidden."""

import typer

from app import settings as settings_module


def config() -> None:
    """Print every setting with its environment variable; secrets are hidden."""
    for name, value in settings_module.shown(settings_module.load()).items():
        typer.echo(f"{name}={value}")
