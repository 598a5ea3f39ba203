"""Geometry of the small charts: plain numbers for SVG attributes, so that no page needs a script or inline style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

WIDTH = 100.0
"""Of a bar's drawing, in units of its viewBox."""

HEIGHT = 48.0
"""Of a chart of columns."""


class Bar(NamedTuple):
    """A horizontal bar from `x`, `width` wide; `positive` is False for one that reaches left of the zero line."""

    label: str
    value: float
    x: float
    width: float
    positive: bool


class Column(NamedTuple):
    """An upright column; `y` counts from the top."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float


def bars(counts: Iterable[tuple[str, float]]) -> list[Bar]:
    """Bars that share one scale; negative values reach left of a zero line that stands where all have room."""
    items = list(counts)
    low = min((value for _, value in items), default=0.0)
    high = max((value for _, value in items), default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    scale = WIDTH / (high - low) if high > low else 0.0
    return [
        Bar(label, value, round((min(value, 0.0) - low) * scale, 2), round(abs(value) * scale, 2), value >= 0)
        for label, value in items
    ]


def zero(values: Iterable[float]) -> float:
    """Where the zero line of `bars` of these values stands."""
    known = [0.0, *values]
    low, high = min(known), max(known)
    return round(-low * WIDTH / (high - low), 2) if high > low else 0.0


def columns(counts: Sequence[tuple[str, float]]) -> list[Column]:
    """Columns side by side over the whole width, the highest as high as the chart."""
    highest = max((value for _, value in counts), default=0) or 1
    step = WIDTH / max(len(counts), 1)
    width = min(step * 0.8, 10.0)
    heights = [round(HEIGHT * value / highest, 2) for _, value in counts]
    return [
        Column(label, value, round(number * step, 2), round(HEIGHT - height, 2), round(width, 2), height)
        for number, ((label, value), height) in enumerate(zip(counts, heights, strict=True))
    ]


def months(counts: Iterable[tuple[str, int]], longest: int = 36) -> list[tuple[str, int]]:
    """The counts of consecutive months (YYYY-MM), those without any filled in; of a long time the last `longest`."""
    known = {label: number for label, number in counts if _is_month(label)}
    if not known:
        return []
    first, last = _index(min(known)), _index(max(known))
    labels = [f"{index // 12:04}-{index % 12 + 1:02}" for index in range(max(first, last - longest + 1), last + 1)]
    return [(label, known.get(label, 0)) for label in labels]


def _is_month(label: str) -> bool:
    return len(label) == 7 and label[4] == "-" and label[:4].isdecimal() and label[5:].isdecimal()


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
