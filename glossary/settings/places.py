"""Where settings files lie. Only looks for files; reads none."""

from __future__ import annotations

import os

FILE_NAME = "glossary.toml"


def project_file() -> str | None:
    """The glossary.toml of the current folder or of the nearest folder above it; None without."""
    try:
        current = os.getcwd()
    except OSError:  # the current folder is gone
        return None
    while True:
        path = os.path.join(current, FILE_NAME)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(current)
        if above == current:
            return None
        current = above


def user_file() -> str:
    """Where a person's own settings lie, whether or not there are any: the usual folder of the platform.

    ~/.config/glossary (or $XDG_CONFIG_HOME) on Linux, ~/Library/Application Support/glossary on macOS,
    %APPDATA%\\glossary on Windows.
    """
    import click

    return os.path.join(click.get_app_dir("glossary"), FILE_NAME)
