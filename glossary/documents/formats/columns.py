"""Which columns of a table are Japanese and English, and what becomes of text with tables among it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from glossary.documents.extracted import SegmentTexts
from glossary.documents.formats.bilingual import script_of
from glossary.records import Language

Row = Sequence[str]
Block = str | Sequence[Row]
"""A paragraph or a table."""

_NAMES: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"(?:.*[\W_])?(?:ja|jp|jpn|japanese|日本語|和文|邦文)(?:[\W_].*)?|日本語.*|.*[(（]日[)）]", re.I),
    "en": re.compile(r"(?:.*[\W_])?(?:en|eng|english|英語|英文)(?:[\W_].*)?|英語.*|.*[(（]英[)）]", re.I),
}
_HEADER = re.compile(
    r"(?:source|target|term|translation|original|text|原文|訳文|原語|訳語|用語|対訳|翻訳)(?: (?:text|term|language))?",
    re.I,
)
_LOOKED_AT = 200  # rows
_SURE = 0.8  # of the filled cells of a column are in its language
_FILLED = 0.5  # of the rows have both


class Columns(NamedTuple):
    ja: int
    en: int
    header: bool
    """The first row names the columns."""


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """The Japanese and the English column: named by the first row, else those whose cells are evidently so."""
    if not rows:
        return None
    named = {language: _named(rows[0], name) for language, name in _NAMES.items()}
    ja, en = named["ja"], named["en"]
    if ja is not None and en is not None and ja != en:
        return Columns(ja, en, True)
    return _detected(rows[:_LOOKED_AT])


def column_segments(rows: Sequence[Row], columns: Columns) -> list[SegmentTexts]:
    """The cells of the two columns, row by row."""
    return [(_cell(row, columns.ja), _cell(row, columns.en)) for row in rows[columns.header :]]


def compose(blocks: Sequence[Block]) -> tuple[str, list[SegmentTexts]]:
    """(text, []), or ("", segments) if tables with a Japanese and an English column hold most of the characters.

    Then paragraphs and other tables stand among the segments, each on the side of its language. In a text paragraphs
    are apart by an empty line and each cell is a paragraph.
    """
    found = [None if isinstance(block, str) else find_columns(block) for block in blocks]
    lengths = [len(block) if isinstance(block, str) else sum(len(c) for row in block for c in row) for block in blocks]
    aligned = sum(length for length, columns in zip(lengths, found, strict=True) if columns)
    if not aligned or 2 * aligned < sum(lengths):
        return "\n\n".join(piece for block in blocks for piece in _pieces(block)), []
    segments: list[SegmentTexts] = []
    for block, columns in zip(blocks, found, strict=True):
        if columns is not None and not isinstance(block, str):
            segments += column_segments(block, columns)
        else:
            segments += [("", piece) if script_of(piece) == "en" else (piece, "") for piece in _pieces(block)]
    return "", segments


def _pieces(block: Block) -> list[str]:
    pieces = [block] if isinstance(block, str) else [cell for row in block for cell in row]
    return [piece.strip() for piece in pieces if piece.strip()]


def _named(header: Row, name: re.Pattern[str]) -> int | None:
    places = [place for place, cell in enumerate(header) if len(cell) <= 40 and name.fullmatch(cell.strip())]
    return places[0] if places else None


def _detected(rows: Sequence[Row]) -> Columns | None:
    header = any(_HEADER.fullmatch(cell.strip()) for cell in rows[0])
    body = rows[header:]
    width = max((len(row) for row in body), default=0)
    scripts = [[script_of(_cell(row, place)) for row in body] for place in range(width)]
    japanese = [place for place in range(width) if _is_in(scripts[place], "ja")]
    english = [place for place in range(width) if _is_in(scripts[place], "en")]
    best, most = None, max(1.0, _FILLED * len(body))
    for ja in japanese:
        for en in english:
            both = sum(a is not None and b is not None for a, b in zip(scripts[ja], scripts[en], strict=True))
            # A reading in kana is a column of its own; an identifier has no spaces and few letters.
            weight = (
                both + 0.4 * _share(body, ja, _has_kanji) + 0.4 * _share(body, en, _is_phrase) - 0.01 * abs(ja - en)
            )
            if both >= _FILLED * len(body) and weight >= most:
                best, most = Columns(ja, en, header), weight
    return best


def _is_in(scripts: Sequence[Language | None], language: Language) -> bool:
    filled = [script for script in scripts if script is not None]
    return bool(filled) and filled.count(language) >= _SURE * len(filled)


def _share(rows: Sequence[Row], place: int, test: re.Pattern[str]) -> float:
    return sum(test.search(_cell(row, place)) is not None for row in rows)


_has_kanji = re.compile("[\u4e00-\u9fff]")
_is_phrase = re.compile("[a-z]{3}")


def _cell(row: Row, place: int) -> str:
    return row[place].strip() if place < len(row) else ""
