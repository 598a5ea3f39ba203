"""Leaving no trace of removed texts in the file of a database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from ..errors import GlossaryError
from .connection import database_path


def erase_free_pages(db: Database) -> None:
    """Write the database anew, without what was deleted; the full-text indexes too.

    Raises GlossaryError if another program uses the database, or if there is no room for a second copy.
    """
    path = database_path(db)
    try:
        db.conn.execute("pragma secure_delete = on")
        for index in ("term_search", "context_search"):
            # Deleted rows of FTS5 stay in its segments, marked as deleted, until these are merged.
            db.conn.execute(f"insert into {index} ({index}) values ('optimize')")
        db.conn.commit()
        db.conn.execute("vacuum")
        db.conn.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.Error as error:
        raise GlossaryError(
            f"{path}: removed, but traces remain in its free pages ({error}): close the programs that use it, make room"
            f" for a second copy, and run the command again with --erase"
        ) from error


def copies_beside(path: Path) -> list[Path]:
    """Files beside the database that may be copies of it or were made from it: backups, work files, journals."""
    names = {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    return sorted(
        other
        for other in path.absolute().parent.iterdir()
        if other.is_file() and other.name not in names and (path.stem in other.name or _is_database(other))
    )


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False
