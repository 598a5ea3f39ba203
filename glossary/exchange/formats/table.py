"""Any table with a Japanese and an English column: CSV, TSV, or rows of a spreadsheet. Import only.

Columns are found by their headers (in Japanese or English), by what their cells hold, or are named by the user.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ...errors import GlossaryError
from ...lexicons.formats.delimited import csv_rows
from ...lexicons.formats.table import column_role, detected_columns, split_terms
from ..entry import Entry, EntryTerm
from ..registry import Hints
from ..text import one_line, unguarded
from ..understanding import concept_status, term_status

FIELDS = (
    "ja", "en", "reading", "romaji", "kind", "status", "subject", "part_of_speech", "usage_note", "region",
    "collection", "definition_ja", "definition_en", "definition_source", "concept_id",
)  # fmt: skip
"""What a column can hold."""
_SAMPLE = 200
_HEADERS = {
    "romaji": "romaji romanization ローマ字",
    "subject": "subject domain field 分野",
    "part_of_speech": "pos part_of_speech 品詞",
    "usage_note": "note notes comment comments usage usage_note remarks 備考 注記 コメント 注",
    "region": "region country 地域",
    "collection": "collection client customer project 顧客 案件",
    "definition_ja": "definition_ja ja_definition 定義 説明",
    "definition_en": "definition definition_en en_definition english_definition 英語定義",
    "definition_source": "definition_source source 出典",
    "concept_id": "concept_id",
}
_ROLES = {name: role for role, names in _HEADERS.items() for name in names.split()}


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a CSV or TSV file. Raises GlossaryError if it has no columns of Japanese and of English."""
    return entries_of_rows(csv_rows(path), path, hints)


def entries_of_rows(rows: Iterator[tuple[int, list[str]]], path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of (number, cells). A cell may hold several terms, parted by ; | or ／."""
    sample = list(islice(rows, _SAMPLE))
    if not sample:
        return
    columns = _columns(sample[0][1], hints, path)
    body = sample[1:] if columns else sample
    if not columns:
        found = detected_columns(sample, path)
        columns = {"ja": found.ja, "en": found.en} | ({"reading": found.reading} if found.reading >= 0 else {})
    for number, row in chain(body, rows):
        if entry := _entry({name: _cell(row, place) for name, place in columns.items()}, f"row {number}"):
            yield entry


def _columns(header: list[str], hints: Hints, path: Path) -> dict[str, int]:
    """Place of each field; empty if the header names no languages and the user no columns."""
    places: dict[str, int] = {}
    names = [one_line(cell) for cell in header]
    for field, name in hints.columns:
        if field not in FIELDS:
            raise GlossaryError(f"--column {field}={name}: no such field: one of {', '.join(FIELDS)}")
        if name not in names:
            raise GlossaryError(f"{path}: has no column {name}: one of {', '.join(filter(None, names))}")
        places[field] = names.index(name)
    for place, name in enumerate(names):
        plain = name.casefold().replace(" ", "_")
        role = _ROLES.get(plain) or column_role(name)
        if role and role not in places and place not in places.values():
            places[role] = place
    return places if {"ja", "en"} <= places.keys() else {}


def _cell(row: list[str], place: int) -> str:
    return unguarded(row[place].strip()) if 0 <= place < len(row) else ""


def _entry(named: dict[str, str], place: str) -> Entry | None:
    shown = named.pop("status", "")
    status = term_status(shown) if concept_status(shown) is None else None
    reading = next(iter(split_terms(named.pop("reading", ""), ja=True)), None)
    romaji, region = (one_line(named.pop(name, "")) or None for name in ("romaji", "region"))
    ja, en = split_terms(named.pop("ja", ""), ja=True), split_terms(named.pop("en", ""))
    if not ja or not en:
        return None
    terms = [EntryTerm("ja", one_line(text), reading=reading if text == ja[0] else None,
                       romaji=romaji if text == ja[0] else None) for text in ja]  # fmt: skip
    terms += [EntryTerm("en", one_line(text), status, region=region) for text in en]
    fields: dict[str, Any] = {name: text for name, cell in named.items() if (text := one_line(cell))}
    return Entry(tuple(terms), status=None if status else one_line(shown) or None, place=place, **fields)
