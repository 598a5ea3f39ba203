"""The usage of a term as an SVG drawing: columns over time, one colour a publisher. Light and dark alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, log10

from glossary.exchange.text import one_line
from glossary.uses.entries import counted
from glossary.uses.lookup import Row
from glossary.uses.usage import periods

_WIDTH, _LEFT, _RIGHT = 720, 48, 16
_PLOT = 160
_TOP, _BOTTOM = 52, 58
_LONGEST_CHART = 60
_LABELS = 12
# Okabe & Ito, "Color Universal Design" (2008): told apart by people of any colour vision.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
_OTHERS = "#999999"
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#444}.title{font-size:15px;fill:#111}.grid{stroke:#8884}"
    "@media (prefers-color-scheme:dark){text{fill:#bbb}.title{fill:#eee}}"
)


def usage_svg(usages: Sequence[Row]) -> str:
    """A chart for each usage, one below the other, with a title and what it leaves out (mentions without a date)."""
    height = _TOP + _PLOT + _BOTTOM
    title = "; ".join(_title(usage) for usage in usages)
    drawn = "".join(
        f'<g transform="translate(0 {number * height})">{"".join(_panel(usage))}</g>\n'
        for number, usage in enumerate(usages)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height * len(usages)}" '
        f'width="{_WIDTH}" height="{height * len(usages)}" role="img" aria-label="{title}">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n{drawn}</svg>\n"
    )


def _title(usage: Row) -> str:
    concept = usage["concept"]
    return _text(" = ".join(filter(None, (concept["ja"], concept["en"]))))


def _panel(usage: Row) -> Iterator[str]:
    yield f'<text class="title" x="{_LEFT}" y="20">{_title(usage)}</text>'
    notes = [counted(usage["mentions"], "mention")]
    notes += [f"{usage['undated']:,} without a date"] if usage["undated"] else []
    yield f'<text x="{_LEFT}" y="38">{", ".join(notes)}</text>'
    labels, counts = periods(usage["months"], _LONGEST_CHART)
    if not labels:
        return
    totals = [sum(numbers) for numbers in zip(*counts.values(), strict=True)]
    top, step = scale(max(totals))
    yield from _grid(top, step)
    yield from _columns(labels, list(counts.items()), top)
    yield from _axis(labels)
    yield from _legend(list(counts))


def scale(highest: int) -> tuple[int, int]:
    """The top of an axis for whole numbers up to `highest`, and its step: 1, 2 or 5 times a power of ten."""
    power = 10 ** max(int(log10(max(highest, 1) / 4)), 0) if highest >= 4 else 1
    step = next(m * power for m in (1, 2, 5, 10) if m * power * 4 >= highest)
    return max(step, ceil(highest / step) * step), step


def _grid(top: int, step: int) -> Iterator[str]:
    for value in range(0, top + 1, step):
        y = _TOP + _PLOT - _PLOT * value / top
        yield f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>'


def _columns(labels: Sequence[str], counts: Sequence[tuple[str | None, list[int]]], top: int) -> Iterator[str]:
    room = (_WIDTH - _LEFT - _RIGHT) / len(labels)
    width = min(room * 0.8, 40)
    for place, label in enumerate(labels):
        x, y = _LEFT + room * place + (room - width) / 2, float(_TOP + _PLOT)
        for number, (publisher, numbers) in enumerate(counts):
            height = _PLOT * numbers[place] / top
            if height:
                y -= height
                told = _text(": ".join(filter(None, (label, publisher)))) + f", {numbers[place]:,}"
                yield (
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
                    f'fill="{_colour(number, publisher)}"><title>{told}</title></rect>'
                )


def _axis(labels: Sequence[str]) -> Iterator[str]:
    room = (_WIDTH - _LEFT - _RIGHT) / len(labels)
    every = ceil(len(labels) / _LABELS)
    for place in range(0, len(labels), every):
        x = _LEFT + room * (place + 0.5)
        yield f'<text x="{x:.1f}" y="{_TOP + _PLOT + 16}" text-anchor="middle">{labels[place]}</text>'


def _legend(publishers: Sequence[str | None]) -> Iterator[str]:
    """One entry for each colour; publishers that share the last colour are "others"."""
    shown: dict[str, str] = {}
    for number, publisher in enumerate(publishers):
        colour = _colour(number, publisher)
        shown.setdefault(colour, "no publisher or others" if colour == _OTHERS else publisher or "")
    room = (_WIDTH - _LEFT - _RIGHT) / max(len(shown), 1)
    y = _TOP + _PLOT + 40
    for place, (colour, name) in enumerate(shown.items()):
        x = _LEFT + room * place
        most = max(int(room / 12), 6)
        yield f'<rect x="{x:.1f}" y="{y - 10}" width="10" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 14:.1f}" y="{y}">{_text(name if len(name) <= most else name[: most - 1] + "…")}</text>'


def _colour(number: int, publisher: str | None) -> str:
    return _OTHERS if publisher is None or number >= len(_COLOURS) else _COLOURS[number]


def _text(text: str) -> str:
    return escape(one_line(text))
