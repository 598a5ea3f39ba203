"""JMdict, JMnedict and KANJIDIC2 as the package jamdict-data carries them: one indexed SQLite file, read directly.

The data are the property of the Electronic Dictionary Research and Development Group (EDRDG), CC BY-SA 3.0/4.0;
https://www.edrdg.org/edrdg/licence.html asks for attribution wherever they are used.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from ..languages.kana import to_katakana
from .entry import Entry

LICENCE = "CC BY-SA 4.0, © EDRDG (https://www.edrdg.org/edrdg/licence.html)"
_CHUNK = 900
"""Parameters of one query; SQLite's default limit was 999 for long."""


def embedded_path() -> Path | None:
    """The file of jamdict-data, or None if the package is not installed. The package itself is not imported."""
    spec = importlib.util.find_spec("jamdict_data")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "jamdict.db"
    return path if path.exists() else None


class _Jamdict:
    name = ""
    licence = LICENCE
    version = ""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def _rows(self, sql: str, values: Iterable[object]) -> Iterator[tuple]:
        """Rows of `sql`, whose {} takes the list of `values`, asked in chunks."""
        ordered = list(dict.fromkeys(values))
        for start in range(0, len(ordered), _CHUNK):
            chunk = ordered[start : start + _CHUNK]
            yield from self._db.execute(sql.format(",".join("?" * len(chunk))), chunk)

    def _grouped(self, sql: str, values: Iterable[object]) -> dict:
        grouped: dict = defaultdict(list)
        for key, value in self._rows(sql, values):
            grouped[key].append(value)
        return grouped

    def _ids(self, tables: tuple[str, str], strings: Iterable[str]) -> dict[str, list[int]]:
        ids: dict[str, list[int]] = defaultdict(list)
        for table in tables:
            for text, number in self._rows(
                f"select text, idseq from {table} where text in ({{}}) order by ID", strings
            ):
                if number not in ids[text]:
                    ids[text].append(number)
        return ids


class Jmdict(_Jamdict):
    """General vocabulary: 191,000 entries."""

    name = "JMdict"
    version = "2020, jamdict-data"

    def by_japanese(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries whose written form or kana is exactly one of `strings`."""
        ids = self._ids(("Kanji", "Kana"), strings)
        return self._entries(ids)

    def by_english(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries with a gloss that is one of `strings` (as written, in lower case or capitalized)."""
        found: dict[str, list[Entry]] = defaultdict(list)
        variants = {
            form: string
            for string in strings
            for form in (string, string.lower(), string.capitalize(), "to " + string.lower())
        }
        sql = "select g.text, s.idseq from SenseGloss g join Sense s on s.ID = g.sid where g.text in ({})"
        hits = defaultdict(list)
        for text, number in self._rows(sql, variants):
            hits[number].append(variants[text])
        written = self._grouped("select idseq, text from Kanji where idseq in ({}) order by ID", hits)
        kana = self._grouped("select idseq, text from Kana where idseq in ({}) order by ID", hits)
        forms = {number: (written[number] or kana[number])[:1] for number in hits}
        entries = self._entries({form: [number] for number, texts in forms.items() for form in texts})
        for number, matched in hits.items():
            for form in forms[number]:
                for string in dict.fromkeys(matched):
                    found[string].extend(entries.get(form, []))
        return found

    def gloss_kinds(self, glosses: Iterable[str]) -> dict[str, list[str]]:
        """Parts of speech of the senses that have one of `glosses` exactly, one for each such sense."""
        sql = "select g.text, p.text from SenseGloss g join pos p on p.sid = g.sid where g.text in ({})"
        return self._grouped(sql, glosses)

    def _entries(self, ids: dict[str, list[int]]) -> dict[str, list[Entry]]:
        numbers = {number for found in ids.values() for number in found}
        kana = self._grouped("select idseq, text from Kana where idseq in ({}) order by ID", numbers)
        glosses = self._grouped(
            "select s.idseq, g.text from Sense s join SenseGloss g on g.sid = s.ID where s.idseq in ({}) and g.lang = 'eng' order by g.sid, g.rowid",
            numbers,
        )
        kinds = self._grouped(
            "select s.idseq, p.text from Sense s join pos p on p.sid = s.ID where s.idseq in ({})", numbers
        )
        common = set()
        for table, mark in (("Kanji", "KJP"), ("Kana", "KNP")):
            sql = f"select k.idseq from {table} k join {mark} p on p.kid = k.ID where k.idseq in ({{}})"
            common.update(number for (number,) in self._rows(sql, numbers))
        return {
            string: [
                Entry(
                    string,
                    to_katakana(string if string in kana[number] else (kana[number] or [""])[0]),
                    tuple(glosses[number]),
                    tuple(dict.fromkeys(kinds[number])),
                    self.name,
                    number in common,
                )
                for number in found
            ]
            for string, found in ids.items()
        }


class Jmnedict(_Jamdict):
    """Proper names: 741,000 entries."""

    name = "JMnedict"
    version = "2020, jamdict-data"

    def by_japanese(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries whose written form or kana is exactly one of `strings`."""
        return self._entries(self._ids(("NEKanji", "NEKana"), strings))

    def by_english(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries with a gloss that is exactly one of `strings`."""
        sql = "select g.text, t.idseq from NETransGloss g join NETranslation t on t.ID = g.tid where g.text in ({})"
        hits = defaultdict(list)
        for text, number in self._rows(sql, strings):
            hits[text].append(number)
        numbers = {number for found in hits.values() for number in found}
        written = self._grouped("select idseq, text from NEKanji where idseq in ({}) order by ID", numbers)
        kana = self._grouped("select idseq, text from NEKana where idseq in ({}) order by ID", numbers)
        forms = {number: (written[number] or kana[number])[0] for number in numbers if written[number] or kana[number]}
        entries = self._entries({form: [number] for number, form in forms.items()})
        return {
            string: [entry for number in found if number in forms for entry in entries[forms[number]]]
            for string, found in hits.items()
        }

    def _entries(self, ids: dict[str, list[int]]) -> dict[str, list[Entry]]:
        numbers = {number for found in ids.values() for number in found}
        kana = self._grouped("select idseq, text from NEKana where idseq in ({}) order by ID", numbers)
        glosses = self._grouped(
            "select t.idseq, g.text from NETranslation t join NETransGloss g on g.tid = t.ID where t.idseq in ({}) order by g.rowid",
            numbers,
        )
        kinds = self._grouped(
            "select t.idseq, k.text from NETranslation t join NETransType k on k.tid = t.ID where t.idseq in ({})",
            numbers,
        )
        return {
            string: [
                Entry(
                    string,
                    to_katakana((kana[number] or [""])[0]),
                    tuple(glosses[number]),
                    tuple(dict.fromkeys(kinds[number])),
                    self.name,
                )
                for number in found
            ]
            for string, found in ids.items()
        }


class Kanjidic(_Jamdict):
    """Readings of single kanji."""

    name = "KANJIDIC2"
    version = "2020, jamdict-data"

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
