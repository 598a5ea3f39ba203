"""Opening a glossary to read, at once: with the sqlite3 module alone where all is well."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KNOWN_SCHEMA_VERSION = 4
"""As in glossary.store.schema, which takes three times as long to import as all else that a lookup needs."""

_SQLITE_MAGIC, _APPLICATION_ID = b"SQLite format 3\0", b"GLOS"


class Reader:
    """What the reading functions of the store use of a sqlite_utils.Database, which takes long to import."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn


@contextmanager
def open_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to the glossary at `path`, closed at the end.

    Raises GlossaryError as glossary.store.open_glossary does.
    """
    db = _open_at_once(path) or _open_with_care(path)
    try:
        yield db
    finally:
        db.close()


def _open_at_once(path: Path) -> sqlite3.Connection | None:
    """None where anything is unusual, whatever it is: the store knows what to say and do."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
        if not header.startswith(_SQLITE_MAGIC) or header[68:] != _APPLICATION_ID:
            return None
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    except (OSError, sqlite3.Error):
        return None
    try:
        if db.execute("pragma user_version").fetchone()[0] == KNOWN_SCHEMA_VERSION:
            return db
    except (sqlite3.Error, UnicodeDecodeError):  # the second where the text of the first is damaged, too
        pass
    db.close()
    return None


def _open_with_care(path: Path) -> sqlite3.Connection:
    from glossary.store.connection import open_glossary

    return open_glossary(path, readonly=True).conn
