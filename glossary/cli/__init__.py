"""The command `glossary`: each command parses its arguments, calls one function and prints the result.

Only Click is imported at the top; all else is imported by the command that needs it, so that each starts at once.
Groups with a module of their own are registered here with the line of help that `glossary --help` shows.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from glossary import __version__

from .base import (
    SETTINGS_FILE,
    GlossaryGroup,
    actor_option,
    as_path,
    database_option,
    echo_json,
    echo_skipped,
    layers_in_force,
    settings_in_force,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["GlossaryGroup", "cli", "database_option", "main"]

FILES_SKIPPED = 1


@click.group(cls=GlossaryGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="glossary")
@click.option(
    "--settings",
    metavar="FILE",
    envvar="GLOSSARY_SETTINGS",
    help="Settings to use instead of those of glossary.toml here or in a folder above.",
)
@click.pass_context
def cli(context: click.Context, settings: str | None) -> None:
    """Build, read and keep a Japanese–English glossary."""
    context.meta[SETTINGS_FILE] = settings


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@database_option
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to work with.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help='Dask cluster to work with: tcp://HOST:PORT, or "local" for one of --jobs processes here.',
)
@click.option("--refresh", is_flag=True, help="Estimate the model anew from all documents.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, but change nothing.")
@click.option(
    "--manifest",
    metavar="FILE.csv",
    type=click.Path(dir_okay=False),
    callback=as_path,
    help="What is a translation of what; `glossary pairs --manifest` writes one.",
)
@click.option(
    "--parquet",
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    callback=as_path,
    help="Write what is found to Parquet files here, for `glossary merge`, instead of to the glossary.",
)
@click.option(
    "--min-score",
    type=float,
    metavar="SCORE",
    help="Of a corpus of sentence pairs with scores: leave out those below.",
)
def build(
    paths: tuple[str, ...],
    db_path: Path,
    jobs: int,
    scheduler: str | None,
    refresh: bool,
    dry_run: bool,
    manifest: Path | None,
    parquet: Path | None,
    min_score: float | None,
) -> None:
    """Read files and folders, find terms and their translations, and store them.

    Bitexts are found by name (NAME.ja.EXT and NAME.en.EXT), folder, date and content; `glossary pairs` shows how.
    Bilingual files are aligned segments. The same files again change nothing; more files add to the glossary.
    """
    from glossary.build import build as build_glossary
    from glossary.doctor.journal import lacking_decisions
    from glossary.settings.applying import apply_precision, apply_priorities
    from glossary.store.mounts import network_warning
    from glossary.uses.progress import progress_on_terminal

    if warning := network_warning(db_path):
        click.echo(warning, err=True)
    settings = settings_in_force()
    if not dry_run:
        apply_priorities(db_path, settings)
    with progress_on_terminal() as progress:
        report = build_glossary(
            paths,
            db_path,
            jobs=jobs,
            scheduler=scheduler,
            refresh=refresh,
            dry_run=dry_run,
            manifest=manifest,
            parquet=parquet,
            min_score=min_score,
            progress=progress,
        )
    click.echo(report.summary(), err=True)
    if not dry_run and (precision := apply_precision(db_path, settings)) is not None:
        shown = f"pairs with a confidence of at least {precision:.2f} are shown"
        click.echo(f"As the settings say ({settings.origin('precision')}), {shown}.", err=True)
    if db_path.exists() and (lacking := lacking_decisions(db_path)):
        lost = f"{db_path}.decisions.jsonl holds {lacking:,} decisions that the glossary lacks"
        click.echo(f"{lost}: `glossary doctor --repair` brings them back.", err=True)
    echo_skipped(report.skipped)
    if report.skipped:
        sys.exit(FILES_SKIPPED)


@cli.command()
@click.argument("term")
@database_option
@click.option("as_json", "--json", is_flag=True, help="Everything, as a JSON list.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Concepts at most.")
@click.option(
    "--contexts", type=click.IntRange(min=0), default=3, show_default=True, help="Contexts of a concept to print."
)
def lookup(term: str, db_path: Path, as_json: bool, limit: int, contexts: int) -> None:
    """Concepts that match TERM: Japanese, English, kana or romaji.

    Exact matches are printed in full, with contexts and the reasons for the translation; the others as a list.
    """
    from glossary.layers import Stack
    from glossary.uses.lookup import entry_of, find_in_layers

    house = settings_in_force().style
    with Stack(layers_in_force(db_path)) as stack:
        found = find_in_layers(stack, term, limit=limit)
        if as_json:
            echo_json([entry_of(stack, row, style=house) for row in found])
        elif found:
            from glossary.uses.entries import matches_text
            from glossary.uses.terminal import style_of_stdout

            click.echo(matches_text(stack, found, style_of_stdout(), house, contexts=contexts), color=True)
    if not found:
        from glossary.uses.terminal import printable

        click.echo(f"No concept matches “{printable(term)}”.", err=True)
        sys.exit(1)


@cli.command()
@database_option
@click.option("as_json", "--json", is_flag=True, help="As a JSON object.")
def stats(db_path: Path, as_json: bool) -> None:
    """What is in the glossary and how it was built."""
    from glossary.uses.reading import open_for_reading
    from glossary.uses.stats import statistics, statistics_text

    with open_for_reading(db_path) as db:
        found = statistics(db)
    if as_json:
        echo_json(found)
    else:
        click.echo(statistics_text(found))


@cli.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port; 0 for any free one."
)
@click.option("open_browser", "--open", is_flag=True, help="Open the glossary in a browser.")
@click.option(
    "config_folder",
    "--write-config",
    metavar="DIR",
    type=click.Path(file_okay=False),
    callback=as_path,
    help="Write metadata.yaml and datasette.yaml for `datasette DIR` into DIR, and stop.",
)
@actor_option
def serve(db_path: Path, host: str, port: int, open_browser: bool, config_folder: Path | None, actor: str) -> None:
    """Browse, search and review the glossary with Datasette.

    On this computer alone (the default) the address that is printed signs you in once, and your decisions carry your
    name. With a public --host nobody may review.
    """
    from glossary.uses.serve import datasette_files, serve_glossary

    if config_folder is None:
        serve_glossary(db_path, host=host, port=port, open_browser=open_browser, reviewer=actor)
        return
    for path in datasette_files(config_folder, db_path):
        click.echo(path)


for _name, _home, _help in (
    ("decide", "glossary.cli.decisions:decide_command", "Approve, reject, prefer, edit, merge, undo …"),
    ("decisions", "glossary.cli.decisions:decisions_command", "List decisions; carry them to other databases."),
    ("precision", "glossary.cli.upkeep:precision_command", "How sure a pair must be to be shown."),
    ("remove", "glossary.cli.upkeep:remove_command", "Take documents out, with their contexts."),
    ("train", "glossary.cli.train:train_command", "Refit the ranker on this glossary's decisions."),
    ("doctor", "glossary.cli.doctor:doctor_command", "Check the glossary; repair what can be derived."),
    ("backup", "glossary.cli.upkeep:backup_command", "Write a consistent copy of the glossary."),
    ("annotate", "glossary.cli.desk:annotate_command", "Mark the known terms of a text; list likely new ones."),
    ("check", "glossary.cli.desk:check_command", "Does a translation follow the glossary? Names, numbers, terms."),
    ("compare", "glossary.cli.reports:compare_command", "What differs between two glossaries, times or publishers."),
    ("usage", "glossary.cli.reports:usage_command", "A term over time: first and last use, publishers, neighbours."),
    ("sheet", "glossary.cli.reports:sheet_command", "A sheet of terms to print, with readings: HTML or DOCX."),
    ("export", "glossary.cli.exchange:export_command", "Write the glossary for another tool."),
    ("import", "glossary.cli.exchange:import_command", "Take in terms of another tool, or an edited export."),
    ("merge", "glossary.cli.merge:merge_command", "Make a glossary of what `build --parquet` wrote."),
    ("pairs", "glossary.cli.pairs:pairs_command", "Which documents are translations of which, and why."),
    ("lexicon", "glossary.cli.lexicon:lexicon", "Dictionaries and word lists that the next build consults."),
    ("settings", "glossary.cli.settings:settings_command", "The settings in force, and where each comes from."),
    ("completion", "glossary.cli.completion:completion_command", "What makes bash, zsh or fish complete commands."),
):
    cli.lazily(_name, _home, _help)


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A glossary is Japanese: on a console that is not, it is to be printed as far as possible, not to fail.
            reconfigure(errors="backslashreplace")
    cli()
