"""The command `train`."""

from __future__ import annotations

from pathlib import Path

import click

from .base import database_option


@click.command("train")
@database_option
@click.option("--reset", is_flag=True, help="Go back to the shipped weights.")
def train_command(db_path: Path, reset: bool) -> None:
    """Refit the ranker on what was approved, rejected and corrected here, from 200 decided pairs on.

    The new weights are kept only if they tell right pairs from wrong ones better in documents that they have not seen.
    Needs the extra `train`.
    """
    from glossary.training import learning
    from glossary.uses.progress import progress_on_terminal

    if reset:
        if learning.reset(db_path):
            click.echo("The shipped weights are in force again; run `glossary build PATH… --refresh` once.", err=True)
        else:
            click.echo("The shipped weights are in force already.", err=True)
        return
    with progress_on_terminal() as progress:
        report = learning.learn(db_path, progress=progress)
    click.echo(report.summary(), err=True)
