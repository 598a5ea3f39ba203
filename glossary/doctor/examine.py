"""`glossary doctor`: all checks of a glossary, and the repair of all that can be repaired."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from ..decisions.journal import journal_path, read_journal
from ..store.backup import back_up
from ..store.connection import SQLITE_MAGIC, DamagedError, free_name, open_glossary, says_damaged, transaction
from ..store.schema import APPLICATION_ID, SCHEMA_VERSION
from .content import check_documents, check_evidence, check_offsets, check_state
from .derived import check_derived, check_search, repair_derived
from .findings import REFRESH, Finding, counted
from .journal import check_journal, repair_journal
from .recovery import recover
from .structure import check_file, check_references, check_schema, damage, repair_references, repair_schema

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What `repair` did."""

    found: tuple[Finding, ...]
    done: tuple[str, ...] = ()
    """A line for each thing that was done."""
    left: tuple[Finding, ...] = ()
    """Findings after it."""


def examine(path: Path, progress: Progress | None = None) -> list[Finding]:
    """All that is wrong with the glossary at `path`; nothing is changed, and others may write meanwhile.

    The rows are checked in a copy of one moment (in the folder for temporary files). Raises GlossaryError if there is
    no glossary and no journal of one, or if a newer version made it.
    """
    if finding := _check_place(path):
        return [finding]
    try:
        with closing(open_glossary(path, readonly=True)) as db:
            found = list(check_file(db))
            if any(finding.check == "file" for finding in found):
                return found
            with _snapshot(db) as copy:
                return found + _check_rows(copy, path, progress or (lambda step, done, total: None))
    except DamagedError as error:
        return [damage(str(error.__cause__))]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if says_damaged(error):
            return [damage(" ".join(str(error).split()))]
        raise


def repair(path: Path, progress: Progress | None = None) -> Repair:
    """Mend what can be mended, in one transaction, after a backup beside the database; see `examine`.

    Where the file itself is damaged, it is kept aside and people's decisions are recovered into a new one.
    """
    found = examine(path, progress)
    if not any(finding.repairable for finding in found):
        return Repair(tuple(found), left=tuple(found))
    if any(finding.check == "file" for finding in found):
        done = _recover(path)
    elif any(finding.check == "schema" and "older version" in finding.message for finding in found):
        open_glossary(path).close()
        done = [f"{path.name} brought to the present schema; a copy of the old one is beside it"]
        return Repair(tuple(found), tuple(done), repair(path, progress).left)
    else:
        done = _repair_rows(path)
    return Repair(tuple(found), tuple(done), tuple(examine(path, progress)))


def _check_place(path: Path) -> Finding | None:
    """What can be said without SQLite. A file that is no glossary is one that was, if it has a journal."""
    journal = journal_path(path)
    header = b""
    if path.is_file():
        with path.open("rb") as file:
            header = file.read(100)
    if not header:
        if not journal.exists():
            return None
        count = counted(len(read_journal(journal)[0]), "decision")
        advice = "`glossary doctor --repair` recovers them, then build again"
        return Finding("file", f"the database is lost; {journal.name} holds {count}", advice, True)
    is_ours = header.startswith(SQLITE_MAGIC) and int.from_bytes(header[68:72], "big") == APPLICATION_ID
    if not is_ours:
        return damage("its beginning was overwritten") if journal.exists() else None
    if int.from_bytes(header[60:64], "big") < SCHEMA_VERSION:
        advice = "`glossary doctor --repair` brings it up to date and keeps a copy"
        return Finding("schema", "made by an older version of glossary", advice, True)
    return None


@contextmanager
def _snapshot(db: Database) -> Iterator[Database]:
    with TemporaryDirectory(prefix="glossary-doctor-") as folder:
        connection = sqlite3.connect(Path(folder) / "copy.db", isolation_level=None)
        try:
            db.conn.backup(connection)
            connection.execute("pragma synchronous = off")
            connection.execute("pragma foreign_keys = on")  # what is derived relies on deletions that cascade
            connection.execute("begin")
            yield Database(connection)
        finally:
            connection.close()


def _check_rows(copy: Database, path: Path, show: Progress) -> list[Finding]:
    found: list[Finding] = list(check_schema(copy))
    if not all(finding.repairable for finding in found):
        return found  # the other checks ask for tables that are not as they should be
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("references", lambda: check_references(copy)),
        ("documents", lambda: check_documents(copy)),
        ("offsets", lambda: check_offsets(copy)),
        ("evidence", lambda: check_evidence(copy)),
        ("the model state", lambda: check_state(copy)),
        ("the journal", lambda: check_journal(copy, path)),
        ("the search index", lambda: check_search(copy)),
        ("counts", lambda: check_derived(copy)),
    )
    for done, (name, check) in enumerate(checks):
        show(f"Checking {name}", done, len(checks))
        try:
            found += check()
        except (ValueError, KeyError, TypeError) as error:
            found.append(Finding(name.split()[-1], f"cannot be checked, a row is damaged ({error})", REFRESH))
    return found


def _repair_rows(path: Path) -> list[str]:
    with closing(open_glossary(path)) as db:
        backup = free_name(path, "before-repair")
        back_up(db, backup)
        done = [f"{backup.name}: a copy of the glossary as it was"]
        with transaction(db):
            repair_schema(db)
            repair_references(db)
            done += repair_journal(db, path)
            repair_derived(db)
    return [*done, "indexes, counts and what else can be derived were made anew"]


def _recover(path: Path) -> list[str]:
    recovery = recover(path)
    done = [] if recovery.kept is None else [f"the damaged file is kept as {recovery.kept.name}"]
    done.append(f"{counted(recovery.decisions, 'decision')} recovered into a new {path.name}")
    builds = [f"`{command}`" for command in recovery.commands] or ["`glossary build PATH…`"]
    return [*done, f"run {', '.join(builds)}: it finds all else anew, and the decisions hold again"]
