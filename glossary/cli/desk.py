"""The commands of a translator's desk: `annotate` and `check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from glossary.cli.base import (
    as_path,
    database_option,
    echo_file,
    echo_json,
    echo_skipped,
    layers_in_force,
    settings_in_force,
)

if TYPE_CHECKING:
    from pathlib import Path

    from glossary.checking.findings import Severity

_LEVELS = ("info", "warning", "error")
FINDINGS = 3
"""Exit code of `check` where it has findings at or above the level."""


def _level() -> str:
    return settings_in_force()["check.level"]


@click.command("annotate")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@database_option
@click.option("form", "--format", type=click.Choice(("text", "html", "json")), help="Default: text.")
@click.option("as_json", "--json", is_flag=True, help="The same as --format json.")
@click.option("page", "--html", metavar="PAGE", callback=as_path, help="Write an HTML page to this file.")
@click.option("--new", "limit", type=click.IntRange(min=0), default=30, show_default=True, help="New terms at most.")
def annotate_command(
    files: tuple[str, ...], db_path: Path, form: str | None, as_json: bool, page: Path | None, limit: int
) -> None:
    """Mark the known terms of a text, with their translations, and list likely new ones.

    FILE may be of any format that a build reads, Japanese or English; - is the standard input.
    """
    from glossary.uses.annotate import annotate_paths
    from glossary.uses.progress import progress_on_terminal

    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form}: give one of them")
    with progress_on_terminal() as progress:
        if progress is not None:
            progress("Annotating", 0, 0)
        found = annotate_paths(
            files,
            layers_in_force(db_path),
            limit=limit,
            new_terms=limit > 0,
            style=settings_in_force().style,
            on_skipped=echo_skipped,
        )
    if page is not None or form == "html":
        from glossary.uses.annotate_html import annotation_page

        html = annotation_page(found)
        if page is None:
            echo_file(html)
            return
        from glossary.exchange.export import replacing

        with replacing(page) as out:
            out.write(html.encode())
        click.echo(page, err=True)
        if form is None and not as_json:
            return
    if as_json or form == "json":
        echo_json([annotation.as_dict() for annotation in found])
    elif form != "html":
        from glossary.uses.annotate_text import annotation_text
        from glossary.uses.terminal import style_of_stdout

        style = style_of_stdout()
        click.echo("\n\n".join(annotation_text(annotation, style) for annotation in found), color=True)


@click.command("check")
@click.argument("files", metavar="JA EN | FILE", nargs=-1, required=True)
@database_option
@click.option("--level", type=click.Choice(_LEVELS), default=_level, help="What counts. Default: warning.")
@click.option("--suppress", metavar="FILE", callback=as_path, help="Findings that were looked at and accepted.")
@click.option("as_json", "--json", is_flag=True, help="As a JSON list.")
@click.option("as_sarif", "--sarif", is_flag=True, help="As a SARIF 2.1.0 log.")
@click.option("as_junit", "--junit", is_flag=True, help="As JUnit XML.")
def check_command(
    files: tuple[str, ...],
    db_path: Path,
    level: Severity,
    suppress: Path | None,
    as_json: bool,
    as_sarif: bool,
    as_junit: bool,
) -> None:
    """Does this translation follow the glossary, and are its names and numbers right?

    Give a Japanese and an English text, or one bilingual file (TMX, XLIFF, PO, CSV, a table in DOCX). Exit code 3
    where there are findings at or above the level.
    """
    from glossary.checking import reports
    from glossary.checking.check import check_paths
    from glossary.checking.suppressions import read_suppressions
    from glossary.uses.progress import progress_on_terminal

    if as_json + as_sarif + as_junit > 1:
        raise click.UsageError("--json, --sarif, --junit: give one of them")
    settings = settings_in_force()
    suppressions = read_suppressions(suppress) if suppress is not None else settings.suppressions()
    with progress_on_terminal() as progress:
        found = check_paths(
            files, layers_in_force(db_path), suppressions=suppressions, progress=progress, style=settings.style
        )
    if as_json:
        echo_json(reports.json_report(found, level))
    elif as_sarif:
        echo_json(reports.sarif_report(found, level))
    elif as_junit:
        echo_file(reports.junit_report(found, level) + "\n")
    else:
        from glossary.uses.terminal import style_of_stdout

        click.echo(reports.text_report(found, style_of_stdout(), level))
    if any(report.at_least(level) for report in found):
        sys.exit(FINDINGS)
