"""Which lexicons a glossary has: the row of its table `settings` that records them, and where their files lie."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

PRIORITIES = {"client": 10, "official": 20, "general": 30}
"""Named priorities; the lower, the earlier a lexicon is asked."""

_KEY = "lexicons"


@dataclass(frozen=True, slots=True)
class Listed:
    """A lexicon as the glossary records it."""

    name: str
    version: str
    licence: str
    entries: int
    priority: int
    """The lower, the earlier it is asked; embedded ones come last."""
    sha256: str
    """Of the file (or the two files, one after the other) as added; of the installed file for embedded ones."""
    format: str
    file: str
    """Name in the folder of lexicons, or path of the installed file."""
    added: str = ""
    embedded: bool = False


def folder_of(db_path: Path) -> Path:
    """Where the lexicons of a glossary lie: `glossary.lexicons` beside `glossary.db`."""
    return db_path.with_name(f"{db_path.stem}.lexicons")


def is_there(db_path: Path) -> bool:
    """Whether there is a file with anything in it; whether that is a glossary, opening it tells."""
    try:
        return db_path.stat().st_size > 0
    except FileNotFoundError:
        return False


@contextmanager
def glossary_at(db_path: Path, *, create: bool = True, readonly: bool = False) -> Iterator[Database]:
    """The open glossary, closed at the end. Raises GlossaryError as `store.connection.open_glossary` does."""
    from ..store.connection import open_glossary

    db = open_glossary(db_path, create=create, readonly=readonly)
    try:
        yield db
    finally:
        db.close()


def registered(db: Database) -> list[Listed]:
    """The lexicons on record, by priority and then by name."""
    row = db.conn.execute("select value from settings where key = ?", [_KEY]).fetchone()
    found = [Listed(**fields) for fields in json.loads(row[0])] if row else []
    return sorted(found, key=lambda listed: (listed.priority, listed.name))


def register(db: Database, lexicons: Sequence[Listed]) -> None:
    """Record exactly these lexicons."""
    value = json.dumps([asdict(listed) for listed in lexicons], ensure_ascii=False)
    db.conn.execute("insert or replace into settings (key, value) values (?, ?)", [_KEY, value])
