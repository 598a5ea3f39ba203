"""The commands `export` and `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from glossary.exchange.registry import formats

from .base import actor_option, as_path, database_option

_DIRECTIONS = click.Choice(["ja-en", "en-ja"])


def _names(*, reading: bool) -> str:
    return ", ".join(name for name, form in formats().items() if (form.reads if reading else form.writes))


@click.command("export", epilog=f"Formats: {_names(reading=False)}.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@database_option
@click.option("format_name", "--format", metavar="FORMAT", help="Needed where the ending leaves a choice.")
@click.option("statuses", "--status", type=click.Choice(["candidate", "approved"]), multiple=True, help="Such only.")
@click.option("kinds", "--kind", multiple=True, help="Concepts of this kind only; may be given several times.")
@click.option("collections", "--collection", multiple=True, help="Of this client, project or list only.")
@click.option("--confidence", type=click.FloatRange(0, 1), help="At least this sure.")
@click.option("documents", "--document", multiple=True, help="In this document only; * stands for anything.")
@click.option("--since", metavar="DATE", help="In documents published on or after DATE.")
@click.option("--until", metavar="DATE", help="In documents published on or before DATE.")
@click.option("--direction", type=_DIRECTIONS, default="ja-en", show_default=True, help="Source and target language.")
@click.option(
    "text_path",
    "--text",
    metavar="FILE",
    type=click.Path(),
    callback=as_path,
    help="Only terms that stand in this text.",
)
def export_command(
    file: Path, db_path: Path, format_name: str | None, direction: str, text_path: Path | None, **filters: Any
) -> None:
    """Write the glossary to FILE for another tool; - is standard output."""
    from glossary.exchange.export import export_file
    from glossary.exchange.registry import format_for
    from glossary.exchange.selection import Selection
    from glossary.lexicons.formats.files import open_text
    from glossary.uses.entries import counted
    from glossary.uses.progress import progress_on_terminal
    from glossary.uses.reading import open_for_reading

    form = format_for(file, format_name, reading=False)
    text = None
    if text_path is not None:
        with open_text(text_path) as opened:
            text = opened.read()
    with open_for_reading(db_path) as db, progress_on_terminal() as progress:
        about = export_file(db, file, form, Selection(**filters), direction=direction, text=text, progress=progress)
    click.echo(f"{counted(about.written, 'concept')} written as {form.title}.", err=True)
    if not about.written:
        click.echo("No concept is as the filters ask, or there is none.", err=True)
    for reason, number in about.left_out.items():
        click.echo(f"Left out: {number:,} {reason}.", err=True)


@click.command("import", epilog=f"Formats: {_names(reading=True)}.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@database_option
@click.option("format_name", "--format", metavar="FORMAT", help="Needed where the file leaves a choice.")
@click.option("--direction", type=_DIRECTIONS, help="Where the file has two columns and does not say which is which.")
@click.option("columns", "--column", metavar="FIELD=HEADER", multiple=True, help="Of a table: what a column holds.")
@click.option("--candidates", is_flag=True, help="Add what the file calls candidates, too, as approved.")
@click.option("--dry-run", is_flag=True, help="Report what would be decided; store nothing.")
@actor_option
def import_command(
    file: Path,
    db_path: Path,
    format_name: str | None,
    direction: str | None,
    columns: tuple[str, ...],
    candidates: bool,
    dry_run: bool,
    actor: str,
) -> None:
    """Take in the terms of FILE; what it says otherwise than the glossary becomes decisions."""
    from glossary.exchange.importing import import_file
    from glossary.exchange.registry import Hints, format_for
    from glossary.store.connection import open_glossary
    from glossary.uses.entries import counted
    from glossary.uses.progress import progress_on_terminal
    from glossary.uses.terminal import printable

    for column in columns:
        if "=" not in column:
            raise click.UsageError(f"--column {column}: write FIELD=HEADER, such as ja=用語")
    named = tuple((name, header) for name, _, header in (column.partition("=") for column in columns))
    form = format_for(file, format_name, reading=True, columns=bool(named))
    db = open_glossary(db_path, create=not dry_run)
    try:
        with progress_on_terminal() as progress:
            report = import_file(
                db, file, form, actor=actor, hints=Hints(direction, named), candidates=candidates, dry_run=dry_run,
                progress=progress,
            )  # fmt: skip
    finally:
        db.close()
    for remark in report.remarks:
        click.echo(printable(remark))
    made = ", ".join(f"{number:,} {action}" for action, number in report.decisions.most_common()) or "none"
    click.echo(
        f"{counted(report.added, 'concept')} added, {report.changed:,} changed, {report.unchanged:,} unchanged.",
        err=True,
    )
    click.echo(f"Decisions{' that would be made' if dry_run else ''}: {made}.", err=True)
    for reason, number in report.left_out.items():
        click.echo(f"Left out: {number:,} {reason}.", err=True)
