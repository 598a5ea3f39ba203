"""The work file: results of a build that is under way, so that one which was interrupted goes on where it was."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from .errors import GlossaryError
from .records import Concept, Context, Evidence, Pairing, Segment, Term
from .store.connection import explained, says_damaged

_PATIENCE = 10
"""Seconds to wait for another build that writes."""


class WorkFile:
    """A disposable SQLite file beside the database; what it holds can always be made again."""

    def __init__(self, db_path: Path) -> None:
        self.path = db_path.with_name(db_path.name + ".work")
        self._db: sqlite3.Connection | None = None

    def __enter__(self) -> WorkFile:
        try:
            self._db = self._opened()
        except sqlite3.DatabaseError as error:
            if not says_damaged(error):
                raise self._refused(error) from error
            self.path.unlink(missing_ok=True)  # left damaged by a crash: begin anew
            try:
                self._db = self._opened()
            except sqlite3.Error as again:
                raise self._refused(again) from again
        return self

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_PATIENCE)
        try:
            db.execute("pragma synchronous = off")  # what a crash of the machine takes can be made again
            for table in ("result", "aligned"):
                db.execute(f"create table if not exists {table} (key text primary key, data blob not null)")
            db.commit()
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _refused(self, error: sqlite3.Error) -> GlossaryError:
        """What to say; an empty file that a full disk let us begin is taken away."""
        if "full" in str(error):
            with suppress(OSError):
                if self.path.stat().st_size == 0:
                    self.path.unlink()
        return explained(error, self.path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._db is not None:
            self._db.close()
        if kind is None:
            self.path.unlink(missing_ok=True)

    def get(self, key: str) -> tuple[list[Segment], list[Concept]] | None:
        """The result stored under `key`; None if there is none, or if it is damaged and has to be made again."""
        assert self._db is not None
        try:
            row = self._db.execute("select data from result where key = ?", [key]).fetchone()
            if row is None:
                return None
            data = json.loads(zlib.decompress(row[0]))
            return [_segment(raw) for raw in data["segments"]], [_concept(raw) for raw in data["concepts"]]
        except (sqlite3.DatabaseError, zlib.error, ValueError, KeyError, TypeError):
            return None

    def aligned(self, key: str) -> bytes | None:
        """The packed bitext that was stored under `key`; None if there is none, or if the file is damaged."""
        assert self._db is not None
        try:
            row = self._db.execute("select data from aligned where key = ?", [key]).fetchone()
        except sqlite3.DatabaseError:
            return None
        return None if row is None else row[0]

    def keep_aligned(self, key: str, data: bytes) -> None:
        """Store a packed bitext. Raises GlossaryError if the disk refuses."""
        self._store("aligned", key, data)

    def put(self, key: str, segments: list[Segment], concepts: list[Concept]) -> None:
        """Store a result. Raises GlossaryError if the disk refuses."""
        assert self._db is not None
        data = {"segments": segments, "concepts": concepts}
        packed = zlib.compress(json.dumps(data, ensure_ascii=False, default=_fields).encode("utf-8"), 1)
        self._store("result", key, packed)

    def _store(self, table: str, key: str, packed: bytes) -> None:
        try:
            self._write(table, key, packed)
        except sqlite3.DatabaseError:
            self._begin_anew(table, key, packed)

    def _write(self, table: str, key: str, packed: bytes) -> None:
        assert self._db is not None
        with self._db:
            self._db.execute(f"insert or replace into {table} values (?, ?)", [key, packed])

    def _begin_anew(self, table: str, key: str, packed: bytes) -> None:
        """Where another build of this glossary has ended and taken the file away, or where the file is damaged."""
        assert self._db is not None
        self._db.close()
        try:
            try:
                self._db = self._opened()
                self._write(table, key, packed)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self.path.unlink(missing_ok=True)
                self._db = self._opened()
                self._write(table, key, packed)
        except sqlite3.Error as error:
            raise GlossaryError(
                f"{self.path}: cannot be written ({error}): make room and build again; it goes on from where it is"
            ) from error


def _span(raw: list[int] | None) -> tuple[int, int] | None:
    return None if raw is None else (raw[0], raw[1])


def _fields(record: Any) -> dict[str, Any]:
    """A record as JSON can hold it; `asdict` would copy all that is in it first."""
    return {name: getattr(record, name) for name in record.__slots__}


def _segment(raw: dict) -> Segment:
    return Segment(raw["document"], raw["number"], _span(raw["ja"]), _span(raw["en"]), raw["score"])


def _context(raw: dict) -> Context:
    spans = {name: _span(raw[name]) for name in ("ja", "en", "ja_sentence", "en_sentence")}
    return Context(raw["document"], raw["ja_document_id"], raw["en_document_id"], **spans)


def _pairing(raw: dict) -> Pairing:
    return Pairing(**{**raw, "evidence": tuple(Evidence(**reason) for reason in raw["evidence"])})


def _concept(raw: dict) -> Concept:
    return Concept(
        **{
            **raw,
            "terms": tuple(Term(**term) for term in raw["terms"]),
            "pairings": tuple(_pairing(pairing) for pairing in raw["pairings"]),
            "contexts": tuple(_context(context) for context in raw["contexts"]),
        }
    )
