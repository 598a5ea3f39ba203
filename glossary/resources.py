"""Where files are: what ships with the package, and the database that commands use by default."""

from __future__ import annotations

import re
from pathlib import Path

from glossary.errors import GlossaryError

_PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """The folder `name` ("queries", "samples") that ships with the package.

    An installed package carries it as glossary/db/NAME; in a checkout it is db/NAME beside the package.
    Raises GlossaryError where it is in neither place.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        folder = parent / "db" / name
        if folder.is_dir():
            return folder
    raise GlossaryError(
        f"{_PACKAGE / 'db' / name}: this folder is missing from the installation; install glossary again."
    )


def default_database() -> Path:
    """db/glossary.db where the current folder is a checkout of this project, else glossary.db in the current folder."""
    return Path("db", "glossary.db") if _in_checkout() else Path("glossary.db")


def _in_checkout() -> bool:
    try:
        project = Path("pyproject.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return Path("db").is_dir() and re.search(r'^name\s*=\s*"glossary"', project, re.MULTILINE) is not None
