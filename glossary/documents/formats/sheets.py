"""Spreadsheets (.xlsx), by openpyxl in its mode that reads row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from glossary.documents.extracted import Extracted
from glossary.documents.formats.archive import open_office
from glossary.documents.formats.bilingual import extracted_segments
from glossary.documents.formats.columns import Block, compose
from glossary.documents.formats.extra import library
from glossary.documents.formats.word import document_title
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError


def read_xlsx(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """Sheet after sheet; one with a Japanese and an English column gives segments, of others each row is a line.

    Of formulas the value that was saved; cells of numbers alone, hidden sheets, comments, charts and macros are left
    out. Raises GlossaryError for a file that is damaged or no .xlsx.
    """
    openpyxl = library("openpyxl", where)
    workbook = openpyxl.load_workbook(open_office(data, where, limits), read_only=True, data_only=True)
    left = limits.rows
    blocks: list[Block] = []
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            rows = []
            for row in _rows(sheet, limits):
                rows.append(row)
                left -= 1
                if left < 0:
                    raise GlossaryError(f"{where} has more than {limits.rows:,} rows: split it")
            blocks.append(rows)
    text, segments = compose(blocks)
    if segments:
        return extracted_segments(segments, where, "xlsx")
    lines = (" ".join(filter(None, row)) for rows in blocks for row in rows)
    text = "\n".join(line for line in lines if line)
    if not text:
        raise GlossaryError(f"{where} holds no text: leave it out")
    return Extracted(text, "xlsx", title=document_title(workbook.properties.title))


def _rows(sheet: Any, limits: Limits) -> Iterator[list[str]]:
    """The rows that hold text. The size a sheet declares is not believed: it may be of a million empty rows."""
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True, max_col=limits.columns):
        if any(row):
            cells = [_text(value) for value in row]
            if any(cells):
                yield cells


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.replace("_x000D_", "").strip()
    return value.isoformat() if isinstance(value, (date, datetime)) else ""
