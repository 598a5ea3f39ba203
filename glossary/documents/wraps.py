"""Line breaks that only fit a column: a hard-wrapped text gets its sentences back in one piece."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from glossary.documents.edits import Edit

_JAPANESE = re.compile("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uff01-\uff9f「」『』（）、。]")
_SENTENCE_END = re.compile(r"[。．！？!?.…：:][」』）)”’\"']*\s*$")
_NEW_PARAGRAPH = re.compile(r"[\s\u3000]|[・●■◆▼▲○◇＊*•\-–—>#＞]|\d+[.)．）]\s")
_FIRST_WORD = re.compile(r"[\w’'.,;:!?%$&/()-]+", re.ASCII)
_NARROWEST, _WIDEST = 24, 160
_SLACK = 4  # cells a line may fall short because the next line may not begin with 、 or 」


def hard_wraps(text: str) -> Iterator[Edit]:
    """Line breaks inside sentences go, if the whole text is evidently wrapped at a column.

    It is when (nearly) every line that is followed by another of its paragraph is so full that the beginning of the
    next one had no room in the widest line, and most of these lines end inside a sentence. Between two Latin words
    the break becomes a space.
    """
    lines = _lines(text)
    inner = [(a, b) for a, b in pairwise(lines) if _continues(text, a, b)]
    if not _is_wrapped(text, inner):
        return
    for (start, end), (following, _) in inner:
        if _SENTENCE_END.search(text[start:end]) is None:
            yield _joint(text, end, following)


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"(?m)^.*$", text)]


def _continues(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Both hold text, and the second begins no paragraph, item or heading."""
    first, second = text[slice(*line)], text[slice(*following)]
    return bool(first.strip()) and bool(second.strip()) and _NEW_PARAGRAPH.match(second) is None


def _is_wrapped(text: str, inner: list[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    if len(inner) < 3:
        return False
    widths = [_width(text[slice(*line)]) for line, _ in inner]
    column = max(widths)
    if not _NARROWEST <= column <= _WIDEST:
        return False
    needs = [_need(text[slice(*following)]) for _, following in inner]
    full = sum(width + need > column for width, need in zip(widths, needs, strict=True))
    open_ended = sum(_SENTENCE_END.search(text[slice(*line)]) is None for line, _ in inner)
    return full >= 0.9 * len(inner) and open_ended >= 0.5 * len(inner)


def _need(line: str) -> int:
    """Cells that the beginning of a line would have taken at the end of the line before it."""
    word = _FIRST_WORD.match(line)
    return _width(word[0]) + 1 if word else _SLACK + 1


def _width(line: str) -> int:
    """Cells in a terminal: two for a full-width character."""
    line = line.rstrip()
    return len(line) + sum(unicodedata.east_asian_width(c) in "WF" for c in line)


def _joint(text: str, end: int, following: int) -> Edit:
    start = end
    while start > 0 and text[start - 1] in " \t\u3000":
        start -= 1
    japanese = _JAPANESE.match(text[start - 1]) or _JAPANESE.match(text[following])
    return Edit(start, following, "" if japanese else " ")
