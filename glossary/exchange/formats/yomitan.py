"""Yomitan dictionaries (https://github.com/yomidevs/yomitan/blob/master/docs/making-yomitan-dictionaries.md), format 3.

A zip of index.json and term banks of rows of eight: term, reading, definition tags, rules, score, definitions,
sequence, term tags. Looked up by the Japanese term, whatever the direction. Needs no extra.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from ...documents.formats.archive import read_part
from ...errors import GlossaryError
from ...languages.kana import to_hiragana
from ...records import Language
from ..entry import Entry, EntryTerm, in_order
from ..labels import labelled, parted
from ..pairs import NO_PAIR
from ..registry import About, Hints
from ..text import one_line

_BANK = 10_000
"""Rows a file, as Yomitan's own tools write them."""
_LARGEST = 200_000_000
"""Bytes that a bank may unpack to."""
_OLDEST = (1980, 1, 1, 0, 0, 0)


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A row for each Japanese term that may be used; deprecated and forbidden terms are left out."""
    index = {
        "title": about.title,
        "format": 3,
        "revision": about.modified or "1",
        "sequenced": True,
        "author": "glossary",
        "sourceLanguage": "ja",
        "targetLanguage": "en",
        "description": "Made with glossary",
    } | ({"attribution": "\n".join(about.notices)} if about.notices else {})
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member("index.json", about), json.dumps(index, ensure_ascii=False))
        kept = enumerate((entry for entry in entries if _is_pair(entry, about)), 1)
        rows = (row for number, entry in kept for row in _rows(entry, number))
        number = 1
        while bank := list(islice(rows, _BANK)):
            archive.writestr(_member(f"term_bank_{number}.json", about), json.dumps(bank, ensure_ascii=False))
            number += 1


def _member(name: str, about: About) -> zipfile.ZipInfo:
    """Dated by the glossary, so that the same one gives the same bytes."""
    try:
        date = max(datetime.fromisoformat(about.modified).timetuple()[:6], _OLDEST)
    except ValueError:
        date = _OLDEST
    member = zipfile.ZipInfo(name, date)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _is_pair(entry: Entry, about: About) -> bool:
    if _usable(entry, "ja") and _usable(entry, "en"):
        return True
    about.leave_out(NO_PAIR)
    return False


def _usable(entry: Entry, side: Language) -> list[EntryTerm]:
    return [term for term in entry.usable(side) if one_line(term.term)]


def _rows(entry: Entry, sequence: int) -> Iterator[list[Any]]:
    english, japanese = _usable(entry, "en"), _usable(entry, "ja")
    definitions: list[Any] = [one_line(term.term) for term in english]
    for place, term in enumerate(japanese):
        said = labelled(entry if place == 0 else None, term, leave_out=("reading",))
        if place and one_line(entry.concept_id):
            said = " | ".join(filter(None, (said, f"id: {entry.concept_id}")))
        shown = [*definitions, *_examples(entry), _note(said)] if said else definitions
        reading = to_hiragana(one_line(term.reading)) if _in_hiragana(term) else one_line(term.reading)
        yield [one_line(term.term), reading, one_line(entry.kind), "", _score(entry), shown, sequence, ""]


def _in_hiragana(term: EntryTerm) -> bool:
    """Yomitan's readings are in hiragana where the term has kanji or hiragana."""
    return any(not ("\u30a0" <= character <= "\u30ff") for character in term.term)


def _score(entry: Entry) -> int:
    return round(100 * entry.confidence) if entry.confidence is not None else 0


def _examples(entry: Entry) -> Iterator[Any]:
    for context in entry.contexts:
        lines = [one_line(text) for text in (context.ja_sentence, context.en_sentence) if one_line(text)]
        if lines:
            content = [
                {"tag": "div", "lang": "ja" if n == 0 else "en", "content": line} for n, line in enumerate(lines)
            ]
            yield {
                "type": "structured-content",
                "content": {"tag": "div", "data": {"glossary": "example"}, "content": content},
            }


def _note(said: str) -> Any:
    return {"type": "structured-content", "content": {"tag": "div", "data": {"glossary": "note"}, "content": said}}


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a Yomitan dictionary of format 3 whose definitions are texts; rows of one sequence are one entry.

    Raises GlossaryError if it is no such dictionary.
    """
    last: tuple[int, Entry] | None = None
    for row in _read_rows(path):
        sequence, found = int(row[6]), _entry(row)
        if last is not None and sequence and sequence == last[0]:
            last = (sequence, _merged(last[1], found))
            continue
        if last is not None:
            yield last[1]
        last = (sequence, found)
    if last is not None:
        yield last[1]


def _read_rows(path: Path) -> Iterator[list[Any]]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [
                m for m in archive.infolist() if m.filename.startswith("term_bank_") and m.filename.endswith(".json")
            ]
            for member in sorted(names, key=lambda m: (len(m.filename), m.filename)):
                if member.file_size > _LARGEST:
                    raise GlossaryError(f"{path}: {member.filename} unpacks to more than {_LARGEST:,} bytes: refused")
                rows = json.loads(read_part(archive, member.filename, str(path)))
                if not isinstance(rows, list) or not all(map(_is_row, rows)):
                    raise GlossaryError(f"{path}: {member.filename} has rows that are not of eight: not format 3")
                yield from rows
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, ValueError, RecursionError, NotImplementedError) as error:
        raise GlossaryError(f"{path}: not a Yomitan dictionary ({error}): give the .zip as it was exported") from error


def _is_row(row: Any) -> bool:
    """[term, reading, tags, rules, score, definitions, sequence, term tags]"""
    return isinstance(row, list) and len(row) == 8 and isinstance(row[5], list) and isinstance(row[6], int)


def _entry(row: list[Any]) -> Entry:
    texts = [one_line(item) for item in row[5] if isinstance(item, str)]
    note = next((text for item in row[5] if (text := _note_of(item))), "")
    said = parted(note)
    kinds = {"kind": str(row[2])} if row[2] and "id" in note else {}
    ja = EntryTerm("ja", one_line(str(row[0])), reading=one_line(str(row[1] or "")) or None)
    fields: dict[str, Any] = kinds | said.concept
    if "concept_id" not in fields:
        return Entry((ja, *(EntryTerm("en", text) for text in texts if text)), **fields)
    own = EntryTerm("ja", ja.term, "preferred", **({"reading": ja.reading} | said.ja))
    first = [EntryTerm("en", text, "admitted" if n else "preferred") for n, text in enumerate(filter(None, texts))]
    if first and said.en:
        first[0] = EntryTerm("en", first[0].term, "preferred", **said.en)
    return in_order(Entry((own, *first), **fields))


def _note_of(item: Any) -> str:
    content = item.get("content") if isinstance(item, dict) else None
    if isinstance(content, dict) and content.get("data") == {"glossary": "note"}:
        return str(content.get("content") or "")
    return ""


def _merged(entry: Entry, other: Entry) -> Entry:
    known = {(term.language, term.term) for term in entry.terms}
    more = [term for term in other.terms if (term.language, term.term) not in known]
    status = "admitted" if entry.concept_id else None
    return in_order(replace(entry, terms=(*entry.terms, *(replace(term, status=status) for term in more))))
