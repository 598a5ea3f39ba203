"""The manifest: a CSV in which a person says what is a translation of what.

Columns `ja` and `en` name files, relative to the manifest's folder; a row with one of them says that this text has no
counterpart. All other columns are for people.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..documents.fetch import is_url
from ..errors import GlossaryError
from ..records import Document, Language

if TYPE_CHECKING:
    from .decide import Decision

COLUMNS = ("ja", "en", "method", "confidence", "reasons")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a manifest says."""

    number: int
    """Line of the file, the header being the first."""
    ja: Document | None
    en: Document | None


def read_manifest(path: Path, documents: Sequence[Document]) -> list[Row]:
    """The rows of a manifest about `documents`.

    Raises GlossaryError, naming file and row, for a file that is no manifest, a name that none of the documents has,
    a text in the wrong column, and a text that stands in two rows.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = reader.fieldnames or ()
            if "ja" not in header or "en" not in header:
                raise GlossaryError(f'{path}: row 1 must have the columns "ja" and "en"')
            lines = [(reader.line_num, line) for line in reader]
    except OSError as error:
        raise GlossaryError(f"{path}: {(error.strerror or 'cannot be read').lower()}: check the path") from None
    except UnicodeDecodeError:
        raise GlossaryError(f"{path} is not UTF-8: save it as CSV UTF-8") from None
    except csv.Error as error:
        raise GlossaryError(f"{path}: row {reader.line_num} is not CSV ({error}): correct the quotes") from None
    return _rows(path, lines, _Finder(path, documents))


def _rows(path: Path, lines: Iterable[tuple[int, dict[str, str]]], finder: _Finder) -> list[Row]:
    rows: list[Row] = []
    taken: dict[str, int] = {}
    for number, line in lines:
        sides = [finder(number, language, (line[language] or "").strip()) for language in ("ja", "en")]
        for document in sides:
            if document is None:
                continue
            other = taken.setdefault(document.document_id, number)
            if other != number:
                raise GlossaryError(f"{path}: row {number}: {document.path} stands in row {other}, too: delete one")
        if any(sides):
            rows.append(Row(number, *sides))
    return rows


class _Finder:
    """The documents by language and real path or URL."""

    def __init__(self, path: Path, documents: Sequence[Document]) -> None:
        self._path = path
        self._documents = {(d.language, _real(d.path)): d for d in documents}
        self._languages = {_real(d.path): d.language for d in documents}

    def __call__(self, row: int, language: Language, value: str) -> Document | None:
        if not value:
            return None
        place = value if is_url(value) else _real(str(self._path.parent / value))
        if (language, place) in self._documents:
            return self._documents[language, place]
        if place in self._languages:
            is_what = "Japanese" if self._languages[place] == "ja" else "English"
            raise GlossaryError(
                f'{self._path}: row {row}: {value} is {is_what}: it cannot stand in column "{language}"'
            )
        raise GlossaryError(
            f"{self._path}: row {row}: {value} is none of the texts that were read: correct the name or delete the row"
        )


def _real(path: str) -> str:
    return path if is_url(path) else os.path.realpath(path)


def write_manifest(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions as a manifest that `read_manifest` understands; UTF-8 with a mark, as spreadsheets like it."""
    folder = os.path.realpath(path.parent)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for made in decisions:
                sides = [_relative(d.path, folder) if d else "" for d in (made.ja, made.en)]
                writer.writerow([*sides, made.method, f"{made.confidence:.2f}", "; ".join(made.reasons)])
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise GlossaryError(f"{path}: {(error.strerror or 'cannot be written').lower()}: name another place") from None


def _relative(path: str, folder: str) -> str:
    return path if is_url(path) else Path(os.path.relpath(os.path.realpath(path), folder)).as_posix()
