"""Texts cut where something in them is to be marked. Places are code points, as everywhere; cut here, not in a browser,
whose scripts count UTF-16."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from glossary.records import Span


class Piece(NamedTuple):
    """A stretch of a text and what it is marked with (None: nothing)."""

    text: str
    mark: Any


def marked(text: str, span: Span, marks: Iterable[tuple[int, int, Any]]) -> list[Piece]:
    """`text[span]` in pieces. `marks` are (start, end, mark) in characters of `text`.

    Of marks that overlap the longest holds, of equally long ones the first; what reaches outside `span` is left out.
    """
    start, end = span
    pieces: list[Piece] = []
    position = start
    for mark_start, mark_end, mark in _apart(marks, start, end):
        if position < mark_start:
            pieces.append(Piece(text[position:mark_start], None))
        pieces.append(Piece(text[mark_start:mark_end], mark))
        position = mark_end
    if position < end:
        pieces.append(Piece(text[position:end], None))
    return pieces


def _apart(marks: Iterable[tuple[int, int, Any]], start: int, end: int) -> list[tuple[int, int, Any]]:
    inside = [mark for mark in marks if start <= mark[0] < mark[1] <= end]
    inside.sort(key=lambda mark: (mark[0] - mark[1], mark[0]))
    kept: list[tuple[int, int, Any]] = []
    taken: set[int] = set()
    for mark in inside:
        places = range(mark[0], mark[1])
        if taken.isdisjoint(places):
            kept.append(mark)
            taken.update(places)
    return sorted(kept, key=lambda mark: mark[0])
