"""The command `pairs`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .base import as_path, database_option, echo_json, echo_skipped

if TYPE_CHECKING:
    from glossary.pairing.decide import Decision


@click.command("pairs")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("as_json", "--json", is_flag=True, help="As a JSON list.")
@click.option(
    "--manifest",
    metavar="FILE.csv",
    type=click.Path(dir_okay=False),
    callback=as_path,
    help="Obey this manifest; if there is no such file, write it.",
)
@database_option
def pairs_command(paths: tuple[str, ...], as_json: bool, manifest: Path | None, db_path: Path) -> None:
    """Which documents are translations of which, and why; nothing is built.

    The manifest has the columns ja and en; a row with one file only says that it has no counterpart. Correct it and
    give it to `glossary build --manifest`.
    """
    from glossary.documents.folder import read_paths
    from glossary.lexicons.in_force import knowledge_for
    from glossary.pairing.decide import find_bitexts
    from glossary.pairing.manifest import write_manifest
    from glossary.uses.entries import counted
    from glossary.uses.progress import progress_on_terminal, reading_progress

    given = manifest if manifest is not None and manifest.exists() else None
    with progress_on_terminal() as progress:
        collection = read_paths(paths, on_progress=reading_progress(progress))
        paired = find_bitexts(collection, knowledge_for(db_path), manifest=given, progress=progress)
    if as_json:
        echo_json([_as_dict(decision) for decision in paired.decisions])
    else:
        for decision in paired.decisions:
            click.echo(_as_text(decision))
    echo_skipped(collection.skipped)
    if manifest is not None and given is None:
        write_manifest(manifest, paired.decisions)
        click.echo(f"{manifest} written: correct it, and give it to `glossary build --manifest`.", err=True)
    pairs = sum(1 for d in paired.decisions if d.ja and d.en)
    copies = sum(1 for d in paired.decisions if d.method == "copy")
    alone = len(paired.decisions) - pairs - copies
    versions = "copy or other version" if copies == 1 else "copies or other versions"
    click.echo(f"{counted(pairs, 'bitext')}; {counted(alone, 'document')} alone, {copies:,} {versions}.", err=True)


def _as_dict(decision: Decision) -> dict[str, Any]:
    return {
        "ja": decision.ja.path if decision.ja else None,
        "en": decision.en.path if decision.en else None,
        "method": decision.method,
        "confidence": decision.confidence,
        "reasons": list(decision.reasons),
    }


def _as_text(decision: Decision) -> str:
    from glossary.uses.terminal import printable

    sides = [printable(document.path) for document in (decision.ja, decision.en) if document]
    head = "  =  ".join(sides)
    return "\n".join(
        [f"{head}  ({decision.method}, {decision.confidence:.2f})", *(f"    {printable(r)}" for r in decision.reasons)]
    )
