"""Rows of CSV and TSV files, for word lists and for glossaries of other tools."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ...errors import GlossaryError
from .files import open_text

Row = list[str]
_LONGEST_CELL = 1 << 24
"""Characters."""


def csv_rows(path: Path, delimiter: str | None = None) -> Iterator[tuple[int, Row]]:
    """(line on which it ends, cells) of each row that has text and is no comment; without `delimiter`, tab, comma or
    semicolon.

    Raises GlossaryError for a file that cannot be read and for a table whose quotes do not close.
    """
    with open_text(path) as file:
        if delimiter is None:
            delimiter = _delimiter(path, file.read(1 << 16))
            file.seek(0)
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for row in reader:
                if reader.line_num == 1 and row:
                    row[0] = row[0].removeprefix("\ufeff")
                if any(cell.strip() for cell in row) and not (len(row) == 1 and row[0].startswith("#")):
                    yield reader.line_num, row
        except csv.Error as error:
            raise GlossaryError(
                f"{path}, line {reader.line_num}: not a readable table ({error}): check its quotes"
            ) from error


def _delimiter(path: Path, start: str) -> str:
    """A tab where most lines have one, since terms have none; else what cuts the most lines, of equals the first."""
    some = [line for line in start.splitlines() if line.strip()][:50]
    tabs = sum("\t" in line for line in some)
    if path.name.removesuffix(".gz").lower().endswith(".tsv") or tabs * 2 > len(some):
        return "\t"
    return max(",;\t", key=lambda mark: sum(mark in line for line in some))
