"""Lines and white space, the same for both languages."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Span


def lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the lines of `text[start:end]`, without their line ends."""
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        yield start, line_end
        start = line_end + 1


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
