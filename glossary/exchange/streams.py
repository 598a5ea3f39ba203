"""Bytes as text and as tables, both ways, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ..lexicons.formats.files import open_text

Row = list[str]


@contextmanager
def text_out(out: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """`out` as UTF-8 text, line ends as they are written; `out` stays open."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=False)
    try:
        yield text
        text.flush()
    finally:
        text.detach()


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number from 1, text without line end) of the lines of a text file in any common encoding, gzip or not.

    Only LF and CR LF end a line. Raises GlossaryError if the file cannot be read.
    """
    with open_text(path) as file:
        number = 0
        for number, line in enumerate(_ended_by_lf(file), 1):
            yield number, (line.removeprefix("\ufeff") if number == 1 else line)


def _ended_by_lf(file: io.TextIOWrapper) -> Iterator[str]:
    rest = ""
    while block := file.read(1 << 16):
        *whole, rest = (rest + block).split("\n")
        for line in whole:
            yield line.removesuffix("\r")
    if rest:
        yield rest.removesuffix("\r")


def csv_writer(text: io.TextIOWrapper, delimiter: str = ",") -> Callable[[Row], object]:
    """A function that writes a row as RFC 4180 has it."""
    return csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerow
