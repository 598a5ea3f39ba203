"""Opening a glossary: what is not one is never touched, and each way to fail is one line that says what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from os import PathLike
from pathlib import Path

from sqlite_utils import Database

from ..errors import GlossaryError
from .schema import APPLICATION_ID, SCHEMA_VERSION, migrate

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another program that writes."""

SQLITE_MAGIC = b"SQLite format 3\0"


class DamagedError(GlossaryError):
    """The file is damaged: what it says of itself is not so."""


def open_glossary(path: str | PathLike[str], *, create: bool = False, readonly: bool = False) -> Database:
    """The glossary at `path`, brought to the present schema; of one of an earlier schema a copy is kept beside it.

    With `create` a glossary is made where there is none (no file, or an empty one). Opening to read (`readonly`) writes
    nothing but that, and rolls back what a killed program left half-written.

    Raises GlossaryError if there is no glossary, if the file is another database or no database, if a newer version
    made it, if an older one did and it may not be written, or if it cannot be read or written.
    """
    path = Path(path)
    fresh = _is_fresh(path)
    if fresh and (readonly or not create):
        raise GlossaryError(f"{path}: no glossary here: {_way_to_one(path)}")
    if not fresh:
        _check_header(path)
    try:
        if fresh and not path.exists():
            _create(path)
        db = _connect(path, readonly)
        version = _known_version(db, path)
        if version < SCHEMA_VERSION and readonly:
            db.close()
            _migrate_for_reader(path)
            db = _connect(path, readonly)
        elif version < SCHEMA_VERSION:
            _migrate(db, path)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explained(error, path) from error
    return db


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing; within another transaction, a part of it.

    It begins IMMEDIATE, since one that reads first and then writes may find that it has to give up instead of waiting.
    Raises GlossaryError if another program does not stop writing within BUSY_TIMEOUT, or if the disk refuses.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    try:
        db.conn.execute("begin immediate")
        try:
            yield
            db.conn.execute("commit")
        except BaseException:
            db.rollback()
            raise
    except sqlite3.OperationalError as error:
        raise explained(error, database_path(db)) from error


def database_path(db: Database) -> Path:
    """The file behind an open database (`:memory:` if there is none)."""
    return Path(db.conn.execute("pragma database_list").fetchone()[2] or ":memory:")


def _is_fresh(path: Path) -> bool:
    try:
        return (path.is_file() and path.stat().st_size == 0) or not path.exists()
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror}") from error


def _way_to_one(path: Path) -> str:
    from ..decisions.journal import journal_path

    journal = journal_path(path)
    if journal.exists():
        return f"its decisions are in {journal.name}: recover them with `glossary doctor --repair --db {path}`"
    return f"make one with `glossary build PATH --db {path}`"


def _check_header(path: Path) -> None:
    """Read the header ourselves: to open another program's database may already change it (journals, WAL)."""
    if path.is_dir():
        raise GlossaryError(f"{path}: this is a folder: name a database file in it")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror}") from error
    if not header.startswith(SQLITE_MAGIC):
        raise GlossaryError(f"{path}: not a database; nothing was changed: name another file with --db")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise GlossaryError(f"{path}: not a glossary but another database; nothing was changed: name another with --db")


def _connect(path: Path, readonly: bool) -> Database:
    if not readonly:
        return _open(path, "rwc")
    db = _open(path, "ro")
    try:
        db.conn.execute("select 1 from sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error) and "unable to open" not in str(error):
            raise
        # A program was killed while it wrote. Whoever opens to write rolls that back; a reader may not.
        db.close()
        repair = _open(path, "rw")
        repair.conn.execute("select 1 from sqlite_master").fetchone()
        repair.close()
        db = _open(path, "ro")
    return db


def _open(path: Path, mode: str) -> Database:
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_TIMEOUT)
    conn.execute("pragma foreign_keys = on")
    return Database(conn)


def _known_version(db: Database, path: Path) -> int:
    version = _version(db)
    if version > SCHEMA_VERSION:
        db.close()
        raise GlossaryError(
            f"{path}: made by a newer version of glossary (schema {version}, this one knows {SCHEMA_VERSION}):"
            " upgrade with `pip install -U glossary`"
        )
    return version


def _version(db: Database) -> int:
    return int(db.conn.execute("pragma user_version").fetchone()[0])


def _migrate_for_reader(path: Path) -> None:
    """Raises GlossaryError where the file is not to be written; one that nobody may write is meant to stay as it is."""
    try:
        if not path.stat().st_mode & 0o222:
            raise GlossaryError(f"{path}: write-protected")
        open_glossary(path).close()
    except DamagedError:
        raise
    except GlossaryError as error:
        reason = str(error).removeprefix(f"{path}: ")
        raise GlossaryError(
            f"{path}: made by an older version of glossary, and it cannot be brought up to date here ({reason}):"
            f" copy it to where you may write and run `glossary doctor --repair --db` on the copy"
        ) from error


def _create(path: Path) -> None:
    """Make an empty glossary that has its name only when it is whole: another program may look for one meanwhile."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with closing(_open(part, "rwc")) as db:
            migrate(db)
        with suppress(OSError):
            # Another program was faster, or the file system has no links: then the schema is made in place.
            os.link(part, path)
    finally:
        with suppress(OSError):
            part.unlink()


def _migrate(db: Database, path: Path) -> None:
    """Bring it to the present schema; of a glossary of an earlier one a copy is kept.

    Under the lock from the copy on, so that of several programs that find an old glossary one does it.
    """
    with transaction(db):
        if 0 < (version := _version(db)) < SCHEMA_VERSION:
            from .backup import back_up

            with closing(_open(path, "ro")) as source:
                back_up(source, free_name(path, f"schema{version}"))
        migrate(db)


def free_name(path: Path, word: str) -> Path:
    """`glossary.db.WORD`, or `glossary.db.WORD-2` and so on: a name beside `path` that no file has."""
    number = 1
    while (free := path.with_name(f"{path.name}.{word}" + (f"-{number}" if number > 1 else ""))).exists():
        number += 1
    return free


def says_damaged(error: Exception) -> bool:
    """True of what SQLite says where the file itself is damaged."""
    words = ("malformed", "not a database", "unsupported file format", "decode to UTF-8")
    if isinstance(error, UnicodeDecodeError):  # SQLite quotes what is damaged, and Python cannot read it
        return error.object.startswith(b"malformed")
    return isinstance(error, sqlite3.Error) and any(word in str(error) for word in words)


def damage_in(path: Path) -> str | None:
    """What is damaged in the file of a glossary, as a line that says what to do; None if SQLite finds nothing.

    To be asked where something else failed: it reads the whole file.
    """
    try:
        with closing(open_glossary(path, readonly=True)) as db:
            found = str(db.conn.execute("pragma integrity_check(1)").fetchone()[0])
    except DamagedError as error:
        return str(error)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        found = str(error)
    if found == "ok":
        return None
    return f"{path}: damaged ({found}): restore a backup, or run `glossary doctor --repair --db {path}`"


def explained(error: Exception, path: Path) -> GlossaryError:
    """What SQLite says of a file, as a line that says what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return GlossaryError("{path}: another program is writing to it: try again when it has finished", path=path)
    if "readonly" in text or "unable to open" in text:
        return GlossaryError(
            "{path}: cannot be written: check that its folder exists and that you may write there", path=path
        )
    if "full" in text:
        return GlossaryError("{path}: the disk is full: make room and run the command again", path=path)
    if "disk I/O" in text:
        return GlossaryError(
            "{path}: the disk refuses ({text}): make room or see if it is sound, and try again", path=path, text=text
        )
    if says_damaged(error):
        return DamagedError(
            "{path}: damaged ({text}): restore a backup, or run `glossary doctor --repair --db {path}`",
            path=path,
            text=text,
        )
    return GlossaryError("{path}: SQLite says: {text}", path=path, text=text)
