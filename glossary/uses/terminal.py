"""Text for people at a terminal: East Asian width, line breaks, highlighted terms.

Offsets and lengths count characters; widths count terminal columns.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]

_BOLD, _PLAIN = "\x1b[1;36m", "\x1b[0m"
_NOT_AT_LINE_START = frozenset(
    "、。，．・：；？！ー々ゝゞヽヾ）］｝」』】〉》〕’”…‥%％ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}"
)
_NOT_AT_LINE_END = frozenset("（［｛「『【〈《〔‘“([{")


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: `width` in columns, or None to leave lines whole; `opening` and `closing` enclose a term."""

    width: int | None = None
    opening: str = "**"
    closing: str = "**"

    @property
    def coloured(self) -> bool:
        """True where terms are enclosed by escape sequences, not by characters one sees."""
        return self.opening.startswith("\x1b")


def style_of_stdout() -> Style:
    """Colour and line breaks on a terminal (colour not where NO_COLOR is set), whole lines with **term** elsewhere."""
    if not sys.stdout.isatty():
        return Style()
    width = _columns()
    return Style(width) if "NO_COLOR" in os.environ else Style(width, _BOLD, _PLAIN)


def _columns() -> int:
    declared = os.environ.get("COLUMNS", "")
    if declared.isdecimal() and int(declared) > 0:
        return max(int(declared), 20)
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, 20)
    except (OSError, ValueError):
        return 80


def character_width(character: str) -> int:
    """Columns that a terminal gives to `character`: 0, 1 or 2 (Unicode Standard Annex 11; ambiguous counts as 1)."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def text_width(text: str) -> int:
    """Columns that a terminal gives to `text`."""
    return sum(map(character_width, text))


def printable(text: str) -> str:
    """`text` on one line and harmless to a terminal: each control character becomes a space; same length."""
    return "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else "\ufffd" if "\ud800" <= c <= "\udfff" else c
        for c in text
    )


def line_spans(text: str, width: int) -> list[Span]:
    """Where to break `text` into lines of at most `width` columns: (start, end) of each line.

    Breaks at spaces, which are dropped, and beside wide characters, but leaves no closing mark at the start and
    no opening bracket at the end of a line (JIS X 4051, the simplest part). A longer word is cut.
    """
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = _line_end(text, start, max(width, 2))
        spans.append((start, start + len(text[start:end].rstrip(" "))))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return spans


def _line_end(text: str, start: int, width: int) -> int:
    """End of the line that starts at `start`."""
    used, best = 0, start
    for position in range(start, len(text)):
        if position > start and _may_break(text[position - 1], text[position]):
            best = position
        used += character_width(text[position])
        if used > width and text[position] != " ":
            return best if best > start else max(position, start + 1)
    return len(text)


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    wide = character_width(before) == 2 or character_width(after) == 2
    return wide and after not in _NOT_AT_LINE_START and before not in _NOT_AT_LINE_END


def excerpt_span(length: int, term: Span, limit: int) -> Span:
    """At most about `limit` characters of a text of `length` around `term`."""
    if length <= limit:
        return 0, length
    room = max(limit - (term[1] - term[0]), 0)
    start = max(0, min(term[0] - room // 2, length - limit))
    return start, min(length, max(start + limit, term[1]))


def highlighted_lines(text: str, term: Span | None, style: Style, *, indent: str = "", limit: int = 400) -> list[str]:
    """`text` as lines behind `indent`, `term` marked; of a very long text the part around the term."""
    text = printable(text)
    first, last = excerpt_span(len(text), term or (0, 0), limit)
    shown = ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
    shift = first - (1 if first else 0)
    marked = (term[0] - shift, term[1] - shift) if term else (0, 0)
    room = len(shown) * 2 + 2 if style.width is None else style.width - text_width(indent)
    return [indent + _marked(shown, line, marked, style) for line in line_spans(shown, room)]


def _marked(text: str, line: Span, term: Span, style: Style) -> str:
    start, end = max(line[0], term[0]), min(line[1], term[1])
    if start >= end:
        return text[line[0] : line[1]]
    return text[line[0] : start] + style.opening + text[start:end] + style.closing + text[end : line[1]]


def filled(parts: Iterable[str], style: Style, *, indent: str = "", separator: str = " · ") -> Iterator[str]:
    """`parts` joined by `separator` and broken into lines behind `indent`."""
    yield from highlighted_lines(separator.join(parts), None, style, indent=indent, limit=100_000)
