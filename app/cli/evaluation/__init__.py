"""`loci eval`: measures quality on files of labelled examples, through the real service."""

from app.cli.evaluation.commands import app

__all__ = ["app"]
