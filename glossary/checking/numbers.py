"""Numbers and dates that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..records import Span
from . import numbers_en, numbers_ja
from .evidence import Bead, Evidence
from .findings import Finding
from .quantities import Quantity, agree

_COUNTS = frozenset(("number", "ordinal", "measure", "time", "year", "day"))
_NO_DATE = 1000
_POUNDS = frozenset(("pound", "imperial"))
"""Pounds are money or a weight."""
Finder = Callable[[str, int], list[Quantity]]


def check_numbers(evidence: Evidence) -> Iterator[Finding]:
    """A number of the English that stands nowhere in the Japanese, where the Japanese has one without counterpart.

    A number that one side leaves out is information only: repeated figures and dates are often dropped.
    """
    ja_text, en_text = evidence.bitext.ja.text, evidence.bitext.en.text
    ja = [_of_bead(numbers_ja.quantities, ja_text, bead.ja_span) for bead in evidence.beads]
    en = [_of_bead(numbers_en.quantities, en_text, bead.en_span) for bead in evidence.beads]
    all_ja, all_en = [q for row in ja for q in row], [q for row in en for q in row]
    told: set[Quantity] = set()
    open_en: list[tuple[Bead, Quantity]] = []
    for bead in evidence.beads:
        here, missing = _unpaired(ja[bead.number], en[bead.number])
        for quantity in here:
            if not quantity.exact or any(agree(other, quantity) for other in all_ja):
                continue
            partner = _partner(quantity, missing, told)
            if partner is None:
                open_en.append((bead, quantity))
            else:
                told.add(partner)
                yield _differs(partner, quantity)
    for bead, quantity in open_en:
        near = [other.number for other in evidence.near(bead)]
        missing = [q for k in near for q in _unpaired(ja[k], [e for n in near for e in en[n]])[1]]
        partner = _partner(quantity, missing, told)
        if partner is None:
            yield _left_out(None, quantity)
        else:
            told.add(partner)
            yield _differs(partner, quantity)
    for quantity in all_ja:
        if quantity.exact and quantity not in told and not any(agree(quantity, other) for other in all_en):
            yield _left_out(quantity, None)


def _of_bead(quantities: Finder, text: str, span: Span | None) -> list[Quantity]:
    return quantities(text[slice(*span)], span[0]) if span else []


def _unpaired(ja: Sequence[Quantity], en: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """(English, Japanese) numbers that are left when each is given a counterpart, equal ones first."""
    left_ja, left_en = list(ja), list(en)
    for test in (lambda a, b: a.value == b.value and a.category == b.category, lambda a, b: a.value == b.value, agree):
        for quantity in list(left_en):
            partner = next((other for other in left_ja if test(other, quantity)), None)
            if partner is not None:
                left_ja.remove(partner)
                left_en.remove(quantity)
    return left_en, left_ja


def _partner(en: Quantity, missing: Sequence[Quantity], told: set[Quantity]) -> Quantity | None:
    """The Japanese number that `en` stands for, if it is one of the same sort that has no counterpart."""
    options = [ja for ja in missing if ja.exact and ja not in told and _same_sort(ja, en)]
    return min(options, key=lambda ja: (ja.category != en.category, abs(ja.value - en.value)), default=None)


def _same_sort(ja: Quantity, en: Quantity) -> bool:
    if ja.unit in _POUNDS and en.unit in _POUNDS:
        return True
    if ja.category == "money" and en.category == "money":
        return ja.unit == en.unit
    if ja.category == "day" and en.value >= _NO_DATE:
        return False
    if en.category == "year" and ja.category != "year" and ja.value < _NO_DATE:
        return False
    return ja.category == en.category or (ja.category in _COUNTS and en.category in _COUNTS)


def _differs(ja: Quantity, en: Quantity) -> Finding:
    message = f"{en.text} where the Japanese has {ja.text}"
    return Finding("number", "warning", message, (ja.start, ja.end), (en.start, en.end), ja.text, en.text)


def _left_out(ja: Quantity | None, en: Quantity | None) -> Finding:
    if ja is not None:
        message = f"{ja.text} is not in the English"
        return Finding("number-left-out", "info", message, (ja.start, ja.end), None, ja.text, None)
    assert en is not None
    message = f"{en.text} is not in the Japanese"
    return Finding("number-left-out", "info", message, None, (en.start, en.end), None, en.text)
