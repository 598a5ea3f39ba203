"""What a number in a text says: its value and what it counts, the same for both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Category = Literal["number", "percent", "money", "year", "month", "day", "time", "measure", "ordinal"]

_IMPERIAL_IN_METRIC = (1.609344, 0.3048, 0.9144, 2.54, 0.45359237, 28.3495, 0.40468564, 2.589988, 1.852, 3.785, 4046.86)
_CONVERSION_SLACK = 0.06
_PER_HOUR = 3.6
"""Metres a second in kilometres an hour."""
_FULL_CIRCLE = 12
_SMALLEST_ROUNDED = 10_000
_ROUNDING = 0.02


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. `start`, `end`: characters; `value` in full (3.5万 is 35000, 令和2年 is 2020)."""

    start: int
    end: int
    text: str
    value: float
    category: Category = "number"
    exact: bool = True
    """False for small numbers in words (two, 一つ), which translators turn into other words at will."""
    unit: str = ""
    """The currency (yen, dollar, …) or, of measures, "imperial" or "metric"."""


def in_order(found: Iterable[Quantity], offset: int = 0) -> list[Quantity]:
    """By place, the longest first where several begin alike; those that overlap one before are left out.

    `offset` is added to their places.
    """
    kept: list[Quantity] = []
    taken = 0
    for quantity in sorted(found, key=lambda q: (q.start, -q.end)):
        if quantity.start >= taken:
            kept.append(replace(quantity, start=quantity.start + offset, end=quantity.end + offset))
            taken = quantity.end
    return kept


def agree(ja: Quantity, en: Quantity) -> bool:
    """Whether the two may stand for one number: equal, rounded, converted, on another clock, short for a year."""
    if same_value(ja.value, en.value):
        return True
    if "time" in (ja.category, en.category) and _on_clock(ja.value, en.value):
        return True
    if (ja.category == "year" or en.category == "year") and any(
        a < 100 <= b and b % 100 == a for a, b in ((ja.value, en.value), (en.value, ja.value))
    ):
        return True
    if ja.category == en.category == "measure" and math.isclose(ja.value * _PER_HOUR, en.value, rel_tol=0.01):
        return True
    is_converted = en.unit == "imperial" and ja.unit == "metric"
    return is_converted and any(_near(ja.value, value) for value in _in_metric(en.value))


def _on_clock(ja: float, en: float) -> bool:
    """午後3時 is 15 o'clock, and newspapers write 3・48 for 3:48."""
    hour, minute = int(ja), round(ja % 1 * 100)
    return abs(ja - en) == _FULL_CIRCLE or (minute > 0 and en in (hour, hour + _FULL_CIRCLE, minute))


def same_value(one: float, other: float) -> bool:
    """Equal, or one is the other rounded to the two or more digits that it shows: 2.7 million for 2,680,000."""
    if math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
        return True
    coarse, fine = sorted((one, other), key=_significant_digits)
    digits = _significant_digits(coarse)
    if min(one, other) < _SMALLEST_ROUNDED or digits < 2 or digits == _significant_digits(fine):
        return False
    unit = 10.0 ** (math.floor(math.log10(coarse)) - digits + 1)
    return abs(coarse - fine) < unit and abs(coarse - fine) <= _ROUNDING * fine


def _significant_digits(value: float) -> int:
    text = f"{abs(value):.10f}".rstrip("0").rstrip(".")
    return len(text.replace(".", "").strip("0")) if "." in text else len(text.rstrip("0"))


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _CONVERSION_SLACK * max(abs(one), abs(other), 1e-9)


def _in_metric(value: float) -> Iterator[float]:
    yield from (value * factor for factor in _IMPERIAL_IN_METRIC)
    yield (value - 32) / 1.8
