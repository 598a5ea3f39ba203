"""The command `settings`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from .base import echo_json, settings_in_force


@click.command("settings")
@click.option("as_json", "--json", is_flag=True, help="As a JSON object.")
@click.option("init", "--init", is_flag=True, help="Write glossary.toml, with every setting explained, to this folder.")
@click.option("for_user", "--user", is_flag=True, help="With --init: the file for all your projects instead.")
def settings_command(as_json: bool, init: bool, for_user: bool) -> None:
    """The settings in force, and where each comes from.

    They are read from glossary.toml in this folder or the nearest one above it, then from your own file; --db and
    other options come before them, and so do the variables GLOSSARY_DB, GLOSSARY_ACTOR and GLOSSARY_SETTINGS.
    """
    from glossary.settings.places import FILE_NAME, user_file

    if for_user and not init:
        raise click.UsageError("--user goes with --init")
    if init:
        from glossary.settings.example import write_example

        path = Path(user_file()) if for_user else Path(FILE_NAME)
        write_example(path)
        click.echo(path)
        return
    from glossary.resources import default_database
    from glossary.settings.report import in_force, report_text

    settings = settings_in_force()
    found = in_force(settings, os.environ, default_database())
    if as_json:
        echo_json({"files": list(settings.files), "settings": found})
    else:
        click.echo(report_text(settings, found))
