"""The commands that report on a glossary: `compare`, `usage` and `sheet`."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

from glossary.cli.base import as_path, database_option, echo_json, json_for_stdout

if TYPE_CHECKING:
    from pathlib import Path

    from glossary.uses.compare_sides import Sides

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _as_date(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise click.BadParameter(f"{value}: write YYYY-MM-DD, YYYY-MM or YYYY")
    return value


@click.command("compare")
@click.argument("databases", metavar="[A B]", nargs=-1)
@database_option
@click.option("--before", metavar="DATE", callback=_as_date, help="Texts before DATE with those from DATE on.")
@click.option("publishers", "--publisher", metavar="NAME", multiple=True, help="Twice: this publisher with that.")
@click.option("as_json", "--json", is_flag=True, help="Everything, as a JSON object.")
@click.option("page", "--html", metavar="FILE", callback=as_path, help="Write everything to an HTML page.")
@click.option("--limit", type=click.IntRange(min=0), default=30, show_default=True, help="Of each kind to print.")
def compare_command(
    databases: tuple[str, ...],
    db_path: Path,
    before: str | None,
    publishers: tuple[str, ...],
    as_json: bool,
    page: Path | None,
    limit: int,
) -> None:
    """What is new, gone, changed or translated differently, from A to B.

    A and B are two glossaries. Without them the texts of one (--db) are compared: with --before the earlier with the
    later ones (of one publisher, if one is named), with --publisher X --publisher Y those of X with those of Y.
    """
    from glossary.uses.compare import Comparison
    from glossary.uses.compare_reports import comparison_text, undated_note, write_html, write_json
    from glossary.uses.progress import progress_on_terminal

    with _sides(databases, db_path, before, publishers) as sides:
        with progress_on_terminal() as progress:
            if progress is not None:
                progress("Comparing", 0, 0)
            comparison = Comparison(sides)
        note = undated_note(comparison)
        if note:
            click.echo(note, err=True)
        if page is not None:
            from glossary.exchange.export import replacing
            from glossary.exchange.streams import text_out

            with replacing(page) as out, text_out(out) as text:
                write_html(comparison, text.write)
            click.echo(page, err=True)
        if as_json:
            write_json(comparison, lambda text: click.echo(json_for_stdout(text), nl=False))
        elif page is None:
            from glossary.uses.terminal import style_of_stdout

            click.echo(comparison_text(comparison, style_of_stdout(), limit=limit), color=True)


def _sides(
    databases: tuple[str, ...], db_path: Path, before: str | None, publishers: tuple[str, ...]
) -> AbstractContextManager[Sides]:
    from pathlib import Path

    from glossary.uses.compare_sides import Part, two_glossaries, two_parts

    if databases:
        if len(databases) != 2 or before or publishers:
            raise click.UsageError("give two glossaries (A B), or else --before or --publisher for the texts of one")
        return two_glossaries(Path(databases[0]), Path(databases[1]))
    if before and len(publishers) < 2:
        publisher = publishers[0] if publishers else None
        return two_parts(db_path, Part(publisher, before=before), Part(publisher, since=before))
    if len(publishers) == 2 and not before:
        return two_parts(db_path, Part(publishers[0]), Part(publishers[1]))
    raise click.UsageError("give two glossaries (A B), or --before DATE, or --publisher twice")


@click.command("usage")
@click.argument("term")
@database_option
@click.option("as_json", "--json", is_flag=True, help="As a JSON list, a concept each.")
@click.option("drawing", "--svg", metavar="FILE", callback=as_path, help="Write a chart to this file.")
def usage_command(term: str, db_path: Path, as_json: bool, drawing: Path | None) -> None:
    """First and last use of TERM, by month and publisher, its names, and the terms beside it."""
    from glossary.uses.reading import open_for_reading
    from glossary.uses.usage import usage_of_term

    with open_for_reading(db_path) as db:
        found = usage_of_term(db, term)
    if drawing is not None:
        from glossary.exchange.export import replacing
        from glossary.uses.usage_svg import usage_svg

        with replacing(drawing) as out:
            out.write(usage_svg(found).encode())
        click.echo(drawing, err=True)
    if as_json:
        echo_json(found)
    elif drawing is None:
        from glossary.uses.terminal import style_of_stdout
        from glossary.uses.usage_text import usage_text

        style = style_of_stdout()
        click.echo("\n\n".join(usage_text(usage, style) for usage in found), color=True)


@click.command("sheet")
@click.argument("texts", metavar="[FILE]...", nargs=-1)
@database_option
@click.option("output", "--output", "-o", required=True, metavar="SHEET", callback=as_path, help=".html or .docx.")
@click.option("documents", "--document", metavar="NAME", multiple=True, help="Of this document; * stands for anything.")
@click.option("kinds", "--kind", multiple=True, help="Concepts of this kind only; may be given several times.")
@click.option("statuses", "--status", type=click.Choice(["candidate", "approved"]), multiple=True, help="Such only.")
@click.option("--order", type=click.Choice(["kind", "appearance", "reading", "english"]), help="See above.")
@click.option("--contexts", type=click.IntRange(min=0), default=0, show_default=True, help="Sentences of each term.")
@click.option("--untranslated", is_flag=True, help="With terms that lack a translation.")
@click.option("--title", help="Default: what was chosen.")
def sheet_command(
    texts: tuple[str, ...],
    db_path: Path,
    output: Path,
    documents: tuple[str, ...],
    kinds: tuple[str, ...],
    statuses: tuple[str, ...],
    order: str | None,
    contexts: int,
    untranslated: bool,
    title: str | None,
) -> None:
    """A sheet of terms in two columns, with readings, to print: for interpreters.

    Of the terms that stand in FILEs (of any format that a build reads), of documents in the glossary, or of kinds. In
    order of appearance where there are FILEs, else by kind; --order says otherwise.
    """
    from glossary.exchange.selection import Selection
    from glossary.uses.entries import counted
    from glossary.uses.reading import open_for_reading
    from glossary.uses.sheet import check_ending, make_sheet, write_sheet

    check_ending(output)
    with open_for_reading(db_path) as db:
        sheet = make_sheet(
            db,
            Selection(statuses=statuses, kinds=kinds, documents=documents),
            texts=texts,
            order=order,
            contexts=contexts,
            untranslated=untranslated,
            title=title,
        )
    write_sheet(sheet, output)
    click.echo(f"{counted(len(sheet), 'term')} written to {output}.", err=True)
    if sheet.left_out:
        click.echo(f"Left out: {sheet.left_out:,} without a translation (--untranslated).", err=True)
