"""The command `merge`."""

from __future__ import annotations

from pathlib import Path

import click

from .base import database_option


@click.command("merge")
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True)
@database_option
def merge_command(folders: tuple[str, ...], db_path: Path) -> None:
    """Make a glossary of what `glossary build --parquet FOLDER` wrote.

    It is the glossary that the builds would have made. Several folders must rest on one model state: build them with
    the same --db. Into a glossary that exists go those that were built with it as --db.
    """
    from glossary.scale.merge import merge
    from glossary.uses.progress import progress_on_terminal

    with progress_on_terminal() as progress:
        report = merge([Path(folder) for folder in folders], db_path, progress=progress)
    click.echo(report.summary(), err=True)
