"""Where the file itself is damaged: it is kept aside, and what people decided goes into a new one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..decisions.engine import record
from ..decisions.journal import journal_path, read_journal, rewrite_journal, write_journal
from ..decisions.record import Decision, from_line, from_row
from ..errors import GlossaryError
from ..store.connection import free_name, open_glossary, transaction

_DECISIONS = "select decision_id, at, actor, action, concept_id, selector, before, after, note, state from decision"
_COMPANIONS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Recovery:
    decisions: int
    """Recovered, from the journal and from what can be read of the damaged file."""
    kept: Path | None
    """The damaged file; None if there was none."""
    commands: tuple[str, ...] = ()
    """The builds that the damaged file tells of, in their order."""


def recover(path: Path) -> Recovery:
    """Make a glossary of people's decisions alone in the place of a damaged or lost one, which is kept aside.

    `glossary build` then finds the rest anew. The new file takes its name when it is whole and on the disk. Raises
    GlossaryError if the folder cannot be written.
    """
    journal = journal_path(path)
    written, faults = read_journal(journal)
    salvaged = {decision.decision_id: decision for decision in _salvaged_decisions(path)}
    decisions = sorted({**salvaged, **written}.values(), key=lambda d: (d.at, d.decision_id))
    settings = list(_rows(path, "select key, value from settings where key = 'threshold'"))
    commands = dict.fromkeys(
        str(row[0]) for row in _rows(path, "select command from build where command like '%build%'")
    )
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with closing(open_glossary(part, create=True)) as db, transaction(db):
            record(db, decisions)
            db.conn.executemany("insert or replace into settings (key, value) values (?, ?)", settings)
        kept = _keep_aside(path)
        part.replace(path)
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be recovered ({error.strerror}): see that you may write there") from error
    finally:
        with suppress(OSError):
            part.unlink()
    with closing(open_glossary(path)) as db, transaction(db):
        if faults:
            rewrite_journal(journal, decisions)
        else:
            write_journal(db, [d for d in decisions if d.decision_id not in written])
    return Recovery(len(decisions), kept, tuple(commands))


def _keep_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    kept = free_name(path, "damaged")
    path.rename(kept)
    for ending in _COMPANIONS:
        # What a killed program left half-written belongs to the damaged file and must not reach the new one.
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(kept.with_name(kept.name + ending))
    return kept


def _salvaged_decisions(path: Path) -> Iterator[Decision]:
    """Decisions that can still be read, from both ends of the table up to the damage."""
    for order in ("", " order by rowid desc"):
        for row in _rows(path, _DECISIONS + order):
            try:
                yield from_line(from_row(row).line(), str(path))
            except (GlossaryError, ValueError, TypeError):
                continue


def _rows(path: Path, sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows that can be read; the file is not touched."""
    if not path.exists():
        return
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(_connect(path)) as connection:
        yield from connection.execute(sql)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
