"""A consistent copy of a glossary while others write to it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlite_utils import Database

from ..errors import GlossaryError
from .connection import database_path

_PAGES = 256
"""Copied at a time; writers get their turn in between."""


def back_up(db: Database, target: Path) -> int:
    """Copy the glossary to a file that is not there yet; its size in bytes.

    The copy is that of one moment: where another program writes meanwhile, SQLite begins anew. It gets its name only
    when it is whole and on the disk. Raises GlossaryError if the file is there already or cannot be written.
    """
    if target.exists():
        raise GlossaryError(f"{target}: there already; nothing was written: name a file that does not exist")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(part)) as copy:
            db.conn.backup(copy, pages=_PAGES, sleep=0.01)
            checked = copy.execute("pragma quick_check").fetchone()[0]
        if checked != "ok":
            raise GlossaryError(f"{database_path(db)}: damaged ({checked}): no copy was made; see `glossary doctor`")
        _sync(part)
        os.link(part, target)  # unlike a renaming, it fails where another program made the file meanwhile
    except FileExistsError:
        raise GlossaryError(f"{target}: there already; nothing was written: name a file that does not exist") from None
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise GlossaryError(
            f"{target}: the copy cannot be written ({reason}): make room or choose another place"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return target.stat().st_size


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
