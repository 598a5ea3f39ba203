"""The journal beside the database: every decision as a line of JSON, on the disk before it is reported as made.

If the database is lost, `glossary decisions import JOURNAL` brings all of them back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from ..errors import GlossaryError
from ..store.connection import database_path, free_name
from .record import Decision, from_line

SUFFIX = ".decisions.jsonl"
_ID = re.compile(rb'\{"decision_id": ?"([0-9a-f-]{36})"')
"""As the lines begin that this program writes."""


def journal_path(database: Path) -> Path:
    """`glossary.db.decisions.jsonl` beside `glossary.db`."""
    return database.with_name(database.name + SUFFIX)


class Entry(NamedTuple):
    """Lines that were just added."""

    path: Path
    start: int
    end: int
    """Bytes of the file before and after them."""

    def take_back(self) -> None:
        """Take the lines out again, since what they tell of was not committed; not if others have written since."""
        with suppress(OSError):
            if self.path.stat().st_size == self.end:
                os.truncate(self.path, self.start)


def write_journal(db: Database, decisions: Sequence[Decision]) -> Entry | None:
    """Write decisions to the journal of the database and sync it; None if there is nothing to write or no file.

    The caller holds the write lock of the database, which makes it the only one that writes here. Raises GlossaryError
    if the journal cannot be written: then nothing may be committed.
    """
    database = database_path(db)
    if not decisions or str(database) == ":memory:":
        return None
    path = journal_path(database)
    try:
        start = _append(path, "".join(f"{decision.line()}\n" for decision in decisions))
        return Entry(path, start, path.stat().st_size)
    except OSError as error:
        raise GlossaryError(
            "{path}: the journal of decisions cannot be written ({reason}); nothing was decided: make room, or see that"
            " you may write there",
            path=path,
            reason=error.strerror,
        ) from error


def read_journal(path: Path) -> tuple[dict[str, Decision], list[str]]:
    """({decision_id: decision} in the order of the lines, what is wrong with the other lines); both empty if there is
    no journal. Raises GlossaryError if it cannot be read.
    """
    decisions: dict[str, Decision] = {}
    faults: list[str] = []
    try:
        lines = path.read_bytes().split(b"\n") if path.exists() else []
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                decision = from_line(line.decode("utf-8"), f"{path}, line {number}")
            except UnicodeDecodeError:
                faults.append(f"{path}, line {number}: not UTF-8")
            except GlossaryError as error:
                faults.append(str(error))
            else:
                decisions.setdefault(decision.decision_id, decision)
    return decisions, faults


def ids_in_journal(path: Path, *, but: Collection[str]) -> set[str]:
    """The decision_ids of a journal that are not among `but`; lines with faults have none.

    Of a line whose id is among these nothing else is read, so that a long journal costs little more than its bytes.
    Raises GlossaryError if it cannot be read.
    """
    found = set()
    try:
        with path.open("rb") as file:
            for line in file:
                told = _ID.match(line)
                if told is not None and told[1].decode() in but:
                    continue
                with suppress(GlossaryError, UnicodeDecodeError):
                    found.add(from_line(line.decode("utf-8"), str(path)).decision_id)
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror}") from error
    return found.difference(but)


def rewrite_journal(path: Path, decisions: Iterable[Decision]) -> Path:
    """Put a journal with these decisions in the place of one with faults; where that one is kept."""
    kept = free_name(path, "faulty")
    os.link(path, kept)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    _append(part, "".join(f"{decision.line()}\n" for decision in decisions))
    part.replace(path)
    _sync_folder(path.parent)
    return kept


def _append(path: Path, text: str) -> int:
    """Append and sync; the length in bytes before."""
    fresh = not path.exists()
    with path.open("ab") as file:
        length = file.seek(0, os.SEEK_END)
        try:
            if length and not _ends_with_newline(path):
                file.write(b"\n")  # a program was killed while it wrote its last line
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                os.truncate(path, length)
            raise
    if fresh:
        _sync_folder(path.parent)
    return length


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """So that the name of a new file survives a power cut, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
