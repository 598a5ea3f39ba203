"""A lexicon of a user's own: one indexed SQLite file, written once and then only read."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import GlossaryError
from ..languages.kana import is_kana, to_katakana
from .entry import Entry
from .formats.record import Record
from .keys import english_key, japanese_key

_CHUNK = 20_000
_BATCH = 5_000
_BREAK, _COMMA = "\n", "\t"
"""Between glosses, and between kinds: neither stands in one, since white space is folded."""
_LAST = "\U0010ffff"
_TABLES = """
create table entry (id integer primary key, form text not null, reading text not null, glosses text not null,
    kinds text not null, common integer not null);
create table form (key text not null, text text, entry integer not null, kana integer not null);
create table gloss (key text not null, entry integer not null, place integer not null, kinds text not null);
"""
# `form.text` is null where it is the key itself, `gloss.kinds` are those of the gloss's own sense.
_INDEXES = """
create index form_key on form (key);
create index gloss_key on gloss (key);
"""


def write_word_list(path: Path, records: Iterable[Record]) -> int:
    """Write `records` to a new file `path`, in bounded memory; returns the number of entries (those with a gloss).

    On any error the file is of no use: the caller removes it.
    """
    db = sqlite3.connect(path)
    try:
        # Nobody sees the file before it is whole, so nothing has to survive a crash in between.
        db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32768;")
        db.executescript(_TABLES)
        count = 0
        usable = (rows for record in records if (rows := _rows(record)))
        while batch := list(islice(usable, _BATCH)):
            entries, forms, glosses = [], [], []
            for entry, own_forms, own_glosses in batch:
                count += 1
                entries.append((count, *entry))
                forms += [(key, text, count, kana) for key, text, kana in own_forms]
                glosses += [(key, count, place, kinds) for key, place, kinds in own_glosses]
            db.executemany("insert into entry values (?, ?, ?, ?, ?, ?)", entries)
            db.executemany("insert into form values (?, ?, ?, ?)", forms)
            db.executemany("insert into gloss values (?, ?, ?, ?)", glosses)
        db.commit()
        db.executescript(_INDEXES)
        db.commit()
        return count
    finally:
        db.close()


class _Rows(NamedTuple):
    entry: tuple[str, str, str, str, bool]
    forms: list[tuple[str, str | None, bool]]
    glosses: list[tuple[str, int, str]]


def _rows(record: Record) -> _Rows | None:
    """What is stored of a record; None if it has no Japanese or no English."""
    written = dict.fromkeys(form for text in record.written if (form := _folded(text)))
    readings = dict.fromkeys(form for text in record.readings if (form := _folded(text)))
    if not readings:
        readings = dict.fromkeys(form for form in written if is_kana(form))
    glosses = [(gloss, sense.kinds) for sense in record.senses for text in sense.glosses if (gloss := _folded(text))]
    if not glosses or not (written or readings):
        return None
    kinds = dict.fromkeys(kind for sense in record.senses for kind in map(_folded, sense.kinds) if kind)
    forms: dict[str, bool] = dict.fromkeys(written, False) | dict.fromkeys(readings, True)
    entry = (
        next(iter(forms)),
        to_katakana(next(iter(readings), "")),
        _BREAK.join(gloss for gloss, _ in glosses),
        _COMMA.join(kinds),
        record.common,
    )
    keyed = [(japanese_key(form), form, kana) for form, kana in forms.items()]
    return _Rows(
        entry,
        [(key, None if form == key else form, kana) for key, form, kana in keyed],
        [(english_key(gloss), place, _COMMA.join(map(_folded, own))) for place, (gloss, own) in enumerate(glosses)],
    )


def _folded(text: str) -> str:
    """White space of any kind (and NUL) as single spaces; lone surrogates, which no database takes, replaced."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.replace("\0", " ").split()).encode("utf-8", "replace").decode("utf-8")


class WordList:
    """A lexicon that a user added. Japanese is matched in any width and with or without middle dots."""

    def __init__(self, path: Path, name: str, version: str, licence: str, sha256: str) -> None:
        """Raises GlossaryError if the file is missing or is not one of ours."""
        self.path, self.name, self.version, self.licence, self.sha256 = path, name, version, licence, sha256
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._db.execute(f"pragma mmap_size = {1 << 30}")
            self._db.execute("select 1 from form, gloss, entry limit 1").fetchone()
        except sqlite3.Error as error:
            raise GlossaryError(
                f"{path}: the file of the lexicon {name!r} is missing or damaged: add it again with"
                f" `glossary lexicon add` or take it off with `glossary lexicon remove`"
            ) from error

    def by_japanese(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries with a form that is one of `strings`: those written so first, then other widths and middle dots.

        An entry's `ja` is the form that the lexicon has.
        """
        asked: dict[str, list[str]] = defaultdict(list)
        for string in strings:
            asked[japanese_key(string)].append(string)
        sql = (
            "select f.key, coalesce(f.text, f.key), f.kana, e.id, e.reading, e.glosses, e.kinds, e.common"
            " from json_each(?) j cross join form f on f.key = j.value cross join entry e on e.id = f.entry"
            " order by f.kana, e.id"
        )
        found: dict[str, dict[int, Entry]] = {}
        inexact: list[tuple[str, int, Entry]] = []
        for key, form, kana, number, reading, *rest in self._each(sql, asked):
            entry = self._entry(form, to_katakana(form) if kana else reading, *rest)
            for string in asked[key]:
                if string == form:
                    found.setdefault(string, {}).setdefault(number, entry)
                else:
                    inexact.append((string, number, entry))
        for string, number, entry in inexact:
            found.setdefault(string, {}).setdefault(number, entry)
        return {string: list(entries.values()) for string, entries in found.items()}

    def by_english(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries with a gloss that is one of `strings`, whatever its case, article or remark in brackets."""
        asked: dict[str, list[str]] = defaultdict(list)
        for string in strings:
            asked[english_key(string)].append(string)
        sql = (
            "select g.key, e.id, e.form, e.reading, e.glosses, e.kinds, e.common"
            " from json_each(?) j cross join gloss g on g.key = j.value cross join entry e on e.id = g.entry"
            " order by g.entry, g.place"
        )
        found: dict[str, dict[int, Entry]] = defaultdict(dict)
        for key, number, *rest in self._each(sql, asked):
            entry = self._entry(*rest)
            for string in asked[key]:
                found[string].setdefault(number, entry)
        return {string: list(entries.values()) for string, entries in found.items()}

    def gloss_kinds(self, glosses: Iterable[str]) -> dict[str, list[str]]:
        """Parts of speech of the senses that have one of `glosses` exactly, one for each such sense."""
        wanted = set(glosses)
        sql = (
            "select g.place, g.kinds, e.glosses from json_each(?) j cross join gloss g on g.key = j.value"
            " cross join entry e on e.id = g.entry where g.kinds <> '' order by g.entry, g.place"
        )
        found: dict[str, list[str]] = defaultdict(list)
        for place, kinds, own in self._each(sql, {english_key(gloss) for gloss in wanted}):
            gloss = own.split(_BREAK)[place]
            if gloss in wanted:
                found[gloss].extend(kinds.split(_COMMA))
        return found

    def longer(self, ja: str, limit: int = 300) -> list[tuple[str, str]]:
        """(form, reading) of entries whose form begins with `ja` and goes on, at most `limit`."""
        sql = (
            "select coalesce(f.text, f.key), e.reading from form f join entry e on e.id = f.entry"
            " where f.key > ? and f.key < ? and f.kana = 0 limit ?"
        )
        key = japanese_key(ja)
        return self._db.execute(sql, [key, key + _LAST, limit]).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _entry(self, form: str, reading: str, glosses: str, kinds: str, common: int) -> Entry:
        of_kinds = tuple(kinds.split(_COMMA)) if kinds else ()
        return Entry(form, reading, tuple(glosses.split(_BREAK)), of_kinds, self.name, bool(common))

    def _each(self, sql: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        ordered = sorted(values)
        for start in range(0, len(ordered), _CHUNK):
            yield from self._db.execute(sql, [json.dumps(ordered[start : start + _CHUNK])])
