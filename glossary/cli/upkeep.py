"""The commands `precision`, `remove` and `backup`."""

from __future__ import annotations

from pathlib import Path

import click

from .base import database_option, settings_in_force


@click.command("precision")
@click.argument("precision", metavar="normal|high|NUMBER")
@database_option
def precision_command(precision: str, db_path: Path) -> None:
    """Show only pairs from this confidence on, without building again.

    normal finds the most pairs for the errors it makes; high is right about nine times in ten on annotated news;
    NUMBER is a confidence from 0 to 1. What was approved is always shown.
    """
    from glossary.uses.precision import set_precision, threshold_named

    value = set_precision(db_path, precision)
    click.echo(f"Pairs with a confidence of at least {value:.2f} are shown.", err=True)
    wanted = settings_in_force()["precision"]
    if wanted is not None and threshold_named(wanted) != value:
        place = settings_in_force().origin("precision")
        click.echo(f"The next build sets it to {wanted} again, as the settings say: {place}.", err=True)


@click.command("remove")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@database_option
@click.option("--erase", is_flag=True, help="Leave no trace of the text in the database file.")
def remove_command(paths: tuple[str, ...], db_path: Path, erase: bool) -> None:
    """Take documents out, with their contexts; approved concepts stay.

    PATH is a file or folder that was built, or the name that both sides of a bitext share.
    """
    from glossary.store.connection import open_glossary
    from glossary.uses.entries import counted
    from glossary.uses.removal import remove

    db = open_glossary(db_path)
    try:
        removed = remove(db, paths, erase=erase)
    finally:
        db.close()
    report = removed.report
    click.echo(
        f"{counted(report.documents_removed, 'document')} removed; {counted(report.concepts, 'concept')} touched, "
        f"{report.concepts_removed:,} of them gone.",
        err=True,
    )
    for document_id in report.widowed:
        click.echo(f"Left without its other side: document {document_id}: build it again.", err=True)
    if report.states_removed:
        click.echo("The model state, which counted its words, is gone: build once with --refresh.", err=True)
    for decision_id, action in removed.decisions:
        click.echo(f"Decision {decision_id} ({action}) still holds terms of it; decisions are kept.", err=True)
    for path in removed.files:
        click.echo(f"{path} may still hold it: look at it, and delete it if it does.", err=True)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@database_option
def backup_command(file: Path, db_path: Path) -> None:
    """Write a consistent copy of the glossary to FILE, also while others write to it."""
    from glossary.store.backup import back_up
    from glossary.store.connection import open_glossary

    db = open_glossary(db_path, readonly=True)
    try:
        size = back_up(db, file)
    finally:
        db.close()
    click.echo(f"{file}: {size:,} bytes.", err=True)
