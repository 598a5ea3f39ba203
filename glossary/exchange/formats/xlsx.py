"""Excel workbooks: a sheet of concepts, one row each, and a sheet of their further terms.

A row has its preferred terms in the columns `ja` and `en`, as Phrase and MultiTerm Convert take them. Cells are texts,
never formulas. Needs openpyxl (the extra `formats`), in its modes that write and read row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from ...documents.formats.archive import open_office
from ...documents.formats.extra import library
from ...documents.limits import LIMITS
from ...errors import GlossaryError
from ..entry import SIDES, Entry, EntryTerm, in_order
from ..registry import About, Hints
from ..text import one_line
from .table import entries_of_rows

SHEET, TERMS, ABOUT = "Glossary", "Terms", "About"
_CONCEPT = {
    "concept_id": 18, "ja": 24, "reading": 24, "romaji": 24, "en": 30, "kind": 13, "status": 11, "subject": 16,
    "part_of_speech": 14, "definition_ja": 40, "definition_en": 40, "definition_source": 20, "usage_note": 40,
    "collection": 16, "confidence": 11, "occurrences": 11, "documents": 11, "first_seen": 11, "last_seen": 11,
    "example_ja": 60, "example_en": 60,
}  # fmt: skip
"""Column: its width in characters."""
_TERM = {
    "concept_id": 18, "language": 9, "term": 30, "status": 11, "reading": 24, "romaji": 24, "form": 13, "region": 8,
    "valid_from": 11, "valid_to": 11, "source": 24,
}  # fmt: skip
_ATTRIBUTES = ("region", "valid_from", "valid_to", "source")
_LONGEST = 32_767
"""Characters of a cell, as Excel allows."""


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """The workbook. Terms are in the second sheet if they are not preferred, or if there is more to say of them."""
    openpyxl = library("openpyxl", "writing .xlsx")
    book = openpyxl.Workbook(write_only=True)
    concepts, terms = _sheet(book, SHEET, _CONCEPT), _sheet(book, TERMS, _TERM)
    cells = _Cells(openpyxl, concepts)
    for entry in entries:
        concepts.append([cells.of(value) for value in _concept(entry)])
        for term in entry.terms:
            if _needs_row(term, entry):
                row = (entry.concept_id, term.language, *(getattr(term, name) for name in list(_TERM)[2:]))
                terms.append([cells.of(value) for value in row])
    notes = _sheet(book, ABOUT, {"about": 100})
    for line in (f"{about.title}, {about.modified}".rstrip(", "), *about.notices):
        notes.append([cells.of(line)])
    book.save(out)


class _Cells:
    """Texts as cells that Excel takes for text, whatever they begin with; numbers as they are."""

    def __init__(self, openpyxl: Any, sheet: Any) -> None:
        self._make, self._sheet = openpyxl.cell.WriteOnlyCell, sheet

    def of(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = one_line(value)[:_LONGEST]
        if not text.startswith("="):
            return text or None
        cell = self._make(self._sheet, value=text)
        cell.data_type = "s"
        return cell


def _sheet(book: Any, title: str, columns: dict[str, int]) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(columns.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    header = [WriteOnlyCell(sheet, value=name) for name in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    return sheet


def _concept(entry: Entry) -> list[Any]:
    first = {side: _shown(entry, side) for side in SIDES}
    ja, en, context = first["ja"], first["en"], entry.contexts[0] if entry.contexts else None
    values = {
        "ja": ja and ja.term,
        "reading": ja and ja.reading,
        "romaji": ja and ja.romaji,
        "en": en and en.term,
        "confidence": None if entry.confidence is None else round(entry.confidence, 3),
        "example_ja": context and context.ja_sentence,
        "example_en": context and context.en_sentence,
    }
    return [values[name] if name in values else getattr(entry, name) for name in _CONCEPT]


def _shown(entry: Entry, side: Any) -> EntryTerm | None:
    """The term of the first sheet: the one that is preferred, or has no status."""
    first = entry.preferred(side)
    return first if first and one_line(first.term) and first.status in ("preferred", None) else None


def _needs_row(term: EntryTerm, entry: Entry) -> bool:
    told = any(getattr(term, name) for name in _ATTRIBUTES) or term.form not in (None, "full")
    return bool(one_line(term.term)) and (told or term is not _shown(entry, term.language))


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a workbook of ours, or of the first sheet of any other that has a Japanese and an English column.

    Raises GlossaryError for a damaged file, or where no such columns are found.
    """
    openpyxl = library("openpyxl", str(path))
    try:
        packed = open_office(path.read_bytes(), str(path), LIMITS)
        book = openpyxl.load_workbook(packed, read_only=True, data_only=True)
        try:
            yield from _entries(book, path, hints)
        finally:
            book.close()
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror or error}") from error
    except GlossaryError:
        raise
    except Exception as error:  # openpyxl lets out whatever its parsers raise, of a sheet while it is read
        raise GlossaryError(f"{path}: no readable workbook ({one_line(str(error))}): save it as .xlsx again") from error


def _entries(book: Any, path: Path, hints: Hints) -> Iterator[Entry]:
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    sheet.reset_dimensions()
    rows = _rows(sheet)
    _, header = next(rows, (1, []))
    if "concept_id" not in header or "ja" not in header:
        yield from entries_of_rows(chain([(1, header)], rows), path, hints)
        return
    further = _further(book[TERMS], path) if TERMS in book.sheetnames else {}
    for number, row in rows:
        yield _entry(dict(zip(header, row, strict=False)), further, f"row {number}")


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_text(value) for value in row]
        if any(cells):
            yield number, cells


def _text(value: Any) -> str:
    if isinstance(value, str):
        return one_line(value.replace("_x000D_", ""))
    if value is None:
        return ""
    return str(value.date() if hasattr(value, "date") else value)


def _further(sheet: Any, path: Path) -> dict[str, list[EntryTerm]]:
    """Terms of the second sheet by concept_id."""
    sheet.reset_dimensions()
    rows = _rows(sheet)
    _, header = next(rows, (1, []))
    found: dict[str, list[EntryTerm]] = {}
    for number, row in rows:
        named = {name: cell for name, cell in zip(header, row, strict=False) if cell and name in _TERM}
        concept_id = named.pop("concept_id", "")
        if named.get("language") not in SIDES or not named.get("term"):
            raise GlossaryError(f"{path}, {TERMS}, row {number}: needs a language (ja or en) and a term: complete it")
        found.setdefault(concept_id, []).append(EntryTerm(**named))  # type: ignore[arg-type]
    return found


def _entry(named: dict[str, str], further: dict[str, list[EntryTerm]], place: str) -> Entry:
    rest = further.get(named["concept_id"], []) if named["concept_id"] else []
    terms = []
    for side in SIDES:
        own = [term for term in rest if term.language == side]
        if text := named.get(side):
            readings = {n: named.get(n) or None for n in ("reading", "romaji")} if side == "ja" else {}
            first = EntryTerm(side, text, "preferred", **readings)
            if told := next((term for term in own if term.term == text), None):
                first = replace(first, **{n: getattr(told, n) for n in (*_ATTRIBUTES, "form")})
            terms.append(first)
            own = [term for term in own if term.term != text and term.status != "preferred"]
        terms += own
    fields = {n: named[n] for n in _CONCEPT if named.get(n) and n in Entry.__dataclass_fields__}
    numbers = {n: float(fields.pop(n)) for n in ("confidence",) if n in fields and _is_number(fields[n])}
    counts = {
        n: int(float(fields.pop(n))) for n in ("occurrences", "documents") if n in fields and _is_number(fields[n])
    }
    return in_order(Entry(tuple(terms), **fields, **numbers, **counts, place=place))  # type: ignore[arg-type]


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False
