"""The commands `glossary lexicon list|add|remove`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossary.cli.base import GlossaryGroup, database_option, echo_json, settings_in_force
from glossary.lexicons.registry import PRIORITIES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from glossary.lexicons.registry import Listed


class _Priority(click.ParamType):
    name = "client|official|general|N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from glossary.settings.keys import Unfit, priority

        try:
            return priority(int(value) if _is_whole(value) else value)
        except Unfit as unfit:
            self.fail(str(unfit), param, ctx)


def _is_whole(value: Any) -> bool:
    try:
        int(value)
    except ValueError:
        return False
    return True


class _Format(click.ParamType):
    """A format of ours or of another package; asked for only when the command runs or its help is shown."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return f"[{'|'.join(_formats())}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return click.Choice(_formats()).convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return click.Choice(_formats()).shell_complete(ctx, param, incomplete)


def _formats() -> list[str]:
    from glossary.lexicons.formats.detect import priorities

    return list(priorities())


@click.group(cls=GlossaryGroup)
def lexicon() -> None:
    """Dictionaries and word lists that the next build consults."""


@lexicon.command("list")
@database_option
@click.option("as_json", "--json", is_flag=True, help="As a JSON list, with digests in full.")
def list_lexicons(db_path: Path, as_json: bool) -> None:
    """The lexicons in force, the first asked first."""
    from glossary.lexicons.in_force import listing

    found = listing(db_path)
    if as_json:
        from dataclasses import asdict

        echo_json([asdict(listed) for listed in found])
        return
    for listed in found:
        click.echo("\n".join(_description(listed)))
    if not found:
        click.echo("No lexicons: install jamdict-data, or add one with `glossary lexicon add FILE`.", err=True)


@lexicon.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@database_option
@click.option(
    "--pages", type=click.Path(path_type=Path), help="The page dump that goes with Wikipedia's langlinks dump."
)
@click.option("--name", help="What to call it. A lexicon of the same name is replaced. Default: what the file says.")
@click.option("--priority", type=_Priority(), help="client (10) is asked before official (20) and general (30).")
@click.option("--licence", metavar="TEXT", help="Under which terms it may be used.")
@click.option("--version", metavar="TEXT", help="Its date or number. Default: what the file says.")
@click.option("form", "--format", type=_Format(), help="Default: told from the file itself.")
def add_lexicon(
    file: Path,
    db_path: Path,
    pages: Path | None,
    name: str | None,
    priority: int | None,
    licence: str | None,
    version: str | None,
    form: str | None,
) -> None:
    """Add FILE: JMdict or JMnedict (XML, jmdict-simplified, EDICT), Wikipedia or Wikidata titles, CSV, TSV, UTX, TBX.

    All may be packed with gzip. The same file again changes nothing.
    """
    from glossary.lexicons.collection import add
    from glossary.settings.applying import settled

    show = sys.stderr.isatty()

    def progress(count: int) -> None:
        if show:
            click.echo(f"\r{count:,} entries read", nl=False, err=True)

    listed, outcome = add(
        db_path,
        file,
        pages=pages,
        name=name,
        priority=priority,
        licence=licence,
        version=version,
        form=form,
        progress=progress,
    )
    if show:
        click.echo("\r\033[K", nl=False, err=True)
    if priority is None:
        listed = settled(db_path, listed, settings_in_force())
    click.echo(f"{_OUTCOMES[outcome]}:", err=True)
    click.echo("\n".join(_description(listed)))


@lexicon.command("remove")
@click.argument("name")
@database_option
def remove_lexicon(name: str, db_path: Path) -> None:
    """Take the lexicon NAME off; the next build does not consult it any more."""
    from glossary.lexicons.collection import remove

    gone = remove(db_path, name)
    click.echo(f"Removed {gone.name} ({gone.entries:,} entries).", err=True)


_OUTCOMES = {
    "added": "Added; the next build consults it",
    "replaced": "Replaced the lexicon of this name; the next build consults the new one",
    "changed": "This file is there already; what is said of it was changed",
    "unchanged": "This file is there already; nothing was changed",
}


def _description(listed: Listed) -> list[str]:
    names = {number: name for name, number in PRIORITIES.items()}
    priority = "embedded" if listed.embedded else names.get(listed.priority, str(listed.priority))
    return [
        f"{listed.name}",
        f"  {listed.entries:,} entries, {priority}, {listed.format}"
        + (f", version {listed.version}" if listed.version else ""),
        f"  licence: {listed.licence or 'not stated'}",
        f"  sha256: {listed.sha256}",
    ]
