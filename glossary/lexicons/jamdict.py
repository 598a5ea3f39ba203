"""JMdict, JMnedict and KANJIDIC2 as the package jamdict-data carries them: one indexed SQLite file, read directly.

The data are the property of the Electronic Dictionary Research and Development Group (EDRDG), CC BY-SA 3.0/4.0;
https://www.edrdg.org/edrdg/licence.html asks for attribution wherever they are used.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from ..languages.kana import to_katakana
from .entry import Entry
from .keys import english_spellings

LICENCE = "CC BY-SA 4.0, © EDRDG (https://www.edrdg.org/edrdg/licence.html)"
_VERSION = "2020, jamdict-data"
_CHUNK = 20_000
"""Strings of one query. They go in as one JSON list, which needs no table to write to and has no limit to mind."""
_MAPPED = 1 << 30
"""Bytes of the file that may be mapped into memory: a lookup of thousands of strings takes half the time."""


def embedded_path() -> Path | None:
    """The file of jamdict-data, or None if the package is not installed. The package itself is not imported."""
    spec = importlib.util.find_spec("jamdict_data")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "jamdict.db"
    return path if path.exists() else None


class _Jamdict:
    """What the three dictionaries share. In all SQL `j.value` is one of the values asked for.

    Each join is a `cross join`: without statistics in the file SQLite would else begin with the larger table.
    """

    name = ""
    licence = LICENCE
    version = _VERSION
    sha256 = ""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._db.execute(f"pragma mmap_size = {_MAPPED}")

    def _rows(self, sql: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        ordered = sorted(set(values))  # neighbours in the index lie on one page
        for start in range(0, len(ordered), _CHUNK):
            yield from self._db.execute(sql, [json.dumps(ordered[start : start + _CHUNK])])

    def _grouped(self, sql: str, values: Iterable[Any]) -> dict[Any, list[Any]]:
        grouped: dict[Any, list[Any]] = defaultdict(list)
        for key, value in self._rows(sql, values):
            grouped[key].append(value)
        return grouped

    def _ids(self, tables: tuple[str, str], strings: Iterable[str]) -> dict[str, list[int]]:
        """Numbers of the entries that are written so, then of those that are read so; each in the file's order."""
        ids: dict[str, dict[int, None]] = {}
        for table in tables:
            sql = f"select k.text, k.idseq from json_each(?) j cross join {table} k on k.text = j.value order by k.ID"
            for text, number in self._rows(sql, strings):
                ids.setdefault(text, {})[number] = None
        return {text: list(numbers) for text, numbers in ids.items()}

    def _longer(self, kanji: str, kana: str, ja: str, limit: int) -> list[tuple[str, str]]:
        sql = (
            f"select k.text, (select r.text from {kana} r where r.idseq = k.idseq order by r.ID limit 1)"
            f" from {kanji} k where k.text > ? and k.text < ? limit ?"
        )
        found = self._db.execute(sql, [ja, ja + "\U0010ffff", limit])
        return [(form, to_katakana(reading or "")) for form, reading in found]

    def _texts(self, table: str, numbers: Iterable[int]) -> dict[int, list[str]]:
        """Forms of entries from Kanji, Kana, NEKanji or NEKana."""
        sql = f"select k.idseq, k.text from json_each(?) j cross join {table} k on k.idseq = j.value order by k.ID"
        return self._grouped(sql, numbers)

    def _gloss_hits(self, table: str, join: str, strings: Iterable[str]) -> dict[str, list[int]]:
        """Numbers of the entries with a gloss that is one of `strings`, alone or with a remark in brackets after it."""
        asked: dict[str, dict[str, None]] = defaultdict(dict)
        for string in strings:
            for form in english_spellings(string):
                asked[form][string] = None
        found: dict[str, dict[int, None]] = {}
        for condition in ("g.text = j.value", "g.text > j.value || ' (' and g.text < j.value || ' )'"):
            sql = f"select j.value, s.idseq from json_each(?) j cross join {table} g on {condition} cross join {join}"
            for form, number in self._rows(f"{sql} order by g.rowid", asked):
                for string in asked[form]:
                    found.setdefault(string, {})[number] = None
        return {string: list(numbers) for string, numbers in found.items()}


class Jmdict(_Jamdict):
    """General vocabulary: 191,000 entries."""

    name = "JMdict"

    def by_japanese(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries whose written form or kana is exactly one of `strings`."""
        return self._entries(self._ids(("Kanji", "Kana"), strings))

    def by_english(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries with a gloss that is one of `strings`, whatever its case, article or remark in brackets."""
        hits = self._gloss_hits("SenseGloss", "Sense s on s.ID = g.sid", strings)
        numbers = {number for found in hits.values() for number in found}
        written, kana = self._texts("Kanji", numbers), self._texts("Kana", numbers)
        forms = {number: (written.get(number) or kana[number])[0] for number in numbers}
        entries = self._numbered(numbers)
        return {string: [entries(forms[number], number) for number in found] for string, found in hits.items()}

    def longer(self, ja: str, limit: int = 300) -> list[tuple[str, str]]:
        """(written form, katakana reading) of entries whose form begins with `ja` and goes on, at most `limit`."""
        return self._longer("Kanji", "Kana", ja, limit)

    def gloss_kinds(self, glosses: Iterable[str]) -> dict[str, list[str]]:
        """Parts of speech of the senses that have one of `glosses` exactly, one for each such sense."""
        sql = (
            "select g.text, p.text from json_each(?) j cross join SenseGloss g on g.text = j.value"
            " cross join pos p on p.sid = g.sid"
        )
        return self._grouped(sql, glosses)

    def _entries(self, ids: dict[str, list[int]]) -> dict[str, list[Entry]]:
        entries = self._numbered({number for found in ids.values() for number in found})
        return {string: [entries(string, number) for number in found] for string, found in ids.items()}

    def _numbered(self, numbers: set[int]) -> Any:
        """A function (form, number) → Entry for these entries."""
        sense = "from json_each(?) j cross join Sense s on s.idseq = j.value"
        kana = self._texts("Kana", numbers)
        sql = f"select s.idseq, g.text {sense} cross join SenseGloss g on g.sid = s.ID where +g.lang = 'eng'"
        glosses = self._grouped(f"{sql} order by g.sid, g.rowid", numbers)
        kinds = self._grouped(f"select s.idseq, p.text {sense} cross join pos p on p.sid = s.ID", numbers)
        common: set[int] = set()
        for table, mark in (("Kanji", "KJP"), ("Kana", "KNP")):
            sql = (
                f"select k.idseq from json_each(?) j cross join {table} k on k.idseq = j.value"
                f" where exists (select 1 from {mark} p where p.kid = k.ID)"
            )
            common.update(number for (number,) in self._rows(sql, numbers))

        def entry(form: str, number: int) -> Entry:
            readings = kana.get(number) or [""]
            reading = to_katakana(form if form in readings else readings[0])
            distinct = tuple(dict.fromkeys(kinds.get(number, ())))
            return Entry(form, reading, tuple(glosses.get(number, ())), distinct, self.name, number in common)

        return entry


class Jmnedict(_Jamdict):
    """Proper names: 741,000 entries."""

    name = "JMnedict"

    def by_japanese(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries whose written form or kana is exactly one of `strings`."""
        ids = self._ids(("NEKanji", "NEKana"), strings)
        entries = self._numbered({number for found in ids.values() for number in found})
        return {string: [entries(string, number) for number in found] for string, found in ids.items()}

    def by_english(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries with a gloss that is one of `strings`, whatever its case or remark in brackets (dates of a life)."""
        hits = self._gloss_hits("NETransGloss", "NETranslation s on s.ID = g.tid", strings)
        numbers = {number for found in hits.values() for number in found}
        written, kana = self._texts("NEKanji", numbers), self._texts("NEKana", numbers)
        forms = {number: (written.get(number) or kana[number])[0] for number in numbers}
        entries = self._numbered(numbers)
        return {string: [entries(forms[number], number) for number in found] for string, found in hits.items()}

    def longer(self, ja: str, limit: int = 300) -> list[tuple[str, str]]:
        """(written form, katakana reading) of names whose form begins with `ja` and goes on, at most `limit`."""
        return self._longer("NEKanji", "NEKana", ja, limit)

    def gloss_kinds(self, glosses: Iterable[str]) -> dict[str, list[str]]:
        """Nothing: types of names are no parts of speech."""
        return {}

    def _numbered(self, numbers: set[int]) -> Any:
        """A function (form, number) → Entry for these entries."""
        translation = "from json_each(?) j cross join NETranslation t on t.idseq = j.value"
        kana = self._texts("NEKana", numbers)
        sql = f"select t.idseq, g.text {translation} cross join NETransGloss g on g.tid = t.ID order by g.rowid"
        glosses = self._grouped(sql, numbers)
        kinds = self._grouped(f"select t.idseq, k.text {translation} cross join NETransType k on k.tid = t.ID", numbers)

        def entry(form: str, number: int) -> Entry:
            reading = to_katakana((kana.get(number) or [""])[0])
            distinct = tuple(dict.fromkeys(kinds.get(number, ())))
            return Entry(form, reading, tuple(glosses.get(number, ())), distinct, self.name)

        return entry


class Kanjidic(_Jamdict):
    """Readings of single kanji."""

    name = "KANJIDIC2"

    @cached_property
    def _readings(self) -> dict[str, tuple[str, ...]]:
        """The whole table (13,000 characters): the file has no index that finds the readings of one."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for sql in (
            "select c.literal, r.value from reading r join rm_group g on g.ID = r.gid join character c on c.ID = g.cid"
            " where r.r_type in ('ja_on', 'ja_kun')",
            "select c.literal, n.value from nanori n join character c on c.ID = n.cid",
        ):
            for literal, value in self._db.execute(sql):
                found[literal][to_katakana(value.split(".")[0].strip("-"))] = None
        return {literal: tuple(readings) for literal, readings in found.items()}

    def readings(self, kanji: str) -> tuple[str, ...]:
        """Katakana readings of one character: on, kun (without okurigana) and those used in names."""
        return self._readings.get(kanji, ())
