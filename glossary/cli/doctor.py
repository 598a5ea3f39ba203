"""The command `doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .base import database_option, echo_json

FINDINGS = 1


@click.command("doctor")
@database_option
@click.option("--repair", "mend", is_flag=True, help="Mend what can be derived, after a backup; recover decisions.")
@click.option("as_json", "--json", is_flag=True, help="Findings and what was done, as a JSON object.")
def doctor_command(db_path: Path, mend: bool, as_json: bool) -> None:
    """Check the glossary: the file, offsets, evidence, counts, search, decisions and their journal.

    Each finding is a line that says what to do. With --repair, a file that is damaged is kept aside and the decisions
    are recovered from the journal. The exit code is 1 if anything is left to be mended.
    """
    from dataclasses import asdict

    from glossary.doctor.examine import Repair, examine, repair
    from glossary.uses.progress import progress_on_terminal

    with progress_on_terminal() as progress:
        if mend:
            result = repair(db_path, progress)
        else:
            found = tuple(examine(db_path, progress))
            result = Repair(found, (), found)
    if as_json:
        echo_json({"database": str(db_path), **asdict(result)})
    else:
        for line in [f"Done: {done}" for done in result.done] or map(str, result.found):
            click.echo(line)
        if result.done:
            for finding in result.left:
                click.echo(f"Left: {finding}")
        click.echo("Nothing is wrong." if not result.left else f"Findings: {len(result.left)}", err=True)
    if result.left:
        sys.exit(FINDINGS)
