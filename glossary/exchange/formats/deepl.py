"""DeepL glossaries: CSV of source and target, one direction (https://developers.deepl.com/docs/customize/managing-glossaries).

Limits as DeepL documents them: 10 MiB a glossary, 1,024 bytes of UTF-8 a phrase, each source once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ...lexicons.formats.delimited import csv_rows
from ..entry import Entry
from ..pairs import Line, gathered, oriented, pairs
from ..registry import About, Hints
from ..streams import csv_writer, text_out
from ..text import is_formula, one_line

LONGEST = 1024
"""Bytes of UTF-8 of a phrase."""
LARGEST = 10 * 1024 * 1024
"""Bytes of a glossary."""


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """Source and target without a header; for each source the target of the entry that comes first."""
    seen: set[str] = set()
    size = 0
    with text_out(out) as text:
        row = csv_writer(text, "\t" if about.ending == ".tsv" else ",")
        for entry in entries:
            for pair in pairs(entry, about):
                source, target = one_line(pair.source.term), one_line(pair.target.term)
                if pair.added is pair.target:
                    continue  # a source has one target: the preferred one
                if reason := refusal(source, target, seen):
                    about.leave_out(reason)
                    continue
                length = len(f"{source}{target}".encode()) + 8  # delimiter, line end and quotes
                if size + length > LARGEST:
                    about.leave_out(f"beyond {LARGEST:,} bytes, the largest glossary that is taken")
                    continue
                size += length
                seen.add(source)
                row([source, target])


def refusal(source: str, target: str, seen: set[str]) -> str | None:
    """Why a pair cannot be in such a file; None if it can.

    A text that a spreadsheet would run as a formula is left out: an apostrophe before it would be translated, too.
    """
    if source in seen:
        return "whose source another entry has already"
    if any(len(side.encode()) > LONGEST for side in (source, target)):
        return f"longer than {LONGEST:,} bytes"
    if is_formula(source) or is_formula(target):
        return "beginning with = + - or @, which a spreadsheet would run as a formula"
    return None


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of two columns without header; further columns (languages, in DeepL's own export) are passed over."""
    rows = (row for _, row in csv_rows(path))
    return gathered(Line(ja, en, "") for ja, en, _ in oriented(rows, hints.direction))
