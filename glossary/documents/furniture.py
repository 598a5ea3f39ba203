"""Stretches of a text that belong to the site and not to the article.

A line or the beginning or end of one is recognized by its form alone (the rules stand in furniture_rules.py);
promotion behind the story takes more (teasers.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from glossary.documents.furniture_rules import LINES, PARTS
from glossary.documents.teasers import teasers
from glossary.records import Span

_LINE = re.compile("|".join(f"(?:{line})" for line in LINES), re.IGNORECASE)
_PART = re.compile("|".join(f"(?:{part})" for part in PARTS), re.MULTILINE)
_LONGEST_LINE = 400


def find_furniture(text: str) -> tuple[Span, ...]:
    """The stretches of `text` that are no part of its article: ascending, disjoint, in characters.

    Copyright lines, notes to members, links, cookie notes, bylines, credits (not the captions they stand behind),
    datelines, and the promotion of the site behind the story.
    """
    lines = [match.span() for match in re.finditer(r"(?m)^.+$", text)]
    whole = [(start, end) for start, end in lines if is_furniture_line(text[start:end])]
    parts = [match.span() for match in _PART.finditer(text)]
    return _union([*whole, *parts, *teasers(text, lines, frozenset(whole))])


def is_furniture_line(line: str) -> bool:
    """Whether the line as a whole is furniture by its form."""
    line = line.strip()
    return 0 < len(line) <= _LONGEST_LINE and _LINE.fullmatch(line) is not None


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
