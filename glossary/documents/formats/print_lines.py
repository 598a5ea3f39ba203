"""Lines of print become paragraphs: which line goes on in the next is seen from where they stand on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

SOFT_BREAK = "\u2028"
"""Where the print broke a line inside a paragraph."""

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_KANA = re.compile("[\u3041-\u30ff\\s]+")
_SENTENCE_END = re.compile(r"[。．！？!?.…：:][」』）)”’\"']*\s*$")
_NEW_PARAGRAPH = re.compile(r"\u3000|[・●■◆▼▲○◇•＊*]|\d+[.)．）]\s")
# What Japanese print keeps together: opening brackets, a number, word or character, and what may not begin a line.
_UNBROKEN = re.compile(
    "[「『（(〈《【［“‘]*(?:[0-9０-９.,．，]+|[A-Za-zＡ-Ｚａ-ｚ'’-]+|.)"
    "[、。，．」』）)〉》】］”’！？!?：；・ー…―～〜％%々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
)
_PAGE_NUMBER = re.compile(r"\W*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|of|／)\s*\d{1,4})?(?:\s*(?:ページ|頁))?\W*", re.I)
_SAME_SIZE, _SAME_LEADING, _EDGE = 1.12, 1.45, 2  # factors; lines at the head and foot of a page


class Line(NamedTuple):
    """A line of a page: text and, in points, where it stands (y grows upwards) and the size of its characters."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float


def joined_lines(pages: Sequence[Sequence[Line]]) -> str:
    """The text of lines in reading order: SOFT_BREAK inside paragraphs, an empty line between them.

    Page numbers, the lines that recur at the head or foot of most pages, and ruby are left out.
    """
    pages = [[line for line in page if not _is_ruby(line, page)] for page in pages]
    recurring = _recurring(pages)
    text: list[str] = []
    last: tuple[Line, float, float, int] | None = None
    for number, page in enumerate(pages):
        lines = [line for place, line in enumerate(page) if not _is_running(line, place, len(page), recurring)]
        leading = _leading(lines)
        for line in lines:
            left, right = _column(line, lines)
            if last is not None:
                same_page = last[3] == number
                goes_on = _goes_on(last[0], line, last[1], last[2], left, leading if same_page else None)
                text.append(SOFT_BREAK if goes_on else "\n\n")
            text.append(line.text.strip(" \t\n"))
            last = (line, left, right, number)
    return "".join(text)


def _goes_on(a: Line, b: Line, left: float, right: float, next_left: float, leading: float | None) -> bool:
    """Whether the paragraph of `a` goes on in `b`. `leading`: distance of lines in sizes; None on another page."""
    if not _same_size(a, b):
        return False
    if b.x0 - next_left > 0.8 * b.size or _NEW_PARAGRAPH.match(b.text):
        return False
    if a.x1 + _need(b) <= right:
        return False
    distance = a.y0 - b.y0
    is_next = leading is not None and abs(a.x0 - b.x0) < 4 * a.size and 0 < distance <= _SAME_LEADING * leading * a.size
    return is_next or ((leading is None or distance < 0) and not _SENTENCE_END.search(a.text))


def _need(line: Line) -> float:
    """Points that the beginning of a line would have taken at the end of the line before it."""
    text = line.text.strip()
    if _WIDE.search(text[:2]) and (piece := _UNBROKEN.match(text)):
        return line.size * (0.8 + sum(1 if _WIDE.match(c) else 0.6 for c in piece[0]))
    word = re.split(r"[\s\u2e80-\u9fff\uff00-\uffef]", text, maxsplit=1)[0]
    return (line.x1 - line.x0) * (len(word) + 1) / max(1, len(text)) + 0.3 * line.size


def _column(line: Line, lines: Sequence[Line]) -> tuple[float, float]:
    """The left and right edge of the lines above and below; one line in eight may stick out on the right."""
    near = [other for other in lines if abs(other.x0 - line.x0) < 4 * line.size]
    ends = sorted((other.x1 for other in near), reverse=True)
    return min(other.x0 for other in near), ends[len(ends) // 8]


def _leading(lines: Sequence[Line]) -> float:
    """The distance of lines inside paragraphs in sizes, the lower quartile of all distances; 0 if there are none."""
    distances = sorted((a.y0 - b.y0) / a.size for a, b in pairwise(lines) if a.y0 > b.y0 and _same_size(a, b))
    return distances[len(distances) // 4] if distances else 0.0


def _same_size(a: Line, b: Line) -> bool:
    return 0 < max(a.size, b.size) <= _SAME_SIZE * min(a.size, b.size)


def _is_ruby(line: Line, page: Sequence[Line]) -> bool:
    """Small kana right above (in vertical writing: to the right of) another line."""
    if not _KANA.fullmatch(line.text):
        return False
    return any(
        line.size < 0.7 * other.size
        and other.x0 - line.size < line.x0 < other.x1
        and -0.5 * line.size <= line.y0 - other.y1 + 0.3 * other.size <= other.size
        for other in page
    )


def _recurring(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    if len(pages) < 3:
        return frozenset()
    counts = Counter(form for page in pages for form in {_form(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    return frozenset(form for form, count in counts.items() if 2 * count > len(pages))


def _form(line: Line) -> str:
    return re.sub(r"\d+", "0", " ".join(line.text.split()))


def _is_running(line: Line, place: int, count: int, recurring: frozenset[str]) -> bool:
    if _EDGE <= place < count - _EDGE:
        return False
    return _form(line) in recurring or (count > 1 and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None)
