"""Tables as text: .csv (RFC 4180) and .tsv with a Japanese and an English column."""

from __future__ import annotations

import csv
from io import StringIO

from glossary.documents.encoding import decode
from glossary.documents.extracted import Extracted
from glossary.documents.formats.bilingual import extracted_segments
from glossary.documents.formats.columns import column_segments, find_columns
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

_ADVICE = "name the two columns ja and en in the first row"


def read_csv(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """The rows as segments; the delimiter is the one of , ; tab | that gives a Japanese and an English column."""
    return _read(data, where, ",;\t|", "csv", limits)


def read_tsv(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """As `read_csv`, with tabs."""
    return _read(data, where, "\t", "tsv", limits)


def _read(data: bytes, where: str, delimiters: str, format: str, limits: Limits) -> Extracted:
    text, encoding = decode(data, where)
    text = text.replace("\0", "").lstrip("\ufeff")
    for delimiter in delimiters:
        rows = _rows(text, delimiter, where, limits)
        columns = find_columns(rows)
        if columns is not None:
            return extracted_segments(column_segments(rows, columns), where, format, encoding, _ADVICE)
    raise GlossaryError(f"{where} has no Japanese and English column: {_ADVICE}")


def _rows(text: str, delimiter: str, where: str, limits: Limits) -> list[list[str]]:
    # With tabs a quotation mark at the beginning of a cell is mostly text; quoted cells are quoted to their end.
    quoted = delimiter != "\t" or all(_is_quoted(cell) for line in text.splitlines() for cell in line.split("\t"))
    rows: list[list[str]] = []
    try:
        lines = StringIO(text, newline="")
        for row in csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE):
            if any(cell.strip() for cell in row):
                rows.append(row[: limits.columns])
            if len(rows) > limits.rows:
                raise GlossaryError(f"{where} has more than {limits.rows:,} rows: split it")
    except csv.Error as error:
        raise GlossaryError(f"{where} is no table in its row {len(rows) + 1} ({error}): export it again") from None
    return rows


def _is_quoted(cell: str) -> bool:
    return not cell.startswith('"') or (len(cell) > 1 and cell.endswith('"') and cell.count('"') % 2 == 0)
