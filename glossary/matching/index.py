"""The index of a glossary's terms, in a file of its own beside the database (`glossary.db.index`).

It is made when the first text is matched and brought up to date when the database has changed since: only terms that
are new or gone cost work. A lookup reads a few pages of it, however many terms there are. It holds numbers
only, no text. Where the folder cannot be written the index is a temporary file that lasts as long as the process.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import GlossaryError
from ..records import Language
from ..uses.interrupts import heard, interruptible
from .keys import ENGLISH, hashed, keys_of

if TYPE_CHECKING:
    from .pieces import Pieces

FORMAT = "7"
"""Of the index; another one is made anew."""
_CACHED_HEADS = 400_000
_BATCH = 20_000

_TABLES = """
create table if not exists meta (name text primary key, value text) without rowid;
create table if not exists known (term integer primary key, digest integer not null);
create table if not exists bitmap (id integer primary key, bits blob not null);
create table if not exists head (hash integer primary key, lengths integer not null);
create table if not exists entry (hash integer not null, term integer not null, primary key (hash, term)) without rowid
"""
_SHOWN = """select term.id, term.language, term.term from glossary.term as term
    join glossary.concept as concept on concept.id = term.concept where concept.shown = 1"""


class TermIndex:
    """Which terms may begin with a string and which have a key. `path`: of the glossary."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.side_file = path.with_name(path.name + ".index")
        self._heads: dict[Language, dict[str, int]] = {"ja": {}, "en": {}}
        self._db = self._opened()

    @cached_property
    def bitmap(self) -> bytes:
        """Which English keys of one and two words, and beginnings of longer ones, there are: for pieces.Bitmap."""
        (bits,) = self._db.execute("select bits from bitmap").fetchone()
        return bytes(bits)

    @cached_property
    def pieces(self) -> Pieces:
        """The pieces of English texts that were met so far."""
        from .pieces import Bitmap, Pieces

        return Pieces(Bitmap(self.bitmap), lambda lemma: bool(self.terms("en", [lemma])))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def lengths(self, language: Language, heads: Iterable[str]) -> dict[str, int]:
        """For each head the lengths of the terms that begin with it, as the bits of a number (0: there are none).

        The dictionary may hold more than was asked for and must not be changed.
        """
        cache = self._heads[language]
        if len(cache) > _CACHED_HEADS:
            cache.clear()
        wanted = [head for head in set(heads) if head not in cache]
        if wanted:
            asked = [hashed(language, head) for head in wanted]
            found = dict(
                self._db.execute(
                    "select hash, lengths from head where hash in (select value from json_each(?))", [json.dumps(asked)]
                )
            )
            cache.update((head, found.get(number, 0)) for head, number in zip(wanted, asked, strict=True))
        return cache

    def terms(self, language: Language, keys: Iterable[str]) -> dict[str, list[int]]:
        """`term.id`s for each key that has any; now and then one whose key only has the same hash."""
        by_hash: dict[int, list[str]] = {}
        for key in set(keys):
            by_hash.setdefault(hashed(language, key), []).append(key)
        found: dict[str, list[int]] = {}
        rows = self._db.execute(
            "select entry.hash, entry.term from json_each(?) as asked join entry on entry.hash = asked.value",
            [json.dumps(list(by_hash))],
        )
        for number, term in rows:
            for key in by_hash[number]:
                found.setdefault(key, []).append(term)
        return found

    def _opened(self) -> sqlite3.Connection:
        """A connection to an index that is up to date."""
        try:
            with interruptible():
                return self._open_file()
        except sqlite3.Error:
            pass
        try:
            with interruptible():
                return self._made(sqlite3.connect("", isolation_level=None, uri=True))
        except sqlite3.Error as error:
            raise GlossaryError(f"{self.path}: its terms cannot be indexed: SQLite says: {error}") from error

    def _open_file(self) -> sqlite3.Connection:
        db = self._connected()
        try:
            if _stored_stamp(db) == stamp(self.path):
                return db
            return self._made(db)
        except sqlite3.DatabaseError as error:
            db.close()
            if "not a database" not in str(error) and "malformed" not in str(error):
                raise
        self.side_file.unlink()  # damaged; all that it holds is in the glossary
        return self._made(self._connected())

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self.side_file.absolute().as_uri(), isolation_level=None, timeout=30, uri=True)

    def _made(self, db: sqlite3.Connection) -> sqlite3.Connection:
        try:
            db.create_function("digest", 2, heard(_digest), deterministic=True)
            db.execute("attach database ? as glossary", [f"{self.path.absolute().as_uri()}?mode=ro"])
            db.execute("begin immediate")
            try:
                _update(db, self.path)
                db.execute("commit")
            except BaseException:
                db.execute("rollback")
                raise
            db.execute("detach database glossary")
        except BaseException:
            db.close()
            raise
        return db


def stamp(path: Path) -> str:
    """What changes whenever the database does: SQLite's change counter, sizes and times of the file and its log."""
    with path.open("rb") as file:
        header = file.read(100)
    status = path.stat()
    parts = [FORMAT, header[24:28].hex(), status.st_size, status.st_mtime_ns]
    log = path.with_name(path.name + "-wal")
    if log.exists():
        parts += [log.stat().st_size, log.stat().st_mtime_ns]
    return " ".join(map(str, parts))


def _stored_stamp(db: sqlite3.Connection) -> str | None:
    try:
        row = db.execute("select value from meta where name = 'stamp'").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return row[0] if row else None


def _update(db: sqlite3.Connection, path: Path) -> None:
    """Bring the index to what the glossary shows now (inside the caller's transaction)."""
    before = _stored_stamp(db)
    if before is not None and not before.startswith(FORMAT + " "):
        for table in ("meta", "known", "bitmap", "head", "entry"):
            db.execute(f"drop table if exists {table}")
    for statement in _TABLES.split(";"):
        db.execute(statement)
    db.execute("select 1 from glossary.concept limit 1").fetchone()  # from here on the glossary stands still for us
    now = stamp(path)
    if _stored_stamp(db) == now:
        return
    if db.execute("select 1 from known limit 1").fetchone() is not None:
        _forget(db)
    _add(db, db.execute(f"{_SHOWN} and term.id not in (select term from known)"))
    _map(db)
    db.execute("insert or replace into meta (name, value) values ('stamp', ?)", [now])


def _forget(db: sqlite3.Connection) -> None:
    """Take out the terms that are not shown any more or have another text now."""
    db.execute("create temp table shown (term integer primary key, digest integer not null)")
    db.execute(f"insert into temp.shown select id, digest(language, term) from ({_SHOWN})")
    db.execute(
        """create temp table gone as select term from known
        where not exists (select 1 from temp.shown where shown.term = known.term and shown.digest = known.digest)"""
    )
    for table in ("entry", "known"):
        db.execute(f"delete from {table} where term in (select term from temp.gone)")
    db.execute("drop table temp.shown")
    db.execute("drop table temp.gone")


def _digest(language: str, text: str) -> int:
    """64 bits that tell whether a term has changed."""
    whole = f"{language} {text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(whole, digest_size=8).digest(), "big", signed=True)


def _add(db: sqlite3.Connection, rows: Iterator[tuple[int, Language, str]]) -> None:
    """Entries are gathered and sorted first: a million inserts in random order would take ten times as long."""
    db.execute("create temp table added (hash integer, term integer)")
    heads: dict[int, int] = {}
    while batch := _some(rows, _BATCH):
        added, digests = [], []
        for term, language, text in batch:
            digests.append((term, _digest(language, text)))
            for found in keys_of(language, text):
                for head in found.heads:
                    number = hashed(language, head)
                    heads[number] = heads.get(number, 0) | 1 << found.length
                added.append((hashed(language, found.key), term))
        db.executemany("insert into temp.added (hash, term) values (?, ?)", added)
        db.executemany("insert or replace into known (term, digest) values (?, ?)", digests)
    db.execute("insert or ignore into entry (hash, term) select hash, term from temp.added order by hash, term")
    db.execute("drop table temp.added")
    db.executemany(
        """insert into head (hash, lengths) values (?, ?)
        on conflict (hash) do update set lengths = lengths | excluded.lengths""",
        sorted(heads.items()),
    )


def _map(db: sqlite3.Connection) -> None:
    """The bitmap of all English keys and heads."""
    from .pieces import Bitmap

    places = f"""from (select distinct hash from entry where hash >= {ENGLISH}
        union all select hash from head where hash >= {ENGLISH})"""
    (number,) = db.execute(f"select count(*) {places}").fetchone()
    bits = Bitmap.of((hash_ for (hash_,) in db.execute(f"select hash - {ENGLISH} {places}")), number)
    db.execute("insert or replace into bitmap (id, bits) values (1, ?)", [bits])


def _some(rows: Iterator[tuple[int, Language, str]], number: int) -> list[tuple[int, Language, str]]:
    found = []
    for row in rows:
        found.append(row)
        if len(found) == number:
            break
    return found
