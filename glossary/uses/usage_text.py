"""The usage of a term on a terminal, with a chart of characters."""

from __future__ import annotations

from collections.abc import Iterator

from glossary.uses.entries import concept_line, counted
from glossary.uses.lookup import Row
from glossary.uses.terminal import Style, filled, highlighted_lines, text_width
from glossary.uses.usage import periods

_LONGEST_CHART = 36
_BAR = 40
"""Columns of the longest bar."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_NO_PUBLISHER = "(no publisher)"


def usage_text(usage: Row, style: Style) -> str:
    """For people, over several lines."""
    return "\n".join(_lines(usage, style))


def _lines(usage: Row, style: Style) -> Iterator[str]:
    yield concept_line(usage["concept"], style)
    yield f"  {counted(usage['mentions'], 'mention')} in {counted(usage['documents'], 'document')}"
    for label in ("first", "last"):
        yield from _end_lines(label, usage[label], style)
    if usage["undated"]:
        yield f"  {counted(usage['undated'], 'mention')} without a date"
    yield from _chart(usage)
    yield from _publishers(usage, style)
    yield from _names(usage, style)
    if usage["neighbours"]:
        yield "\n  In the same sentences"
        near = [f"{_pair(row)} ({row['sentences']:,})" for row in usage["neighbours"]]
        yield from filled(near, style, indent="    ")


def _end_lines(label: str, mention: Row | None, style: Style) -> Iterator[str]:
    if mention is None:
        return
    source = [mention["published"], mention["document"], mention["publisher"]]
    yield from filled([f"{label.capitalize()} used {source[0]}", *filter(None, source[1:])], style, indent="  ")
    for language in ("ja", "en"):
        if mention[f"{language}_sentence"]:
            start, term = mention[f"{language}_start"], mention[language]
            span = None if start is None or term is None else (start, start + len(term))
            yield from highlighted_lines(mention[f"{language}_sentence"], span, style, indent="    ")


def _chart(usage: Row) -> Iterator[str]:
    labels, counts = periods(usage["months"], _LONGEST_CHART)
    if not labels:
        return
    totals = [sum(numbers) for numbers in zip(*counts.values(), strict=True)]
    highest = max(totals)
    yield ""
    for label, number in zip(labels, totals, strict=True):
        yield f"  {label:<7} {number:>5,} {bar(number / highest * _BAR)}".rstrip()


def bar(columns: float) -> str:
    """A bar of so many columns, to an eighth of a column."""
    eighths = round(columns * 8)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def _publishers(usage: Row, style: Style) -> Iterator[str]:
    publishers = usage["publishers"]
    if not any(row["publisher"] for row in publishers):
        if publishers:
            yield "  No document names its publisher"
        return
    yield "\n  By publisher"
    for row in publishers:
        facts = [f"{row['publisher'] or _NO_PUBLISHER}: {row['mentions']:,}", *_dates(row)]
        yield from filled(facts, style, indent="    ")


def _dates(row: Row) -> list[str]:
    if row["first"] is None:
        return []
    return [row["first"] if row["first"] == row["last"] else f"{row['first']} to {row['last']}"]


def _names(usage: Row, style: Style) -> Iterator[str]:
    yield "\n  As"
    width = max((text_width(row["term"]) for row in usage["names"]), default=0)
    several = len({row["publisher"] for row in usage["names"]}) > 1
    for row in usage["names"]:
        space = " " * (min(width, 40) - text_width(row["term"]))
        facts = [f"{row['term']}{space}  {row['mentions']:,}"]
        facts += [row["publisher"] or _NO_PUBLISHER] if several else []
        yield from filled([*facts, *_dates(row)], style, indent="    ")


def _pair(row: Row) -> str:
    return " = ".join(filter(None, (row["ja"], row["en"])))
