"""A document as a page shows it: both texts in rows of aligned segments, with what is marked in them."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glossary.records import Span
from glossary.uses.lookup import Row, rows
from glossary.uses.marking import Piece, marked

if TYPE_CHECKING:
    import sqlite3

VIEWS = ("glossary", "contexts", "documents", "segments", "bitexts")
"""The public views whose rows a document page shows."""

LANGUAGES = ("ja", "en")

_NAMED = "select * from documents where document = ?"
_BY_ID = "select * from documents where document_id in (?, ?) order by language desc"
# One branch for each index: an "or" over three tables would read all of them.
_BITEXTS = """
select * from (
    select * from bitexts where document = :name
    union select * from bitexts where ja_document_id in (select document_id from documents where document = :name)
    union select * from bitexts where en_document_id in (select document_id from documents where document = :name)
) order by document <> :name, document limit 1
"""
_SEGMENTS = "select * from segments where document = ? order by segment"
# A name may be that of a bitext and of a text that stands alone: no mention is marked in a text that is not its own.
_MENTIONS = """
select contexts.concept_id, contexts.ja_start, contexts.ja_end, contexts.en_start, contexts.en_end,
       glossary.ja, glossary.en, glossary.reading, glossary.kind
from contexts join glossary on glossary.concept_id = contexts.concept_id
where contexts.document = :name
    and ifnull(contexts.ja_document_id, :ja) is :ja and ifnull(contexts.en_document_id, :en) is :en
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row. `pieces` are those of one segment or of what stands between two."""

    pieces: list[Piece]
    furniture: bool = False
    """True where the stretch belongs to the site and not to the article."""
    paragraph: bool = False
    """True where it begins on a new line."""


def document_page(db: sqlite3.Connection, name: str, *, repairs: bool = False) -> Row | None:
    """The document `name`, one text or a bitext, found by the name of either text; None where there is none.

    `documents` maps each language there is to its row of `documents` (JSON decoded), `bitext` is the row of `bitexts`
    or None, `terms` counts the concepts mentioned, and `rows` are dictionaries of a list of Cells for each language.
    Marked are mentions (a row with concept_id, ja, en, reading, kind), or, with `repairs`, what was mended.
    """
    found = document_data(db, name)
    if found is None:
        return None
    documents, mentions = found["documents"], found["mentions"]
    marks = {
        language: _repair_marks(documents[language]) if repairs else _mention_marks(mentions, language)
        for language in documents
    }
    return {
        "documents": documents,
        "bitext": found["bitext"],
        "terms": len({mention["concept_id"] for mention in mentions}),
        "rows": list(_rows(documents, found["segments"], marks)),
    }


def document_data(db: sqlite3.Connection, name: str) -> Row | None:
    """What the glossary has of the document `name`; None where there is none.

    `documents` maps each language there is to its row of `documents` (JSON decoded), `bitext` is the row of `bitexts`
    or None, `segments` are rows of `segments` and `mentions` have a concept_id, ja, en, reading, kind and offsets.
    """
    found = rows(db, _BITEXTS, {"name": name})
    bitext = found[0] if found else None
    both = [bitext["ja_document_id"], bitext["en_document_id"]] if bitext else []
    texts = rows(db, _BY_ID, both) if both else rows(db, _NAMED, [name])
    if not texts:
        return None
    documents = {row["language"]: _decoded(row) for row in texts}
    together = bitext["document"] if bitext else name
    ids = {language: documents[language]["document_id"] if language in documents else None for language in LANGUAGES}
    return {
        "documents": documents,
        "bitext": bitext,
        "segments": rows(db, _SEGMENTS, [together]),
        "mentions": rows(db, _MENTIONS, {"name": together, **ids}),
    }


def _decoded(document: Row) -> Row:
    return document | {name: json.loads(document[name] or "[]") for name in ("repairs", "furniture")}


def _mention_marks(mentions: Iterable[Row], language: str) -> list[tuple[int, int, Any]]:
    found = [(row[f"{language}_start"], row[f"{language}_end"], row) for row in mentions]
    return [mark for mark in found if mark[0] is not None]


def _repair_marks(document: Row) -> list[tuple[int, int, Any]]:
    return [(repair["start"], repair["end"], repair) for repair in document["repairs"]]


def _rows(documents: dict[str, Row], segments: list[Row], marks: dict[str, Any]) -> Iterator[dict[str, list[Cell]]]:
    sides = {language: _Side(documents[language], marks[language]) for language in documents}
    spans = [{language: _span(segment, language) for language in sides} for segment in segments]
    for language, side in sides.items():
        side.plan([span[language] for span in spans])
    for number, span in enumerate(spans):
        row = {language: list(side.cells(number, span[language])) for language, side in sides.items()}
        if any(row.values()):
            yield row
    rest = {language: list(side.rest()) for language, side in sides.items()}
    if segments:
        if any(rest.values()):
            yield rest
        return
    # Without segments a text is shown line by line, and two texts beside each other as they are.
    if len(rest) > 1:
        yield rest
    else:
        for language, cells in rest.items():
            yield from ({language: [cell]} for cell in cells)


def _span(segment: Row, language: str) -> Span | None:
    start, end = segment[f"{language}_start"], segment[f"{language}_end"]
    return None if start is None else (start, end)


class _Side:
    """One text, cut into its segments and what stands between them."""

    def __init__(self, document: Row, marks: list[tuple[int, int, Any]]) -> None:
        self.text: str = document["text"]
        self.furniture: list[Span] = [tuple(span) for span in document["furniture"]]
        self.marks = sorted(marks, key=lambda mark: mark[:2])
        self.starts = [mark[0] for mark in self.marks]
        self.gaps: dict[int, Span] = {}
        self.end = 0

    def plan(self, spans: list[Span | None]) -> None:
        """Note which gap stands before which segment, in the order of the text."""
        for number, span in sorted(((n, s) for n, s in enumerate(spans) if s), key=lambda item: item[1]):
            if span[0] > self.end:
                self.gaps[number] = (self.end, span[0])
            self.end = max(self.end, span[1])

    def cells(self, number: int, span: Span | None) -> Iterator[Cell]:
        if number in self.gaps:
            yield from self._lines(self.gaps[number])
        if span:
            yield self._cell(span)

    def rest(self) -> Iterator[Cell]:
        yield from self._lines((self.end, len(self.text)))

    def _lines(self, span: Span) -> Iterator[Cell]:
        from glossary.languages.lines import lines, trim

        for line in lines(self.text, *span):
            start, end = trim(self.text, *line)
            if start < end:
                yield self._cell((start, end))

    def _cell(self, span: Span) -> Cell:
        furniture = any(start <= span[0] and span[1] <= end for start, end in self.furniture)
        before = self.text[max(0, span[0] - 3) : span[0]].rstrip(" \t\u3000")
        inside = self.marks[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]
        return Cell(marked(self.text, span, inside), furniture, span[0] == 0 or before.endswith("\n"))
